import type { Connection } from '../database/database.ts';
import { deriveSubkeys, type Subkeys, subkeysIn } from '../keyring/hour-keys.ts';
import { algorithms } from '../keyring/keyring-format.ts';
import { seal, unseal } from '../sealing/seal.ts';
import type { HolderRing } from './holder-ring.ts';
import { hourOctets, unwrapHourKey } from './hour-envelope.ts';

/** A gateway's hour as the central database has it. */
export interface WrittenHour {
  readonly gateway: string;
  readonly hour: number;
  /** Tells apart the keys that one gateway had for one hour. */
  readonly keyNo: number;
  /** To this holder. */
  readonly envelope: Buffer;
}

/*
 * The keys of gateways' hours that a holder has opened. To open an envelope takes some 300 microseconds, and a trace asks for
 * one of each gateway and hour. So what is derived of each key is kept in the holder's register, sealed under a key that is
 * derived from the hour's secret: once the slot of the hour is overwritten it is noise, in every copy, as the envelope is.
 *
 * Those of one hour are one value, because to begin a cipher takes longer than all else. Its names are in the clear: the
 * number of the key and the gateway of each, a line each.
 */

/** Names a key among those of its hour. */
export type KeyName = Pick<WrittenHour, 'gateway' | 'keyNo'>;

/** An hour's keys in the clear: `close` zeroes them. */
export interface OpenedKeys {
  readonly subkeys: Subkeys;
  close(): void;
}

/** Algorithm (1), then the keys one behind the other. */
const keysBytes = 161;

interface Row {
  readonly hour: number;
  readonly names: string;
  readonly sealed: Buffer;
}

/** Those of some hours that are kept, by hour, then by `nameOf`. */
export function readOpened(
  db: Connection,
  ring: HolderRing,
  hours: readonly number[],
): Map<number, Map<string, OpenedKeys>> {
  const found = new Map<number, Map<string, OpenedKeys>>();
  if (hours.length === 0) return found;
  const wanted = new Set(hours);
  const rows = db
    .prepare<[number, number], Row>(
      'SELECT hour, names, sealed FROM opened_keys WHERE hour BETWEEN ? AND ? ORDER BY hour',
    )
    .all(Math.min(...hours), Math.max(...hours));
  for (const row of rows) if (wanted.has(row.hour)) found.set(row.hour, openedIn(ring, row));
  return found;
}

export function nameOf({ gateway, keyNo }: KeyName): string {
  return `${keyNo} ${gateway}`;
}

/** The names of the keys that are kept, by hour. */
export function keptNames(db: Connection): Map<number, ReadonlySet<string>> {
  const rows = db.prepare<[], Pick<Row, 'hour' | 'names'>>('SELECT hour, names FROM opened_keys').all();
  return new Map(rows.map(({ hour, names }) => [hour, new Set(names.split('\n'))]));
}

/** Opens an envelope; null unless it is one of this gateway, hour and holder, and the hour has its secret. */
export function openEnvelope(
  ring: HolderRing,
  holder: string,
  { gateway, hour, envelope }: WrittenHour,
): OpenedKeys | null {
  const recipient = ring.recipient(hour);
  const held = recipient && unwrapHourKey(envelope, recipient, { gateway, hour, holder });
  if (held === null) return null;
  const { subkeys, all } = deriveSubkeys(held.key, held.algorithm);
  held.key.fill(0);
  return { subkeys, close: () => void all.fill(0) };
}

/** Keeps keys of an hour beside those that are kept of it; not if the hour has ended. Inside a transaction. */
export function keepOpened(
  db: Connection,
  ring: HolderRing,
  hour: number,
  opened: readonly (KeyName & { readonly keys: OpenedKeys })[],
): void {
  const key = ring.openedKey(hour);
  if (key === null) return;
  const kept = readOpened(db, ring, [hour]).get(hour) ?? new Map<string, OpenedKeys>();
  const all = new Map([...kept, ...opened.map(({ keys, ...name }) => [nameOf(name), keys] as const)]);
  const names = [...all.keys()].join('\n');
  const plain = Buffer.alloc(all.size * keysBytes);
  for (const [index, { subkeys }] of [...all.values()].entries()) write(plain, index * keysBytes, subkeys);
  const sealed = seal({ algorithm: 'aes-256-gcm', seal: key }, plain, boundTo(hour, names));
  for (const secret of [plain, key]) secret.fill(0);
  for (const keys of kept.values()) keys.close();
  db.prepare<[number, string, Buffer]>(
    'INSERT OR REPLACE INTO opened_keys (hour, names, sealed) VALUES (?, ?, ?)',
  ).run(hour, names, sealed);
}

/**
 * Removes what is kept of hours that have no secret any more, also what a register has that was put back from a backup.
 * `held`: those that have one. Inside a transaction.
 */
export function forgetEnded(db: Connection, held: readonly number[]): void {
  db.prepare<[string]>('DELETE FROM opened_keys WHERE hour NOT IN (SELECT value FROM json_each(?))').run(
    JSON.stringify(held),
  );
}

/** None if the hour has ended, or the value is not what was kept of it. */
function openedIn(ring: HolderRing, { hour, names, sealed }: Row): Map<string, OpenedKeys> {
  const opened = new Map<string, OpenedKeys>();
  const key = ring.openedKey(hour);
  if (key === null) return opened;
  const plain = unseal({ algorithm: 'aes-256-gcm', seal: key }, sealed, boundTo(hour, names));
  key.fill(0);
  if (plain === null) return opened;
  for (const [index, name] of names.split('\n').entries()) {
    const its = plain.subarray(index * keysBytes, (index + 1) * keysBytes);
    const algorithm = algorithms[its[0] ?? algorithms.length];
    if (algorithm !== undefined)
      opened.set(name, { subkeys: subkeysIn(its.subarray(1), algorithm), close: () => void its.fill(0) });
  }
  return opened;
}

function write(into: Buffer, at: number, { algorithm, ...keys }: Subkeys): void {
  into[at] = algorithms.indexOf(algorithm);
  let end = at + 1;
  for (const each of [keys.seal, keys.lookup, keys.fingerprint, keys.audit, keys.tags])
    end += each.copy(into, end);
}

function boundTo(hour: number, names: string): Buffer {
  return Buffer.concat([Buffer.from('visitlog 1 opened keys'), hourOctets(hour), Buffer.from(names)]);
}
