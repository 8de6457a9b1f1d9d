/** Which table a sealed value belongs to: part of what binds it to its row. */
export const sealedIn = { visits: 1, texts: 2, parts: 3, spool: 4 } as const;

/** What there is of it without the venue. */
export const boundBytes = 21;

/** No number is as long, and what is longer is bound by its beginning. */
const longestVenue = 43;

const scratch = Buffer.alloc(boundBytes + longestVenue);
const scratchView = new DataView(scratch.buffer, scratch.byteOffset, scratch.length);

/**
 * The bytes that bind a sealed value to its row: table (1), hour (4), id (8), time (8), then the venue.
 * A value copied to another row, hour, table, venue or time no longer opens.
 * The result is a view that the next call overwrites: ciphers take it in before they return.
 */
export function associatedData(table: number, hour: number, id: number, atMs: number, venue = ''): Buffer {
  return scratch.subarray(0, writeAssociatedData(scratchView, 0, [table, hour, id, atMs, venue]));
}

/** Writes the same at a place where there is room for it, and gives where it ends. */
export function writeAssociatedData(
  view: DataView,
  at: number,
  [table, hour, id, atMs, venue]: readonly [number, number, number, number, string],
): number {
  view.setUint8(at, table);
  view.setUint32(at + 1, hour);
  view.setFloat64(at + 5, id);
  view.setFloat64(at + 13, atMs);
  const venueAt = at + boundBytes;
  const length = Math.min(venue.length, longestVenue);
  for (let index = 0; index < length; index += 1) view.setUint8(venueAt + index, venue.charCodeAt(index));
  return venueAt + length;
}
