import { randomInt } from 'node:crypto';
import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCodeOf } from '../base/errors.ts';
import { guarded } from './database/errors.ts';
import { asOwnerOf } from './files/as-owner.ts';
import { openOwn } from './files/own-file.ts';
import { syncDirectory } from './files/whole-file.ts';
import { hourOf } from './hour.ts';
import type { Spool, SpooledText } from './intake.ts';
import type { HourKeys, Subkeys } from './keyring/hour-keys.ts';
import { writeAt } from './keyring/ring-sectors.ts';
import { associatedData, sealedIn } from './sealing/bound-data.ts';
import { leastPadded, padded, unpadded } from './sealing/padded.ts';
import { seal, unseal } from './sealing/seal.ts';

/*
 * The spool: `spool` in the data directory, for texts that no modem holds while the database refuses them. It needs the
 * keyring and a few hundred octets on the disk, and no database.
 *
 * A record is length (4) · hour (4) · id (4) · sealed value, big-endian; it is appended and synced. The value is sealed
 * padded and under the key of the hour in which the text came, so it is noise four weeks later, like a row. The key may have to be
 * made outside a transaction. That is safe, because only the gateway puts rows into an hour that has none, and the
 * caller is the gateway.
 *
 * The file goes when the register has all that is in it. Limits: until then an erasure of a visitor does not reach it,
 * and neither does a backup of the register; if the keyring cannot be written either, or the disk has no octet left,
 * nothing is kept here. On a full disk it lives, as the sweep does, on what the reserve held.
 */

interface Entry {
  readonly hour: number;
  readonly id: number;
  readonly sealed: Buffer;
}

const headBytes = 12;
/** A nonce and an authentication tag: anything shorter is not a sealed value. */
const shortestSealed = 28;

export function spoolPath(dataDir: string): string {
  return join(dataDir, 'spool');
}

export function spoolIn(dataDir: string, keys: HourKeys): Spool {
  const path = spoolPath(dataDir);
  const asOwner = <T>(work: () => T): T => guarded(() => asOwnerOf(dataDir, work));
  const outstanding = new Set<number>();
  /** Whether the file ends with a whole record: behind half a record nothing could be read. */
  let isWhole = false;

  function append(record: Buffer): void {
    if (!isWhole) cutTorn(readEntries(path).end);
    const fd = openOwn(path, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND);
    try {
      const { size } = fstatSync(fd);
      try {
        writeAt(fd, record, size);
        fsyncSync(fd);
      } catch (error) {
        isWhole = false;
        ftruncateSync(fd, size);
        isWhole = true;
        throw error;
      }
      if (size === 0) syncDirectory(dirname(path));
    } finally {
      closeSync(fd);
    }
  }

  /** Removes a record that a power cut or a failing disk has torn. */
  function cutTorn(end: number): void {
    cutAt(path, end);
    isWhole = true;
  }

  function opened(entries: readonly Entry[]): SpooledText[] {
    return entries.flatMap(({ hour, id, sealed }) => {
      const subkeys = keys.forReading(hour);
      const plain = subkeys && openEntry(subkeys, { hour, id, sealed });
      return plain === null ? [] : [{ id, plain }];
    });
  }

  function remove(): void {
    rmSync(path, { force: true });
    syncDirectory(dirname(path));
  }

  return {
    put: (plain, atMs) =>
      asOwner(() => {
        const hour = hourOf(atMs);
        const id = freeId(outstanding);
        keys.begun();
        const octets = padded(Buffer.from(plain), leastPadded.text);
        const bound = associatedData(sealedIn.paddedSpool, hour, id, 0);
        const sealed = seal(keys.forWriting(hour), octets, bound);
        append(encodeEntry({ hour, id, sealed }));
        outstanding.add(id);
        return id;
      }),
    recover: () =>
      asOwner(() => {
        const { entries, end } = readEntries(path);
        cutTorn(end);
        const texts = opened(entries);
        for (const { id } of texts) outstanding.add(id);
        if (entries.length > 0 && texts.length === 0) remove();
        return { texts, unreadable: entries.length - texts.length };
      }),
    peek: () =>
      asOwner(() => {
        const { entries } = readEntries(path);
        const texts = opened(entries);
        return { texts, unreadable: entries.length - texts.length };
      }),
    done(ids) {
      for (const id of ids) outstanding.delete(id);
      if (ids.length === 0 || outstanding.size > 0) return false;
      asOwner(remove);
      return true;
    },
    sweep: () =>
      asOwner(() => {
        const { entries } = readEntries(path);
        if (entries.length > 0 && entries.every(({ hour }) => keys.forReading(hour) === null)) remove();
      }),
  };
}

/** What a record holds; of the form before the padded one, too. Null if it cannot be opened. */
function openEntry(keys: Subkeys, { hour, id, sealed }: Entry): Buffer | null {
  const octets = unseal(keys, sealed, associatedData(sealedIn.paddedSpool, hour, id, 0));
  if (octets !== null) return unpadded(octets);
  return unseal(keys, sealed, associatedData(sealedIn.spool, hour, id, 0));
}

/** Random, so that no id of an earlier spool is taken for one of this. */
function freeId(taken: ReadonlySet<number>): number {
  let id = randomInt(2 ** 31);
  while (taken.has(id)) id = (id + 1) % 2 ** 31;
  return id;
}

function encodeEntry({ hour, id, sealed }: Entry): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(sealed.length, 0);
  head.writeUInt32BE(hour, 4);
  head.writeUInt32BE(id, 8);
  return Buffer.concat([head, sealed]);
}

/** `end`: where the last whole record ends. */
function readEntries(path: string): { readonly entries: readonly Entry[]; readonly end: number } {
  const octets = readIfThere(path);
  const entries: Entry[] = [];
  let end = 0;
  while (octets.length - end >= headBytes) {
    const length = octets.readUInt32BE(end);
    const next = end + headBytes + length;
    // A file that grew before its octets came ends in zeros.
    if (length < shortestSealed || next > octets.length) break;
    const sealed = octets.subarray(end + headBytes, next);
    entries.push({ hour: octets.readUInt32BE(end + 4), id: octets.readUInt32BE(end + 8), sealed });
    end = next;
  }
  return { entries, end };
}

function readIfThere(path: string): Buffer {
  let fd: number;
  try {
    fd = openOwn(path, constants.O_RDONLY);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
  try {
    return readFileSync(fd);
  } finally {
    closeSync(fd);
  }
}

function cutAt(path: string, end: number): void {
  if (readIfThere(path).length === end) return;
  const fd = openOwn(path, constants.O_RDWR);
  try {
    ftruncateSync(fd, end);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
