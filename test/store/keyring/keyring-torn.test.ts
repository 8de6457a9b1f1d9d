import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import { encodeSlot, headerSectors, sectorBytes } from '../../../src/store/keyring/keyring-format.ts';
import { createKeyring } from '../../../src/store/keyring/ring-sectors.ts';
import { always, nowMs, tempRegister, visit } from '../temp-register.ts';

const slots = 10;
const hour = 497_003;
/** Of a slot's 512 octets the first 80 are used; the rest is zero in every slot. */
const usedBytes = 80;
const position = (headerSectors + (hour % slots)) * sectorBytes;
const octets = Array.from({ length: usedBytes + 1 }, (_, count) => [count] as const);

function tempRing() {
  const { keyFile } = tempRegister();
  createKeyring(keyFile, slots);
  return keyFile;
}

function using<T>(path: string, act: (ring: Keyring) => T): T {
  const ring = Keyring.open(path, true);
  try {
    return act(ring);
  } finally {
    ring.close();
  }
}

const keyOf = (ring: Keyring, ofHour: number) => ring.read(ofHour)?.held.key.toString('hex');

/** Leaves a sector as a write of `after` over `before` does that ends after so many octets, from the front or the back. */
function tear(path: string, { before, after }: Sectors, count: number, from: 'front' | 'back'): Buffer {
  const torn = Buffer.from(before);
  if (from === 'front') after.copy(torn, 0, 0, count);
  else after.copy(torn, usedBytes - count, usedBytes - count);
  const file = readFileSync(path);
  torn.copy(file, position);
  writeFileSync(path, file);
  return torn;
}

interface Sectors {
  readonly before: Buffer;
  readonly after: Buffer;
}

function sectorsOf(path: string): { readonly empty: Buffer; readonly held: Buffer } {
  const material = Buffer.alloc(32, 0xab);
  const key = { hour, algorithm: 'aes-256-gcm', wrapped: false, material } as const;
  return {
    empty: Buffer.alloc(sectorBytes),
    held: using(path, (ring) => encodeSlot(ring.ringId, key)),
  };
}

describe.each(['front', 'back'] as const)('a slot whose writing was cut short, from its %s', (from) => {
  it('G4: after any number of octets has no key and takes one, or has it whole', () => {
    const path = tempRing();
    const { empty, held } = sectorsOf(path);
    const neighbour = using(path, (ring) => {
      ring.add(hour + 1, 'aes-256-gcm');
      return keyOf(ring, hour + 1);
    });
    for (const [count] of octets) {
      const torn = tear(path, { before: empty, after: held }, count, from);
      const told = `after ${count} octets`;
      using(path, (ring) => {
        const whole = torn.equals(held);
        expect(keyOf(ring, hour), told).toBe(whole ? 'ab'.repeat(32) : undefined);
        expect(ring.hours(), told).toEqual(whole ? [hour, hour + 1] : [hour + 1]);
        ring.add(hour, 'aes-256-gcm');
        expect(keyOf(ring, hour), told).toMatch(/^[0-9a-f]{64}$/);
        expect(keyOf(ring, hour + 1), told).toBe(neighbour);
      });
    }
  });
});

describe.each(['front', 'back'] as const)('a slot whose destruction was cut short, from its %s', (from) => {
  it('after any number of octets has no key or has it whole, and is emptied when asked again', () => {
    const path = tempRing();
    const before = readFileSync(path);
    const { empty, held } = sectorsOf(path);
    for (const [count] of octets) {
      const torn = tear(path, { before: held, after: empty }, count, from);
      const told = `after ${count} octets`;
      using(path, (ring) => {
        expect(keyOf(ring, hour), told).toBe(torn.equals(held) ? 'ab'.repeat(32) : undefined);
        expect(ring.destroy(hour), told).toBe(true);
      });
      expect(readFileSync(path).equals(before), told).toBe(true);
    }
  });

  it('leaves no part of a key behind once the ring is tidied', () => {
    const path = tempRing();
    const before = readFileSync(path);
    for (const [count] of octets) {
      const { empty, held } = sectorsOf(path);
      const torn = tear(path, { before: held, after: empty }, count, from);
      using(path, (ring) => ring.clearTorn([]));
      if (torn.equals(held)) expect(using(path, (ring) => ring.hours())).toEqual([hour]);
      else expect(readFileSync(path).equals(before)).toBe(true);
    }
  });
});

describe('a slot that is torn', () => {
  it('a slot that is torn is emptied when a gateway starts, unless rows need what is left of it', async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    gateway.transact((unit) => unit.addVisit(visit()));
    gateway.close();
    const needed = Math.floor(nowMs / hourMs);
    const [torn, kept] = [needed + 1, needed].map((each) => (headerSectors + (each % 720)) * sectorBytes);
    const file = readFileSync(temp.keyFile);
    file.fill(0x55, torn, (torn ?? 0) + 30);
    file.fill(0x55, (kept ?? 0) + 20, (kept ?? 0) + 21);
    writeFileSync(temp.keyFile, file);
    for (const role of ['reader', 'tool'] as const) {
      temp.open({ role }).close();
      expect(readFileSync(temp.keyFile).equals(file)).toBe(true);
    }
    const again = temp.open();
    const tidied = Buffer.from(file).fill(0, torn, (torn ?? 0) + 30);
    expect(readFileSync(temp.keyFile).equals(tidied)).toBe(true);
    const rows = again.visits(always);
    expect([await collect(rows), rows.unreadable]).toEqual([[], 1]);
  });
});
