import type { ByteReader } from '../base/bytes.ts';
import { decodeTimestamp, type Timestamp, timestampOctets } from './scts.ts';

/** TP-VP in the form that TP-VPF announces (3GPP TS 23.040 §9.2.3.3, §9.2.3.12). */
export type Validity =
  | { readonly format: 'none' }
  | { readonly format: 'relative'; readonly octet: number; readonly minutes: number }
  | { readonly format: 'absolute'; readonly until: Timestamp; readonly octets: Uint8Array }
  /** Kept as it came: a functionality indicator and six octets that depend on it. */
  | { readonly format: 'enhanced'; readonly octets: Uint8Array };

/** Reads TP-VP in the form that bits 4 and 3 of the TPDU's first octet give. Throws `pdu.truncated`. */
export function decodeValidity(first: number, reader: ByteReader, path: string): Validity {
  switch (first & 0x18) {
    case 0x10:
      return relativeValidity(reader.octet(path));
    case 0x18:
      return absoluteValidity(reader.take(timestampOctets, path));
    case 0x08:
      return { format: 'enhanced', octets: reader.take(7, path) };
    default:
      return { format: 'none' };
  }
}

function absoluteValidity(octets: Uint8Array): Validity {
  return { format: 'absolute', until: decodeTimestamp(octets), octets };
}

/** A relative validity period from its octet: 5 minutes to 63 weeks (§9.2.3.12.1). */
export function relativeValidity(octet: number): Validity {
  return { format: 'relative', octet, minutes: minutesOf(octet) };
}

function minutesOf(octet: number): number {
  if (octet <= 143) return (octet + 1) * 5;
  if (octet <= 167) return 12 * 60 + (octet - 143) * 30;
  if (octet <= 196) return (octet - 166) * 24 * 60;
  return (octet - 192) * 7 * 24 * 60;
}

/** TP-VPF in its place in the first octet. */
export function validityFormat(validity: Validity): number {
  return { none: 0, relative: 0x10, absolute: 0x18, enhanced: 0x08 }[validity.format];
}

/** The octets of TP-VP; empty if there is none. */
export function encodeValidity(validity: Validity): Uint8Array {
  if (validity.format === 'relative') return Uint8Array.of(validity.octet);
  return validity.format === 'none' ? new Uint8Array() : validity.octets;
}
