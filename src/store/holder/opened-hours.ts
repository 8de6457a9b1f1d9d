import type { Connection } from '../database/database.ts';
import { deriveSubkeys, type Subkeys, subkeysIn } from '../keyring/hour-keys.ts';
import { algorithms } from '../keyring/keyring-format.ts';
import { seal, unseal } from '../sealing/seal.ts';
import type { HolderRing } from './holder-ring.ts';
import { hourOctets, named, unwrapHourKey } from './hour-envelope.ts';

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
 */

/** Names an hour of a gateway. */
type HourName = Pick<WrittenHour, 'gateway' | 'hour' | 'keyNo'>;

/** An hour's keys in the clear: `close` zeroes them. */
export interface OpenedKeys {
  readonly subkeys: Subkeys;
  close(): void;
}

/** Those of one hour that are kept, by gateway and number of the key. */
export function readOpened(db: Connection, ring: HolderRing, hour: number): Map<string, OpenedKeys> {
  const found = new Map<string, OpenedKeys>();
  const rows = db
    .prepare<[number], [gateway: string, keyNo: number, sealed: Buffer]>(
      'SELECT gateway, key_no, sealed FROM opened_hours WHERE hour = ?',
    )
    .raw()
    .all(hour);
  const key = rows.length === 0 ? null : ring.openedKey(hour);
  if (key === null) return found;
  for (const [gateway, keyNo, sealed] of rows) {
    const name = { gateway, hour, keyNo };
    const plain = unseal({ algorithm: 'aes-256-gcm', seal: key }, sealed, boundTo(name));
    const opened = plain && openedFrom(plain);
    if (opened !== null) found.set(nameOf(name), opened);
  }
  key.fill(0);
  return found;
}

export function nameOf({ gateway, keyNo }: Pick<WrittenHour, 'gateway' | 'keyNo'>): string {
  return `${keyNo} ${gateway}`;
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

/** Keeps the keys of an hour of a gateway; not if the hour has ended. Inside a transaction. */
export function keepOpened(db: Connection, ring: HolderRing, name: HourName, { subkeys }: OpenedKeys): void {
  const key = ring.openedKey(name.hour);
  if (key === null) return;
  const plain = plainOf(subkeys);
  const sealed = seal({ algorithm: 'aes-256-gcm', seal: key }, plain, boundTo(name));
  for (const secret of [plain, key]) secret.fill(0);
  db.prepare<[number, string, number, Buffer]>(
    'INSERT OR REPLACE INTO opened_hours (hour, gateway, key_no, sealed) VALUES (?, ?, ?, ?)',
  ).run(name.hour, name.gateway, name.keyNo, sealed);
}

/**
 * Removes what is kept of hours that have no secret any more, also what a register has that was put back from a backup.
 * `held`: those that have one. Inside a transaction.
 */
export function forgetEnded(db: Connection, held: readonly number[]): void {
  db.prepare<[string]>('DELETE FROM opened_hours WHERE hour NOT IN (SELECT value FROM json_each(?))').run(
    JSON.stringify(held),
  );
}

/** Algorithm (1), then the keys one behind the other. */
function plainOf({ algorithm, seal: sealKey, lookup, fingerprint, audit, tags }: Subkeys): Buffer {
  return Buffer.concat([
    Buffer.of(algorithms.indexOf(algorithm)),
    ...[sealKey, lookup, fingerprint, audit, tags],
  ]);
}

function openedFrom(plain: Buffer): OpenedKeys | null {
  const algorithm = algorithms[plain[0] ?? algorithms.length];
  if (algorithm === undefined) return null;
  return { subkeys: subkeysIn(plain.subarray(1), algorithm), close: () => void plain.fill(0) };
}

function boundTo({ gateway, hour, keyNo }: HourName): Buffer {
  const number = Buffer.alloc(2);
  number.writeInt16BE(keyNo);
  return Buffer.concat([Buffer.from('visitlog 1 opened hour'), hourOctets(hour), number, named(gateway)]);
}
