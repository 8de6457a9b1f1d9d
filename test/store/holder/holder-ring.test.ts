import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HolderRing } from '../../../src/store/holder/holder-ring.ts';
import { type HourKey, wrapHourKey } from '../../../src/store/holder/hour-envelope.ts';
import { createKeyring } from '../../../src/store/keyring/ring-sectors.ts';
import { tempRegister } from '../temp-register.ts';

const slots = 10;
const hour = 498_725;
const context = { gateway: 'giheung', holder: 'a', hour };

function usingRing<T>(act: (ring: HolderRing, path: string) => T): T {
  const { keyFile } = tempRegister();
  createKeyring(keyFile, slots);
  const ring = HolderRing.open(keyFile, true);
  try {
    return act(ring, keyFile);
  } finally {
    ring.close();
  }
}

const hourKey = (): HourKey => ({ algorithm: 'aes-256-gcm', key: randomBytes(32) });

function wrappedTo(ring: HolderRing, ofHour: number, key: HourKey): Buffer {
  const envelope = wrapHourKey(key, ring.publicKey(ofHour) as Buffer, { ...context, hour: ofHour });
  return envelope as Buffer;
}

describe("a holder's ring", () => {
  it("a holder's ring opens what was sealed to the public key of an hour, also once it is opened anew", () =>
    usingRing((ring, path) => {
      ring.add(hour);
      const key = hourKey();
      const envelope = wrappedTo(ring, hour, key);
      expect(ring.open(envelope, context)).toEqual(key);
      const reader = HolderRing.open(path, false);
      expect(reader.open(envelope, context)).toEqual(key);
      expect(reader.publicKey(hour)).toEqual(ring.publicKey(hour));
      reader.close();
    }));

  it("a holder's ring has another key pair for each hour", () =>
    usingRing((ring) => {
      ring.add(hour);
      ring.add(hour + 1);
      expect(ring.publicKey(hour)).not.toEqual(ring.publicKey(hour + 1));
      expect(ring.hours()).toEqual([hour, hour + 1]);
      const later = wrappedTo(ring, hour + 1, hourKey());
      expect(ring.open(later, context)).toBeNull();
    }));

  it("a holder's ring opens nothing of an hour once its slot is overwritten, nor under the slot's next secret", () =>
    usingRing((ring, path) => {
      const empty = readFileSync(path);
      ring.add(hour);
      const envelope = wrappedTo(ring, hour, hourKey());
      expect(ring.destroy(hour)).toBe(true);
      expect(readFileSync(path)).toEqual(empty);
      expect(ring.open(envelope, context)).toBeNull();
      expect(ring.publicKey(hour)).toBeNull();
      ring.add(hour);
      expect(ring.open(envelope, context)).toBeNull();
    }));
});
