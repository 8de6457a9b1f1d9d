import {
  chmodSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import { headerSectors, ringSlots, sectorBytes } from '../../../src/store/keyring/keyring-format.ts';
import { createKeyring } from '../../../src/store/keyring/ring-sectors.ts';
import { tempRegister } from '../temp-register.ts';

const slots = 10;
const hour = 497_003;

function tempRing() {
  const { keyFile } = tempRegister();
  createKeyring(keyFile, slots);
  return keyFile;
}

function keyOf(ring: Keyring, ofHour: number): string | undefined {
  return ring.read(ofHour)?.held.key.toString('hex');
}

function using<T>(path: string, act: (ring: Keyring) => T, writable = true): T {
  const ring = Keyring.open(path, writable);
  try {
    return act(ring);
  } finally {
    ring.close();
  }
}

const failing = (code: string) => expect.objectContaining({ code });

describe('the keyring file', () => {
  it('the keyring file has two headers and one sector for each slot, and is for its owner alone', () => {
    const path = tempRing();
    expect(statSync(path).size).toBe((slots + headerSectors) * sectorBytes);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['an hour', hourMs, 1 + 48],
    ['a part of an hour more than a day', dayMs + 1, 25 + 48],
    ['four weeks', 28 * dayMs, 28 * 24 + 48],
  ])('the keyring file has room for a retention of %s and two days', (_, retentionMs, wanted) => {
    expect(ringSlots(retentionMs)).toBe(wanted);
  });

  it('the keyring file keeps the key of an hour, and gives a reader that opened earlier the same one', () => {
    const path = tempRing();
    using(
      path,
      (early) => {
        using(path, (ring) => {
          ring.add(hour, 'aes-256-gcm');
          expect(keyOf(early, hour)).toBe(keyOf(ring, hour));
          expect(keyOf(ring, hour)).toMatch(/^[0-9a-f]{64}$/);
        });
      },
      false,
    );
  });

  it('the keyring file never changes its size or place in the file system', () => {
    const path = tempRing();
    const before = statSync(path);
    using(path, (ring) => {
      for (let each = hour; each < hour + slots; each += 1) ring.add(each, 'aria-256-gcm');
      for (let each = hour; each < hour + slots; each += 1) ring.destroy(each);
    });
    expect(statSync(path)).toMatchObject({ ino: before.ino, size: before.size });
  });

  it('the keyring file holds no trace of a key that was destroyed', () => {
    const path = tempRing();
    const empty = readFileSync(path);
    using(path, (ring) => {
      ring.add(hour, 'aes-256-gcm');
      const key = Buffer.from(keyOf(ring, hour) as string, 'hex');
      expect(readFileSync(path).includes(key)).toBe(true);
      expect(ring.destroy(hour)).toBe(true);
      expect(readFileSync(path).includes(key)).toBe(false);
      expect(keyOf(ring, hour)).toBeUndefined();
    });
    expect(readFileSync(path)).toEqual(empty);
  });

  it('the keyring file lists the hours that have a key', () => {
    using(tempRing(), (ring) => {
      for (const each of [hour + 4, hour, hour + 9]) ring.add(each, 'aes-256-gcm');
      ring.destroy(hour + 4);
      expect(ring.hours()).toEqual([hour, hour + 9]);
      expect(ring.hasAny()).toBe(true);
    });
  });

  it('the keyring file refuses to overwrite the key of another hour', () => {
    using(tempRing(), (ring) => {
      ring.add(hour, 'aes-256-gcm');
      const before = keyOf(ring, hour);
      expect(() => ring.add(hour + slots, 'aes-256-gcm')).toThrow(failing('keyring.collision'));
      expect(ring.destroy(hour + slots)).toBe(false);
      expect(keyOf(ring, hour)).toBe(before);
    });
  });
});

describe('a keyring that cannot be trusted', () => {
  it('a keyring that cannot be trusted is refused when it is missing', () => {
    expect(() => Keyring.open(join(tempRegister().dataDir, 'none'), true)).toThrow(
      failing('keyring.missing'),
    );
  });

  it.each([0o640, 0o604, 0o660, 0o644, 0o666, 0o610])(
    'a keyring that cannot be trusted is refused with the mode %o',
    (mode) => {
      const path = tempRing();
      chmodSync(path, mode);
      expect(() => Keyring.open(path, true)).toThrow(failing('keyring.permissions'));
    },
  );

  it.each([0o600, 0o400])(
    'a keyring that cannot be trusted is opened for reading with the mode %o',
    (mode) => {
      const path = tempRing();
      chmodSync(path, mode);
      expect(using(path, (ring) => ring.slots, false)).toBe(slots);
    },
  );

  it('a keyring that cannot be trusted is refused when one octet of its header is wrong and no other header was ever written', () => {
    const path = tempRing();
    const whole = readFileSync(path);
    for (let octet = 0; octet < 112; octet += 1) {
      const changed = Buffer.from(whole);
      changed[octet] = (changed[octet] ?? 0) ^ 0x10;
      writeFileSync(path, changed);
      expect(() => Keyring.open(path, true)).toThrow(failing('keyring.damaged'));
    }
  });

  it.each([
    ['empty', 0, 'keyring.damaged'],
    ['cut within the header', 60, 'keyring.damaged'],
    ['cut within a slot', 3 * sectorBytes + 5, 'keyring.truncated'],
    ['a slot short', (slots + 1) * sectorBytes, 'keyring.truncated'],
    ['a slot longer', (slots + 3) * sectorBytes, 'keyring.truncated'],
    ['an octet longer', (slots + 2) * sectorBytes + 1, 'keyring.truncated'],
  ])('a keyring that cannot be trusted is refused when it is %s', (_, size, code) => {
    const path = tempRing();
    truncateSync(path, size);
    expect(() => Keyring.open(path, true)).toThrow(failing(code));
  });

  it('a keyring that cannot be trusted is refused when it is a directory', () => {
    expect(() => Keyring.open(tempRegister().dataDir, true)).toThrow(failing('keyring.unreadable'));
  });

  it('a keyring that cannot be trusted is not opened through a symbolic link, and nothing is made in its place', () => {
    const path = tempRing();
    const moved = `${path}.elsewhere`;
    renameSync(path, moved);
    symlinkSync(moved, path);
    expect(() => Keyring.open(path, true)).toThrow(
      expect.objectContaining({ code: 'register.unsafe-file', facts: { path, why: 'link' } }),
    );
    using(moved, (ring) => {
      expect(ring.hours()).toEqual([]);
      expect(ring.hasAny()).toBe(false);
    });
  });
});
