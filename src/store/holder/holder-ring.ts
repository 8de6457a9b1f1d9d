import { Keyring } from '../keyring/keyring.ts';
import { type EnvelopeContext, type HourKey, unwrapHourKey } from './hour-envelope.ts';
import { publicOctets, secretKeyOf } from './raw-keys.ts';

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

  /** The public key of an hour, or null if it has no secret (any more). Error: `keyring.changed`. */
  publicKey(hour: number): Buffer | null {
    return this.#with(hour, (secret) => publicOctets(secretKeyOf('x25519', secret)));
  }

  /** Gives an hour its secret; it is on disk when this returns. Error: `keyring.collision`. */
  add(hour: number): void {
    this.#ring.add(hour, 'aes-256-gcm');
  }

  /** The key in an envelope, or null: there is no secret of its hour, or it is not an envelope of this context. */
  open(envelope: Buffer, context: EnvelopeContext): HourKey | null {
    return this.#with(context.hour, (secret) => unwrapHourKey(envelope, secret, context));
  }

  /** Ends an hour: its slot is zeros on disk when this returns. False when the slot holds another hour's secret. */
  destroy(hour: number): boolean {
    return this.#ring.destroy(hour);
  }

  close(): void {
    this.#ring.close();
  }

  #with<T>(hour: number, use: (secret: Buffer) => T): T | null {
    const key = this.#ring.read(hour)?.held.key;
    if (key === undefined) return null;
    try {
      return use(key);
    } finally {
      key.fill(0);
    }
  }
}
