import { hkdfSync } from 'node:crypto';
import type { Algorithm } from '../register-types.ts';
import type { Keyring } from './keyring.ts';

/** What is derived from an hour's key, one for each use. 32 octets each. */
export interface Subkeys {
  readonly algorithm: Algorithm;
  readonly seal: Buffer;
  readonly lookup: Buffer;
  readonly fingerprint: Buffer;
  /** For pseudonyms in the audit log, which must not match the register's own tags. */
  readonly audit: Buffer;
  /** For the tags of rows (sealing/tags.ts). */
  readonly tags: Buffer;
}

interface Entry {
  readonly subkeys: Subkeys;
  readonly all: Buffer;
  readonly checksum: Buffer;
}

/** The hours' keys in memory: derived once, zeroed when their hour ends or the register closes. */
export class HourKeys {
  readonly #ring: Keyring;
  readonly #algorithm: Algorithm;
  readonly #entries = new Map<number, Entry>();
  readonly #checked = new Set<number>();

  constructor(ring: Keyring, algorithm: Algorithm) {
    this.#ring = ring;
    this.#algorithm = algorithm;
  }

  /** Null when the hour has no key (any more). */
  forReading(hour: number): Subkeys | null {
    return (this.#entries.get(hour) ?? this.#load(hour))?.subkeys ?? null;
  }

  /**
   * The hour's keys, made and synced if there are none. Once in a transaction the slot itself is looked at, because
   * another process may have ended the hour, and a row under a key that only memory has would be lost.
   */
  forWriting(hour: number): Subkeys {
    const entry = this.#entries.get(hour);
    if (entry && this.#checked.has(hour)) return entry.subkeys;
    if (entry && !this.#ring.stillHolds(hour, entry.checksum)) this.forget(hour);
    let known = this.#entries.get(hour) ?? this.#load(hour);
    if (known === null) {
      this.#ring.add(hour, this.#algorithm);
      known = this.#load(hour);
    }
    if (known === null) throw new Error('the keyring does not give back what was written to it');
    this.#checked.add(hour);
    return known.subkeys;
  }

  /** A transaction begins: what other processes did to the ring may have changed. Error: `keyring.changed`. */
  begun(): void {
    this.#checked.clear();
    this.#ring.checkUnchanged();
  }

  /** Ends an hour, on disk and in memory. */
  destroy(hour: number): boolean {
    this.forget(hour);
    return this.#ring.destroy(hour);
  }

  forget(hour: number): void {
    this.#entries.get(hour)?.all.fill(0);
    this.#entries.delete(hour);
    this.#checked.delete(hour);
  }

  /** Zeroes the keys in memory of hours that another process ended. */
  forgetEnded(): void {
    for (const [hour, { checksum }] of [...this.#entries])
      if (!this.#ring.stillHolds(hour, checksum)) this.forget(hour);
  }

  close(): void {
    for (const hour of [...this.#entries.keys()]) this.forget(hour);
    this.#ring.close();
  }

  #load(hour: number): Entry | null {
    const slot = this.#ring.read(hour);
    if (slot === null) return null;
    const { key, algorithm } = slot.held;
    const entry: Entry = { ...deriveSubkeys(key, algorithm), checksum: slot.checksum };
    key.fill(0);
    this.#entries.set(hour, entry);
    return entry;
  }
}

/**
 * HKDF-SHA-256 (RFC 5869) of an hour's key; the algorithm is part of the label. What was added later stands at the
 * end: a longer output begins with the shorter one, so that earlier rows stay readable. `all` is what to zero.
 */
export function deriveSubkeys(
  key: Uint8Array,
  algorithm: Algorithm,
): { readonly subkeys: Subkeys; readonly all: Buffer } {
  const all = Buffer.from(
    hkdfSync('sha256', key, '', `visitlog 1 ${algorithm} seal lookup fingerprint`, 160),
  );
  return { subkeys: subkeysIn(all, algorithm), all };
}

/** The keys in the 160 octets that were derived. */
export function subkeysIn(all: Buffer, algorithm: Algorithm): Subkeys {
  return {
    algorithm,
    seal: all.subarray(0, 32),
    lookup: all.subarray(32, 64),
    fingerprint: all.subarray(64, 96),
    audit: all.subarray(96, 128),
    tags: all.subarray(128, 160),
  };
}

/** Tells an hour's key apart from every other, 16 octets. One-way: it says nothing of the key, nor of what is derived from it. */
export function keyIdOf(key: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'visitlog 1 key id', 16));
}
