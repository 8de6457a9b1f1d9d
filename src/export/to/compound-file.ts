/** A stream of a compound file: [MS-CFB], version 3, which Excel and others read a password-protected workbook from. */
export interface CompoundStream {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const sectorBytes = 512;
const miniBytes = 64;
/** Streams that are shorter lie in the mini stream (§2.2). */
const miniCutoff = 4_096;
const entryBytes = 128;
const idsOfSector = sectorBytes / 4;
/** Places of FAT sectors that the header has room for (§2.2). */
const headerPlaces = 109;

const endOfChain = 0xfffffffe;
const fatSector = 0xfffffffd;
const difatSector = 0xfffffffc;
const free = 0xffffffff;

/**
 * A compound file with these streams in its root, of names of at most 31 characters. All of them must be given in the order
 * of [MS-CFB] §2.6.4: shorter names first.
 */
export function compoundFile(streams: readonly CompoundStream[]): Buffer[] {
  const mini = streams.filter(({ bytes }) => bytes.length < miniCutoff);
  const miniStream = Buffer.concat(mini.map(({ bytes }) => padded(bytes, miniBytes)));
  const miniFat = chains(mini.map(({ bytes }) => Math.ceil(bytes.length / miniBytes)));

  const fat: number[] = [];
  const sectors: Buffer[] = [];
  const add = (bytes: Uint8Array): number => {
    if (bytes.length === 0) return endOfChain;
    const first = fat.length;
    const count = Math.ceil(bytes.length / sectorBytes);
    for (let index = 1; index < count; index += 1) fat.push(first + index);
    fat.push(endOfChain);
    sectors.push(padded(bytes, sectorBytes));
    return first;
  };

  let nextMini = 0;
  const places = streams.map(({ bytes }) => {
    if (bytes.length >= miniCutoff) return add(bytes);
    const first = bytes.length === 0 ? endOfChain : nextMini;
    nextMini += Math.ceil(bytes.length / miniBytes);
    return first;
  });
  const miniStart = add(miniStream);
  const miniFatBytes = idsOf(miniFat);
  const miniFatStart = add(miniFatBytes);
  const directoryStart = add(directory(streams, places, { start: miniStart, size: miniStream.length }));

  // The table has an entry for each of its own sectors too, and for those that list them.
  let fatCount = 0;
  let difatCount = 0;
  for (;;) {
    const needed = Math.ceil((fat.length + fatCount + difatCount) / idsOfSector);
    const lists = Math.ceil(Math.max(0, needed - headerPlaces) / (idsOfSector - 1));
    if (needed === fatCount && lists === difatCount) break;
    [fatCount, difatCount] = [needed, lists];
  }
  const fatStart = fat.length;
  const fatPlaces = Array.from({ length: fatCount }, (_, index) => fatStart + index);
  const difatStart = fatStart + fatCount;
  const whole = [
    ...fat,
    ...fatPlaces.map(() => fatSector),
    ...new Array<number>(difatCount).fill(difatSector),
  ];
  const header = headerOf({
    fatPlaces,
    directoryStart,
    miniFatStart,
    miniFatCount: Math.ceil(miniFatBytes.length / sectorBytes),
    difatStart: difatCount === 0 ? endOfChain : difatStart,
    difatCount,
  });
  return [header, ...sectors, idsOf(whole), ...difat(fatPlaces.slice(headerPlaces), difatStart)];
}

/** The entries of a table for streams that lie one behind the other. */
function chains(counts: readonly number[]): number[] {
  const ids: number[] = [];
  for (const count of counts)
    for (let index = 1; index <= count; index += 1) ids.push(index === count ? endOfChain : ids.length + 1);
  return ids;
}

function padded(bytes: Uint8Array, unit: number): Buffer {
  const whole = Buffer.alloc(Math.ceil(bytes.length / unit) * unit);
  whole.set(bytes);
  return whole;
}

function idsOf(ids: readonly number[]): Buffer {
  const bytes = Buffer.alloc(Math.ceil(ids.length / idsOfSector) * sectorBytes, 0xff);
  for (const [index, id] of ids.entries()) bytes.writeUInt32LE(id, index * 4);
  return bytes;
}

interface Header {
  readonly fatPlaces: readonly number[];
  readonly directoryStart: number;
  readonly miniFatStart: number;
  readonly miniFatCount: number;
  readonly difatStart: number;
  readonly difatCount: number;
}

/** §2.2 */
function headerOf(header: Header): Buffer {
  const bytes = Buffer.alloc(sectorBytes);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(0x3e, 24);
  bytes.writeUInt16LE(3, 26);
  bytes.writeUInt16LE(0xfffe, 28);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt16LE(6, 32);
  bytes.writeUInt32LE(header.fatPlaces.length, 44);
  bytes.writeUInt32LE(header.directoryStart, 48);
  bytes.writeUInt32LE(miniCutoff, 56);
  bytes.writeUInt32LE(header.miniFatStart, 60);
  bytes.writeUInt32LE(header.miniFatCount, 64);
  bytes.writeUInt32LE(header.difatStart, 68);
  bytes.writeUInt32LE(header.difatCount, 72);
  for (let index = 0; index < headerPlaces; index += 1)
    bytes.writeUInt32LE(header.fatPlaces[index] ?? free, 76 + index * 4);
  return bytes;
}

/** §2.5: the places of FAT sectors beyond those in the header; each sector ends with the place of the next. */
function difat(places: readonly number[], start: number): Buffer[] {
  const sectors: Buffer[] = [];
  const each = idsOfSector - 1;
  for (let at = 0; at < places.length; at += each) {
    const bytes = Buffer.alloc(sectorBytes, 0xff);
    for (const [index, place] of places.slice(at, at + each).entries()) bytes.writeUInt32LE(place, index * 4);
    const isLast = at + each >= places.length;
    bytes.writeUInt32LE(isLast ? endOfChain : start + at / each + 1, sectorBytes - 4);
    sectors.push(bytes);
  }
  return sectors;
}

const root = 5;
const stream = 2;

/** §2.6: the root, then the streams, each the right sibling of the one before it. */
function directory(
  streams: readonly CompoundStream[],
  places: readonly number[],
  mini: { readonly start: number; readonly size: number },
): Buffer {
  const entries = [
    entryOf({ name: 'Root Entry', type: root, child: streams.length > 0 ? 1 : free, ...mini }),
    ...streams.map(({ name, bytes }, index) =>
      entryOf({
        ...{ name, type: stream, start: places[index] ?? endOfChain, size: bytes.length },
        right: index + 1 < streams.length ? index + 2 : free,
      }),
    ),
  ];
  const unused = Buffer.alloc(entryBytes);
  for (const sibling of [68, 72, 76]) unused.writeUInt32LE(free, sibling);
  while (entries.length % (sectorBytes / entryBytes) !== 0) entries.push(unused);
  return Buffer.concat(entries);
}

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly start: number;
  readonly size: number;
  readonly right?: number;
  readonly child?: number;
}

/** §2.6.1 */
function entryOf({ name, type, start, size, right = free, child = free }: Entry): Buffer {
  const bytes = Buffer.alloc(entryBytes);
  bytes.write(name, 0, 'utf16le');
  bytes.writeUInt16LE((name.length + 1) * 2, 64);
  bytes[66] = type;
  // Black: the tree has no red entry, and so breaks no rule of its colours but balance.
  bytes[67] = 1;
  bytes.writeUInt32LE(free, 68);
  bytes.writeUInt32LE(right, 72);
  bytes.writeUInt32LE(child, 76);
  bytes.writeUInt32LE(start, 116);
  bytes.writeUInt32LE(size, 120);
  return bytes;
}
