import { fault } from '../base/errors.ts';
import { headerOctets } from './codec.ts';

/** The largest PDU that is read: a `message_payload` of 65,535 octets, and room for every other parameter. */
export const longestPdu = 70_000;

/**
 * Cuts the octets of a link into PDUs. The length is judged before anything of the PDU is kept; what is kept is at most
 * one PDU that is not whole yet.
 */
export class Frames {
  #kept: Buffer = Buffer.alloc(0);

  /** Whether a PDU has begun and is not whole. */
  get isBegun(): boolean {
    return this.#kept.length > 0;
  }

  /**
   * The PDUs that these octets complete, in order; each is a copy that its receiver may keep.
   * @throws AppError `smpp.frame` for a length that no PDU has: what follows cannot be told apart any more. PDUs before it
   * were handed to `each`.
   */
  read(octets: Uint8Array, each: (pdu: Buffer) => void): void {
    let rest = this.#kept.length === 0 ? Buffer.from(octets) : Buffer.concat([this.#kept, octets]);
    while (rest.length >= 4) {
      const length = rest.readUInt32BE(0);
      if (length < headerOctets || length > longestPdu) {
        this.#kept = Buffer.alloc(0);
        throw fault('smpp.frame', { length });
      }
      if (rest.length < length) break;
      each(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    this.#kept = rest;
  }
}
