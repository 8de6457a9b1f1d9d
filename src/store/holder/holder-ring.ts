import { Keyring } from '../keyring/keyring.ts';
import { expand, extract, type Recipient, recipientOf } from './hpke.ts';

const openedLabel = Buffer.from('visitlog 1 opened hours');

/**
 * The secrets of a holder's hours, in a file like a gateway's keyring: one slot an hour, written and overwritten in place.
 * The 32 octets of a slot are the secret of the hour's X25519 key pair.
 */
export class HolderRing {
  readonly #ring: Keyring;

  constructor(ring: Keyring) {
    this.#ring = ring;
  }

  /** Errors: as `Keyring.open`. */
  static open(path: string, writable: boolean, masterFile: string | null = null): HolderRing {
    return new HolderRing(Keyring.open(path, writable, masterFile));
  }

  /** The hours that have a secret, ascending. */
  hours(): number[] {
    return this.#ring.hours();
  }

  /** Whether any hour has a secret; as quick as the first is found. */
  hasAny(): boolean {
    return this.#ring.hasAny();
  }

  /** An hour's key pair, or null if it has none (any more). Error: `keyring.changed`. */
  recipient(hour: number): Recipient | null {
    const secret = this.#ring.read(hour)?.held.key;
    if (secret === undefined) return null;
    try {
      return recipientOf(secret);
    } finally {
      secret.fill(0);
    }
  }

  /**
   * The key that a holder keeps opened hours under (opened-hours.ts), derived from the hour's secret; null if it has none
   * (any more). The caller zeroes it. Error: `keyring.changed`.
   */
  openedKey(hour: number): Buffer | null {
    const secret = this.#ring.read(hour)?.held.key;
    if (secret === undefined) return null;
    const prk = extract(Buffer.alloc(0), secret);
    const derived = expand(prk, openedLabel, 32);
    for (const each of [secret, prk]) each.fill(0);
    return derived;
  }

  /** Hours that it has room for. */
  get slots(): number {
    return this.#ring.slots;
  }

  /** Gives an hour its secret; it is on disk when this returns. Error: `keyring.collision`. */
  add(hour: number): void {
    this.#ring.add(hour, 'aes-256-gcm');
  }

  /** Ends an hour: its slot is zeros on disk when this returns. False when the slot holds another hour's secret. */
  destroy(hour: number): boolean {
    return this.#ring.destroy(hour);
  }

  close(): void {
    this.#ring.close();
  }
}
