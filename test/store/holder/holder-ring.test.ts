import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HolderRing } from '../../../src/store/holder/holder-ring.ts';
import { wrapHourKey } from '../../../src/store/holder/hour-envelope.ts';
import { deriveSubkeys } from '../../../src/store/keyring/hour-keys.ts';
import { createKeyring } from '../../../src/store/keyring/ring-sectors.ts';
import { EnvelopeKeys } from '../../central/envelope-keys.ts';
import { tempRegister } from '../temp-register.ts';

const slots = 10;
const hour = 498_725;
const key = Buffer.alloc(32, 0x5a);
const subkeys = deriveSubkeys(key, 'aes-256-gcm').subkeys;

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

function wrappedTo(ring: HolderRing, ofHour: number, gateway = 'giheung') {
  const holderKey = ring.recipient(ofHour)?.publicKey as Buffer;
  const envelope = wrapHourKey({ algorithm: 'aes-256-gcm', key }, holderKey, {
    ...{ gateway, holder: 'a' },
    hour: ofHour,
  });
  return { gateway, hour: ofHour, keyNo: 0, envelope: envelope as Buffer };
}

/** What a reader that is begun now gets of an hour. */
const read = (ring: HolderRing, hourOfGateway: ReturnType<typeof wrappedTo>) =>
  new EnvelopeKeys(ring, 'a').of(hourOfGateway);

describe("a holder's ring", () => {
  it("a holder's ring opens what was sealed to the public key of an hour, also once it is opened anew", () =>
    usingRing((ring, path) => {
      ring.add(hour);
      const wrapped = wrappedTo(ring, hour);
      expect(read(ring, wrapped)).toEqual(subkeys);
      const reader = HolderRing.open(path, false);
      expect(read(reader, wrapped)).toEqual(subkeys);
      expect(reader.recipient(hour)?.publicKey).toEqual(ring.recipient(hour)?.publicKey);
      reader.close();
    }));

  it("a holder's ring has a secret once an hour has, and none once none has any more", () =>
    usingRing((ring) => {
      expect(ring.hasAny()).toBe(false);
      // The last slot.
      const last = hour - (hour % slots) + slots - 1;
      ring.add(last);
      expect(ring.hasAny()).toBe(true);
      ring.destroy(last);
      expect(ring.hasAny()).toBe(false);
    }));

  it("a holder's ring has another key pair for each hour", () =>
    usingRing((ring) => {
      ring.add(hour);
      ring.add(hour + 1);
      expect(ring.recipient(hour)?.publicKey).not.toEqual(ring.recipient(hour + 1)?.publicKey);
      expect(ring.hours()).toEqual([hour, hour + 1]);
      expect(read(ring, { ...wrappedTo(ring, hour + 1), hour })).toBeNull();
    }));

  it("a holder's ring opens nothing of an hour once its slot is overwritten, nor under the slot's next secret", () =>
    usingRing((ring, path) => {
      const empty = readFileSync(path);
      ring.add(hour);
      const wrapped = wrappedTo(ring, hour);
      expect(ring.destroy(hour)).toBe(true);
      expect(readFileSync(path)).toEqual(empty);
      expect(read(ring, wrapped)).toBeNull();
      expect(ring.recipient(hour)).toBeNull();
      ring.add(hour);
      expect(read(ring, wrapped)).toBeNull();
    }));

  it('a reader has the keys of each gateway, and zeroes them at its end', () =>
    usingRing((ring) => {
      ring.add(hour);
      const keys = new EnvelopeKeys(ring, 'a');
      const [one, other] = [wrappedTo(ring, hour), wrappedTo(ring, hour, 'suji')];
      const found = keys.of(one);
      expect(found).toEqual(subkeys);
      expect(keys.of(one)).toBe(found);
      expect(keys.of(other)).toEqual(subkeys);
      expect(keys.of({ ...other, keyNo: 1, envelope: one.envelope })).toBeNull();
      keys.close();
      expect(found?.seal).toEqual(Buffer.alloc(32));
    }));
});
