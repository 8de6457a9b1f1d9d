import { existsSync } from 'node:fs';
import { formatDuration, hourMs } from '../../base/amounts.ts';
import { fault } from '../../base/errors.ts';
import { hasAnyRow } from '../database/any-row.ts';
import type { Connection } from '../database/database.ts';
import { asOwnerOf } from '../files/as-owner.ts';
import type { RegisterOptions, Role } from '../register-types.ts';
import { Keyring } from './keyring.ts';
import { finishChange } from './keyring-change.ts';
import { ringSlots } from './keyring-format.ts';
import { createKeyring, openRingSectors } from './ring-sectors.ts';

/** The options of a register that concern its keyring. */
type RingOptions = Pick<
  RegisterOptions,
  'dataDir' | 'keyFile' | 'retentionMs' | 'masterFile' | 'anyRingSize'
>;

/**
 * Opens the keyring that belongs to this database; makes one only if no row can need an older one. A role that may
 * write finishes an interrupted change, and is refused a ring of another size than the retention's.
 * Errors: those of `Keyring.open`, `keyring.foreign`, `keyring.other-size`.
 */
export function openKeyring(db: Connection, options: RingOptions, role: Role): Keyring {
  return asOwnerOf(options.dataDir, () => openAsOwner(db, options, role));
}

function openAsOwner(db: Connection, options: RingOptions, role: Role): Keyring {
  if (role === 'reader') return openExisting(db, options, false);
  return db
    .transaction(() => {
      if (!existsSync(options.keyFile) && !hasAnyRow(db)) makeRing(db, options);
      finishInterrupted(options);
      const ring = openExisting(db, options, true);
      if (role === 'gateway') ring.clearTorn(hoursWithRows(db));
      return ring;
    })
    .immediate();
}

function makeRing(db: Connection, { keyFile, retentionMs, masterFile = null }: RingOptions): void {
  createKeyring(keyFile, ringSlots(retentionMs), masterFile);
  db.exec(
    "DELETE FROM meta WHERE name = 'ring'; DELETE FROM seen; DELETE FROM residents; DELETE FROM fingerprints; DELETE FROM named_texts; DELETE FROM sealed_slots",
  );
}

/** Nobody else can have begun a change now: it is made while the transaction is held that we are in. */
function finishInterrupted({ keyFile, masterFile = null }: RingOptions): void {
  const sectors = openRingSectors(keyFile, true);
  try {
    finishChange(keyFile, sectors, masterFile);
  } finally {
    sectors.close();
  }
}

function openExisting(db: Connection, options: RingOptions, writable: boolean): Keyring {
  const ring = Keyring.open(options.keyFile, writable, options.masterFile);
  try {
    checkRing(db, ring, writable);
    if (writable && options.anyRingSize !== true) checkSize(ring, options.retentionMs);
    return ring;
  } catch (error) {
    ring.close();
    throw error;
  }
}

/** Segments that wait are not among the hours' counts. */
function hoursWithRows(db: Connection): number[] {
  return db
    .prepare<[], number>(
      'SELECT hour FROM hours UNION SELECT hour FROM parts UNION SELECT hour FROM sealed_parts',
    )
    .pluck()
    .all();
}

function checkRing(db: Connection, ring: Keyring, writable: boolean): void {
  const known = db.prepare("SELECT value FROM meta WHERE name = 'ring'").pluck().get() as Buffer | undefined;
  if (known?.equals(ring.ringId)) return;
  if (known !== undefined || hasAnyRow(db)) {
    throw fault('keyring.foreign', { path: ring.path });
  }
  if (writable) db.prepare("INSERT INTO meta (name, value) VALUES ('ring', ?)").run(ring.ringId);
}

/**
 * A ring that is too large could be used, but a retention that is shorter than before ends days of records at the next
 * sweep: so a mistyped one is refused.
 */
function checkSize({ slots }: Keyring, retentionMs: number): void {
  const wanted = ringSlots(retentionMs);
  if (slots === wanted) return;
  const madeFor = formatDuration((slots - ringSlots(0)) * hourMs);
  throw fault('keyring.other-size', {
    slots,
    wanted,
    made_for: madeFor,
    period: formatDuration(retentionMs),
  });
}
