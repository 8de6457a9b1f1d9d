import { AppError } from '../../base/errors.ts';
import { type Connection, openDatabase } from '../database/database.ts';
import { guarded } from '../database/errors.ts';
import { asOwnerOf } from '../files/as-owner.ts';
import { hourOf } from '../hour.ts';
import { HourKeys } from '../keyring/hour-keys.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { openKeyring } from '../keyring/open-keyring.ts';
import type { RegisterOptions } from '../register-types.ts';
import { type AuditContents, type AuditWindow, readContents } from './audit-acts.ts';
import { auditPage, auditRows } from './audit-chain.ts';
import { listsWith } from './audit-noise.ts';
import type { AuditRow } from './audit-types.ts';
import { type Verification, verifyAudit } from './audit-verify.ts';

/**
 * The acts that showed a visitor's number (canonical), with the hours of the visits shown. What was shown of hours that
 * have ended is unknown.
 */
function actsThatShowed(db: Connection, keys: HourKeys, visitor: string): ReadonlyMap<number, number[]> {
  const shown = new Map<number, number[]>();
  for (const { act, hour } of listsWith(db, keys, visitor)) {
    const hours = shown.get(act) ?? [];
    if (hours.at(-1) !== hour) hours.push(hour);
    shown.set(act, hours);
  }
  return shown;
}

/** The audit log, for reading. Errors: the register's. */
export interface AuditReader {
  /** What began within the window. */
  contents(window?: AuditWindow): AuditContents;
  /** Every row in order, some at a time: no statement stays open while they are shown. */
  rows(): Generator<AuditRow>;
  /** The hash of a row, hexadecimal; null if there is none. */
  hashOf(seq: number): string | null;
  verify(): Verification;
  /** The acts that showed this visitor (canonical), by number, with the hours of the visits shown. Needs the keyring. */
  thatShowed(visitor: string): ReadonlyMap<number, readonly number[]>;
  close(): void;
}

const pageRows = 256;

function* pagedRows(db: Connection): Generator<AuditRow> {
  for (let last = 0; ; ) {
    const page = guarded(() => auditPage(db, last, pageRows));
    yield* page;
    const end = page.at(-1);
    if (end === undefined) return;
    last = end.seq;
  }
}

const always: AuditWindow = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

export function openAuditReader(options: RegisterOptions): AuditReader {
  const db = guarded(() => openDatabase(options.dataDir, true));
  return {
    contents: (window = always) => guarded(() => readContents(auditRows(db), window)),
    rows: () => pagedRows(db),
    hashOf: (seq) =>
      guarded(
        () =>
          db.prepare<[number], string>('SELECT lower(hex(hash)) FROM audit WHERE seq = ?').pluck().get(seq) ??
          null,
      ),
    verify: () => guarded(() => verifyWith(db, options)),
    thatShowed: (visitor) => guarded(() => lookUp(db, options, visitor)),
    close: () => db.close(),
  };
}

/**
 * Verifies the log over any connection of the register. Pseudonyms have to be there while their hour is within the
 * retention and has its key; if the keyring is unreadable, the retention alone decides.
 */
export function verifyWith(db: Connection, options: RegisterOptions): Verification {
  const { dataDir, keyFile, clock, retentionMs } = options;
  const oldest = hourOf(clock.wallMs() - retentionMs);
  const ring = ringOrNull(db, options);
  let withKey: ReadonlySet<number> | null = null;
  // Asked for while the rows are read, not before: a sweep may end hours in between, and then both are gone.
  const hasKey = (hour: number) => {
    withKey ??= new Set(ring?.hours());
    return ring === null || withKey.has(hour);
  };
  try {
    const isLiving = (hour: number) => hour >= oldest && hasKey(hour);
    return asOwnerOf(dataDir, () => verifyAudit(db, { dataDir, keyFile, isLiving }));
  } finally {
    ring?.close();
  }
}

function ringOrNull(db: Connection, options: RegisterOptions): Keyring | null {
  try {
    return openKeyring(db, options, 'reader');
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function lookUp(
  db: Connection,
  options: RegisterOptions,
  visitor: string,
): ReadonlyMap<number, readonly number[]> {
  const keys = new HourKeys(openKeyring(db, options, 'reader'), options.algorithm);
  try {
    return actsThatShowed(db, keys, visitor);
  } finally {
    keys.close();
  }
}
