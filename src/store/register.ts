import { statSync } from 'node:fs';
import { fault } from '../base/errors.ts';
import { auditChain } from './audit/audit-chain.ts';
import {
  type Connection,
  databasePath,
  type GatewayLock,
  lockForGateway,
  openDatabase,
  prepareDataDir,
} from './database/database.ts';
import { guarded } from './database/errors.ts';
import { RowIds, transactions } from './database/transaction.ts';
import { discardTexts, eraseVisitor } from './erase/erase.ts';
import { findTraces } from './erase/traces.ts';
import { hourStartMs } from './hour.ts';
import { HourKeys } from './keyring/hour-keys.ts';
import type { Keyring } from './keyring/keyring.ts';
import { openKeyring } from './keyring/open-keyring.ts';
import { readerOptions } from './readers/sealed-batch.ts';
import { visitBatches } from './readers/visit-batches.ts';
import type { Register, RegisterHealth, RegisterOptions, Unit, Window } from './register-types.ts';
import { checkAlgorithm } from './sealing/seal.ts';
import { spoolIn } from './spool.ts';
import { machineOf, registerTime } from './sweep/register-time.ts';
import { sweepRows } from './sweep/sweep-rows.ts';
import { planSweep, sweepOnce } from './sweep/sweep-steps.ts';
import { corrections } from './tables/corrections.ts';
import { LineNames, lineIdentities, pinAttempts } from './tables/lines.ts';
import { PartSets, partRows } from './tables/parts.ts';
import { Residents, Seen } from './tables/seen.ts';
import { textInserter, textOf, textRemover, textStream } from './tables/texts.ts';
import { Venues } from './tables/venues.ts';
import { HourCounts, hourCounts, visitCounts, visitsAt } from './tables/visit-counts.ts';
import { visitInserter, visitorStream, visitStream } from './tables/visits.ts';

export type * from './register-types.ts';

const overdueSetsAtOnce = 50;

/** The half of a register that writes. Each hour's key is synced before the transaction that needs it commits. */
export function registerWriter(
  { clock }: RegisterOptions,
  db: Connection,
  keys: HourKeys,
  lines: LineNames,
): Pick<Register, 'transact' | 'remembers'> {
  const ids = new RowIds(db);
  const counts = new HourCounts(db);
  const rows = { db, keys, ids, lines, counts };
  const residents = new Residents(db, keys);
  const seen = new Seen(db, keys, residents);
  const sets = new PartSets(partRows(rows), ids, clock);
  const transaction = transactions(db, [keys, ids, lines, counts, residents, sets]);

  const unit: Unit = {
    alreadyHeld: (arrival) => seen.alreadyHeld(arrival),
    slotsInUse: (line, memory, slots) => residents.only(line, memory, slots),
    addVisit: visitInserter(rows),
    addText: textInserter(rows),
    removeText: textRemover(rows),
    addPart: (part) => sets.add(part),
    takeOverdueSets: (limit = overdueSetsAtOnce) => sets.takeOverdue(limit),
  };

  return {
    transact: (work) => transaction(() => work(unit)),
    remembers: (places) => guarded(() => residents.any(places)),
  };
}

interface Totals {
  readonly visits: number;
  readonly unresolved: number;
  readonly undecodable: number;
  readonly notices: number;
}

/** The register's numbers, read from the hours' counts and not from the rows. */
export function registerHealth(db: Connection, ring: Keyring, dataDir: string): RegisterHealth {
  const totals = db
    .prepare<[], Totals>(
      `SELECT coalesce(sum(visits), 0) AS visits, coalesce(sum(unresolved), 0) AS unresolved,
              coalesce(sum(undecodable), 0) AS undecodable, coalesce(sum(notices), 0) AS notices FROM hours`,
    )
    .get() as Totals;
  const hours = db.prepare<[], number>('SELECT hour FROM hours ORDER BY hour').pluck().all();
  const keys = new Set(ring.hours());
  const path = databasePath(dataDir);
  return {
    ...totals,
    openParts: db.prepare<[], number>('SELECT count(*) FROM parts').pluck().get() ?? 0,
    oldestHourMs: hours[0] === undefined ? null : hourStartMs(hours[0]),
    keylessHours: hours.filter((hour) => !keys.has(hour)).length,
    keys: keys.size,
    slots: ring.slots,
    databaseBytes: sizeOf(path),
    walBytes: sizeOf(`${path}-wal`),
  };
}

export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

interface Opened {
  readonly lock: GatewayLock | null;
  readonly db: Connection;
  readonly ring: Keyring;
}

/**
 * Opens the register of a data directory, made if there is none and the role may write.
 * Errors: `register.missing`, `register.in-use`, `register.permissions`, `register.foreign`, `register.newer`,
 * `register.older`, `cipher.unavailable`, those of `Keyring.open`, `keyring.foreign`, `keyring.other-size`.
 */
export function openRegister(options: RegisterOptions): Register {
  checkAlgorithm(options.algorithm);
  return assemble(
    options,
    guarded(() => openFiles(options)),
  );
}

function openFiles(options: RegisterOptions): Opened {
  const { dataDir, role = 'gateway' } = options;
  if (role !== 'reader') prepareDataDir(dataDir);
  const lock = role === 'gateway' ? lockForGateway(dataDir) : null;
  let db: Connection | null = null;
  try {
    db = openDatabase(dataDir, role === 'reader');
    return { lock, db, ring: openKeyring(db, options, role) };
  } catch (error) {
    db?.close();
    lock?.release();
    throw error;
  }
}

function assemble(options: RegisterOptions, { lock, db, ring }: Opened): Register {
  const { retentionMs, dataDir, machine = machineOf(options.clock), role = 'gateway' } = options;
  const time = registerTime(db, options.clock, machine, ring.hours().length === 0);
  const { clock } = time;
  const keys = new HourKeys(ring, options.algorithm);
  const lines = new LineNames(db);
  const venues = new Venues(db);
  const corrected = corrections(db);
  const reader = { db, keys, lines, venues, corrected, retentionMs };
  const writer = role === 'reader' ? readOnly : registerWriter({ ...options, clock }, db, keys, lines);
  const house = { db, ring, time, rows: sweepRows(db), retentionMs };

  /** A row that is past its time is not shown, even if the sweep has yet to come by. */
  const living = <T extends Window>(window: T): T => ({
    ...window,
    fromMs: Math.max(window.fromMs, clock.wallMs() - retentionMs + 1),
  });

  return {
    role,
    ...writer,
    visits: (query) => guarded(() => visitStream(reader, living(query))),
    visitBatches: (query) => visitBatches(reader, readerOptions(options), living(query)),
    visitsOf: (visitor, window) => guarded(() => visitorStream(reader, visitor, living(window))),
    texts: (query) => guarded(() => textStream(reader, living(query))),
    textOf: (id) => guarded(() => textOf(reader, living({ fromMs: 0, toMs: latest }), id)),
    hasCorrected: (window) => guarded(() => corrected.areWithin(living(window))),
    counts: (query) => guarded(() => visitCounts(db, lines, living(query))),
    hourCounts: (window) => guarded(() => hourCounts(db, living(window))),
    venueOf: (number) => guarded(() => venues.find(number)),
    venues: () => guarded(() => venues.all()),
    putVenue: (venue) => guarded(() => venues.put([venue])),
    putVenues: (list) => guarded(() => venues.put(list)),
    issueVenue: (place, codeAt) => guarded(() => venues.issue(place, codeAt)),
    isIssuedCode: (code) => guarded(() => venues.isIssuedCode(code)),
    placeOf: (number, atMs) => guarded(() => venues.namesAt(number, atMs)),
    visitsAt: (number) => guarded(() => visitsAt(db, number)),
    pinAttempts: pinAttempts(db),
    lineIdentities: lineIdentities(db),
    spool: spoolIn(dataDir, keys),
    clock,
    noteNetworkTime: (sentAtMs) => time.note(sentAtMs),
    sweep: async (sweeping) =>
      role === 'reader'
        ? refuseToWrite()
        : sweepOnce({ ...house, keys, chain: auditChain(db, { ...options, clock }) }, sweeping),
    planSweep: (sweeping = {}) => guarded(() => planSweep(house, sweeping)),
    tracesOf: (visitor) => guarded(() => findTraces(db, keys, ring.hours(), visitor)),
    erase: (visitor, who) =>
      role === 'reader' ? refuseToWrite() : eraseVisitor({ ...options, clock, db, ring, keys }, visitor, who),
    discard: (texts, who) =>
      role === 'reader' ? refuseToWrite() : discardTexts({ ...options, clock, db, ring, keys }, texts, who),
    health: () => guarded(() => registerHealth(db, ring, dataDir)),
    close() {
      keys.close();
      db.close();
      lock?.release();
    },
  };
}

/** Later than any row. */
const latest = Number.MAX_SAFE_INTEGER;

const readOnly: Pick<Register, 'transact' | 'remembers'> = {
  transact: refuseToWrite,
  remembers: refuseToWrite,
};

function refuseToWrite(): never {
  throw fault('register.read-only', { cause: null });
}
