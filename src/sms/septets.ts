/**
 * `count` septets, one an octet, out of `octets` from bit `startBit` on (3GPP TS 23.038 §6.1.2.1), in an array of their
 * own or at the beginning of `septets`. The caller has made sure that the bits are there; bits beyond the end read as
 * zero.
 */
export function unpackSeptets(
  octets: Uint8Array,
  startBit: number,
  count: number,
  septets: Uint8Array = new Uint8Array(count),
): Uint8Array {
  let index = startBit >> 3;
  const skipped = startBit & 7;
  let held = skipped === 0 ? 0 : (octets[index++] ?? 0) >> skipped;
  let bits = skipped === 0 ? 0 : 8 - skipped;
  for (let i = 0; i < count; i += 1) {
    if (bits < 7) {
      held |= (octets[index] ?? 0) << bits;
      index += 1;
      bits += 1;
      septets[i] = held & 0x7f;
      held >>= 7;
    } else {
      septets[i] = held;
      held = 0;
      bits = 0;
    }
  }
  return septets;
}

/** Septets, one an octet, packed after `fillBits` zero bits (0–6). The reverse of `unpackSeptets`. */
export function packSeptets(septets: Uint8Array, fillBits = 0): Uint8Array {
  const octets = new Uint8Array(Math.ceil((fillBits + septets.length * 7) / 8));
  let bit = fillBits;
  for (const septet of septets) {
    const index = bit >> 3;
    const shifted = septet << (bit & 7);
    octets[index] = (octets[index] as number) | (shifted & 0xff);
    if (shifted > 0xff) octets[index + 1] = shifted >> 8;
    bit += 7;
  }
  return octets;
}
