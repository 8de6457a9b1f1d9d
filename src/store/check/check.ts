import { AppError } from '../../base/errors.ts';
import { verifyWith } from '../audit/audit-reader.ts';
import { type Connection, databasePath, openDatabase } from '../database/database.ts';
import { registerError } from '../database/errors.ts';
import { requireRight } from '../files/own-file.ts';
import { HourKeys } from '../keyring/hour-keys.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { ringSlots } from '../keyring/keyring-format.ts';
import { openKeyring } from '../keyring/open-keyring.ts';
import { sizeOf } from '../register-records.ts';
import type { RegisterOptions } from '../register-types.ts';
import { endOfHour, misdatedIn } from '../sweep/sweep-start.ts';
import { type CheckedFiles, checkFiles } from './check-files.ts';
import { type CheckedHolder, checkHolder } from './check-holder.ts';
import { checkKeys } from './check-keys.ts';
import { checkRows } from './check-rows.ts';
import { type CheckFinding, type CheckReport, finding } from './check-types.ts';

export type * from './check-types.ts';

export interface CheckOptions extends RegisterOptions {
  readonly configFile: string | null;
  readonly sweepIntervalMs: number;
  /** Null, or left out, on a host that is no register host. */
  readonly holder?: CheckedHolder | null;
  /** Compares indexes with their tables as well: some ten times as long. */
  readonly full: boolean;
}

/** A sweep starts at the hour and takes its time. */
const sweepTakesMs = 600_000;

/** Examines the register as it stands at one instant; changes nothing. What cannot be examined is a finding too.
 * Error: `register.forbidden`. */
export function checkRegister(options: CheckOptions): CheckReport {
  requireRight(options.dataDir);
  const findings: CheckFinding[] = [...checkFiles(filesOf(options))];
  const note = (error: unknown): null => {
    // The folder's mode is a finding of its own, with the mode that it should have.
    const found = findingOf(error);
    if (found.id !== 'register.permissions') findings.push(found);
    return null;
  };
  const db = attempt(() => openDatabase(options.dataDir, true), note);
  const report = { findings, database: null, keyring: null, audit: null, holder: null };
  if (db === null) return report;
  try {
    return { ...report, ...attempt(() => checkAll(db, options, findings, note), note) };
  } finally {
    db.close();
  }
}

function checkAll(
  db: Connection,
  options: CheckOptions,
  findings: CheckFinding[],
  note: (error: unknown) => null,
): Omit<CheckReport, 'findings'> {
  db.exec('BEGIN');
  findings.push(...integrity(db, options.full));
  const opened = attempt(() => openRing(db, options), note);
  try {
    const { rows, findings: counted } = checkRows(db, opened?.keys ?? null);
    findings.push(...counted);
    const { hours, ...counts } = rows;
    const database = { bytes: sizeOf(databasePath(options.dataDir)), ...counts, hours: hours.length };
    const keyring = opened && attempt(() => checkRing(db, options, opened, hours, findings), note);
    const audit = attempt(() => checkAudit(db, options, findings), note);
    const holder = attempt(() => checkHolders(db, options, findings), note);
    return { database, keyring, audit, holder };
  } finally {
    opened?.keys.close();
  }
}

interface OpenedRing {
  readonly ring: Keyring;
  readonly keys: HourKeys;
}

function openRing(db: Connection, options: CheckOptions): OpenedRing {
  const ring = openKeyring(db, options, 'reader');
  return { ring, keys: new HourKeys(ring, options.algorithm) };
}

const mostProblems = 20;

function integrity(db: Connection, full: boolean): CheckFinding[] {
  const problems = (
    db
      .prepare<[], string>(`PRAGMA ${full ? 'integrity_check' : 'quick_check'}(${mostProblems})`)
      .pluck()
      .all() as string[]
  ).filter((text) => text !== 'ok');
  const [first] = problems;
  if (first === undefined) return [];
  const more = problems.length === mostProblems;
  return [finding('check.database', { faults: problems.length, more, first })];
}

function checkRing(
  db: Connection,
  options: CheckOptions,
  { ring, keys }: OpenedRing,
  hours: readonly number[],
  findings: CheckFinding[],
): CheckReport['keyring'] {
  const misdated = misdatedIn(db);
  const endOf = (hour: number) => endOfHour(hour, options.retentionMs, misdated);
  const graceMs = options.sweepIntervalMs + sweepTakesMs;
  if (ring.slots !== ringSlots(options.retentionMs)) findings.push(finding('check.keyring-size', {}));
  findings.push(...checkKeys({ db, ring, keys, hours, endOf, nowMs: options.clock.wallMs(), graceMs }));
  return { slots: ring.slots, keys: ring.hours().length, wrapped: ring.wrapped };
}

function checkAudit(db: Connection, options: CheckOptions, findings: CheckFinding[]): CheckReport['audit'] {
  const { rows, anchored, accepted, findings: found, unlisted } = verifyWith(db, options);
  if (found.length > 0) findings.push(finding('check.audit', { findings: found.length + unlisted }));
  return { rows, anchored, accepted: accepted.length };
}

function checkHolders(
  db: Connection,
  options: CheckOptions,
  findings: CheckFinding[],
): CheckReport['holder'] {
  const { holder = null, sweepIntervalMs } = options;
  if (holder === null) return null;
  const checked = checkHolder(db, options, holder, sweepIntervalMs + sweepTakesMs);
  findings.push(...checked.findings);
  return checked.report;
}

function filesOf({ dataDir, keyFile, masterFile = null, configFile }: CheckOptions): CheckedFiles {
  return { dataDir, keyFile, masterFile, configFile };
}

function attempt<T>(act: () => T, note: (error: unknown) => null): T | null {
  try {
    return act();
  } catch (error) {
    return note(error);
  }
}

function findingOf(thrown: unknown): CheckFinding {
  const error = registerError(thrown);
  if (!(error instanceof AppError)) throw error;
  return { id: error.code, facts: error.facts };
}
