/*
 * What is sealed of a text, padded: the length of a ciphertext is in the clear, and that of the words would tell much.
 * Length (4, big-endian) · octets · zeros, up to the first of a few sizes that it fits in, each twice the one before.
 */
const lengthBytes = 4;

/** Of one segment of a text; of most texts; of what a visit's row does not hold. */
export const leastPadded = { part: 512, text: 1_024, slot: 128 } as const;

export function padded(octets: Buffer, least: number): Buffer {
  let size = least;
  while (size < octets.length + lengthBytes) size *= 2;
  const made = Buffer.alloc(size);
  made.writeUInt32BE(octets.length, 0);
  octets.copy(made, lengthBytes);
  return made;
}

export function unpadded(made: Buffer): Buffer {
  return made.subarray(lengthBytes, lengthBytes + made.readUInt32BE(0));
}
