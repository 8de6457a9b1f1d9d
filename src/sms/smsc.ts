import type { ByteReader } from '../base/bytes.ts';
import { type Address, addressAt, encodeAddress } from './address.ts';

/**
 * Passes over the service centre's address before a TPDU, with its length in octets (3GPP TS 24.011 §8.2.5.1, TS 27.005
 * §3.1). Throws `ByteError`.
 */
export function skipSmsc(reader: ByteReader): void {
  const length = reader.octet('smsc');
  if (length === 0) return;
  reader.octet('smsc');
  reader.skip(length - 1, 'smsc');
}

/** The address at the beginning of what `skipSmsc` has passed over. Null where it is left out (length 0). */
export function smscAt(bytes: Uint8Array): Address | null {
  const [length = 0, typeOfAddress = 0] = bytes;
  return length === 0 ? null : addressAt(bytes, 2, (length - 1) * 2, typeOfAddress);
}

/** The field before a TPDU; null is the single octet 00. */
export function encodeSmsc(address: Pick<Address, 'ton' | 'npi' | 'value'> | null): Uint8Array {
  if (address === null) return Uint8Array.of(0);
  const field = encodeAddress(address);
  return Uint8Array.of(field.length - 1, ...field.subarray(1));
}
