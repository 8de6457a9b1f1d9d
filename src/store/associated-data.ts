/** Which table a sealed value belongs to: part of what binds it to its row. */
export const sealedIn = { visits: 1, texts: 2, parts: 3 } as const;

const scratch = Buffer.alloc(64);

/**
 * The bytes that bind a sealed value to its row: table (1), hour (4), id (8), time (8), then the venue.
 * A value copied to another row, hour, table, venue or time no longer opens.
 * The result is a view that the next call overwrites: ciphers take it in before they return.
 */
export function associatedData(table: number, hour: number, id: number, atMs: number, venue = ''): Buffer {
  scratch.writeUInt8(table, 0);
  scratch.writeUInt32BE(hour, 1);
  scratch.writeDoubleBE(id, 5);
  scratch.writeDoubleBE(atMs, 13);
  const end = 21 + scratch.write(venue, 21, 'latin1');
  return scratch.subarray(0, end);
}
