import { statSync } from 'node:fs';
import { inBatches } from '../base/batches.ts';
import { fault } from '../base/errors.ts';
import { auditChain } from './audit/audit-chain.ts';
import { type Connection, databasePath } from './database/database.ts';
import { guarded } from './database/errors.ts';
import { rowBatches } from './database/row-batches.ts';
import { discardTexts, eraseVisitor } from './erase/erase.ts';
import type { Traces, VisitorFinder } from './erase/erase-types.ts';
import { mentionsIn, starAssigned, starMentions } from './erase/mentions.ts';
import { findTraces } from './erase/traces.ts';
import { hourStartMs } from './hour.ts';
import type { Intake, NewVisit, Spool } from './intake.ts';
import type { HourKeys } from './keyring/hour-keys.ts';
import type { Keyring } from './keyring/keyring.ts';
import { countBatches } from './readers/count-readers.ts';
import { readerOptions } from './readers/sealed-batch.ts';
import { visitBatches } from './readers/visit-readers.ts';
import type { AssignedText, Assignment, Records, RegisterHealth, Venue, Window } from './records.ts';
import type { RegisterOptions } from './register-types.ts';
import { pastMs, type SweepParts } from './sweep/sweep-start.ts';
import { planSweep, sweepOnce } from './sweep/sweep-steps.ts';
import { assignedTexts } from './tables/assigned-texts.ts';
import { latestDay } from './tables/day-count.ts';
import { noCounts, statedHours } from './tables/hours.ts';
import type { LineNames } from './tables/lines.ts';
import { partsOf, waitingSets } from './tables/parts.ts';
import { openedTexts, textOf } from './tables/texts.ts';
import { venueImports } from './tables/venue-imports.ts';
import type { Venues } from './tables/venues.ts';
import { hourCounts, visitsAt } from './tables/visit-counts.ts';
import { visitsOf } from './tables/visits.ts';

interface RecordsParts {
  /** With the register's clock. */
  readonly options: RegisterOptions;
  readonly db: Connection;
  readonly ring: Keyring;
  readonly keys: HourKeys;
  readonly lines: LineNames;
  readonly venues: Venues;
  readonly sweeper: SweepParts;
  readonly transact: Intake['transact'];
  readonly spool: Spool;
}

/** The half of a register that officers, the sweep and the status ask. */
export function recordsOf(parts: RecordsParts): Omit<Records, 'close'> {
  const { options, db, ring, keys, lines, venues, sweeper, transact, spool } = parts;
  const { retentionMs, clock, dataDir, role } = options;
  const imports = venueImports(db, venues);
  const reader = { db, keys, lines, venues, retentionMs };
  const eraser = { ...options, db, ring, keys };
  const chain = () => auditChain(db, options);

  /** A row that is past its time is not shown, even if the sweep has yet to come by. */
  const living = <T extends Window>(window: T): T => ({
    ...window,
    fromMs: Math.max(window.fromMs, pastMs(sweeper, options.maxShare) - retentionMs + 1),
  });

  const allTexts = () => openedTexts(reader, { fromMs: 0, toMs: latest }, () => {});

  const allAssigned = () => [...assignedTexts(reader, { fromMs: 0, toMs: latest })];

  /** A place that is not registered any more, and what the lists that can be undone have of it. */
  function forgetPlace(number: string): boolean {
    const removed = venues.forgetRemoved(number);
    const inList = !venues.isRegistered(number) && imports.forget(number);
    return removed || inList;
  }

  function refuseReader(): void {
    if (role === 'reader') throw fault('register.read-only', { cause: null });
  }

  return {
    visits: (query) => visitBatches(reader, readerOptions(options), living(query)),
    visitsOf: (visitor, window) =>
      rowBatches((missed) => inBatches(visitsOf(reader, visitor, living(window), missed))),
    partsOf: (visitor, window) => asked(() => partsOf(reader, visitor, living(window))),
    waitingSets: (window) => asked(() => waitingSets(reader, living(window))),
    spooled: () => asked(() => spool.peek()),
    texts: (query) => rowBatches((missed) => inBatches(openedTexts(reader, living(query), missed))),
    textOf: (id) => asked(() => textOf(reader, living({ fromMs: 0, toMs: latest }), id)),
    assign: (assignments) => asked(() => assignTexts(transact, assignments)),
    assignedTexts: (query) => asked(() => [...assignedTexts(reader, living(query))]),
    reassign: (assigned, change) => asked(() => reassignTexts(transact, assigned, change)),
    unassign: (assigned) => asked(() => unassignTexts(transact, assigned)),
    discard: (texts, who) =>
      asked(() => {
        refuseReader();
        return discardTexts(eraser, texts, who);
      }),
    counts: (query, sumUnder) => countBatches(reader, readerOptions(options), living(query), sumUnder),
    hourCounts: (window) => rowBatches((missed) => inBatches(hourCounts(reader, living(window), missed))),
    visitsAt: (number) => asked(() => visitsAt(db, keys, number)),
    venueOf: (number) => asked(() => venues.find(number)),
    venues: (which = 'registered') => asked(() => venues.list(which)),
    venueNumbers: (which = 'registered', among) => asked(() => venues.numbers(which, among)),
    venuesWith: (words) => asked(() => venues.listWith(words)),
    placeOf: (number, atMs) => asked(() => venues.namesAt(number, atMs)),
    putVenues: (list) => asked(() => venues.put(list)),
    removeVenue: (venue) => asked(() => venues.put([{ ...venue, removedAtMs: clock.wallMs() }])),
    changeVenues: (changes) => asked(() => imports.apply(changes, clock.wallMs())),
    lastImport: () => asked(() => imports.latest()),
    undoImport: (last) => asked(() => imports.undo(last, clock.wallMs())),
    issueVenue: (place, codeAt) => asked(() => only(venues.issue([place], codeAt))),
    issueVenues: (places, codeAt) => asked(() => venues.issue(places, codeAt)),
    async sweep(sweeping) {
      refuseReader();
      return sweepOnce({ ...sweeper, chain: chain() }, sweeping);
    },
    planSweep: (sweeping = {}) => asked(() => planSweep(sweeper, sweeping)),
    tracesOf: (finder) =>
      asked(() => ({
        ...findTraces(db, keys, ring.hours(), finder.visitor),
        mentions:
          counted(mentionsIn(allTexts(), finder)) +
          counted(
            mentionsIn(
              allAssigned().map(({ text }) => text),
              finder,
            ),
          ),
        waitingTexts: counted(waitingSets(reader, { fromMs: 0, toMs: latest }), ({ parts }) =>
          finder.isNamedInSet(parts),
        ),
        place: placeUnder(venues.find(finder.visitor), finder, () => imports.has(finder.visitor)),
        spooled: counted(
          spool.peek().texts.map(({ plain }) => plain),
          finder.isInSpooled,
        ),
      })),
    erase: (finder, who) =>
      asked(() => {
        refuseReader();
        const starred =
          starMentions(transact, [...mentionsIn(allTexts(), finder)], finder) +
          starAssigned(transact, allAssigned(), finder);
        const forgotten = finder.isPrivate && forgetPlace(finder.visitor);
        return { starred, forgotten, ...eraseVisitor(eraser, finder.visitor, who) };
      }),
    span: () =>
      asked(() => ({ keptFromMs: living({ fromMs: 0, toMs: latest }).fromMs, begunMs: firstMs(db) })),
    health: () => asked(() => registerHealth(db, keys, ring, dataDir)),
  };
}

function counted<T>(items: Iterable<T>, matches: (item: T) => boolean = () => true): number {
  let count = 0;
  for (const item of items) if (matches(item)) count += 1;
  return count;
}

function placeUnder(
  venue: Venue | null,
  { isPrivate }: VisitorFinder,
  inList: () => boolean,
): Traces['place'] {
  if (venue?.removedAtMs === null) return 'registered';
  return isPrivate && (venue !== null || inList()) ? 'removed' : null;
}

function only<T>([item]: readonly T[]): T {
  if (item === undefined) throw new RangeError('none');
  return item;
}

/** Later than any row. */
const latest = Number.MAX_SAFE_INTEGER;

async function asked<T>(act: () => T): Promise<T> {
  return guarded(act);
}

/** The text goes and the visit comes in one transaction; what is not there any more is left out. */
function assignTexts(transact: Intake['transact'], assignments: readonly Assignment[]): number {
  return transact((unit) => {
    const there = assignments.filter(({ text }) => unit.removeText(text));
    for (const { visit, text } of there) unit.addVisit({ ...visit, madeOf: text });
    return there.length;
  });
}

function reassignTexts(
  transact: Intake['transact'],
  assigned: readonly AssignedText[],
  change: Pick<NewVisit, 'venue' | 'correctedBy'>,
): number {
  return transact((unit) => {
    const there = assigned.filter(({ visitId: id, visit }) => unit.removeVisit({ ...visit, id }));
    for (const { visit, text } of there) unit.addVisit({ ...visit, ...change, madeOf: text });
    return there.length;
  });
}

function unassignTexts(transact: Intake['transact'], assigned: readonly AssignedText[]): number[] {
  return transact((unit) => {
    const there = assigned.filter(({ visitId: id, visit }) => unit.removeVisit({ ...visit, id }));
    return there.map(({ text: { id: _, expiresAtMs: __, ...text } }) => unit.addText(text));
  });
}

/** The register's numbers, read from the hours' counts and not from the rows. */
function registerHealth(db: Connection, keys: HourKeys, ring: Keyring, dataDir: string): RegisterHealth {
  const totals = noCounts();
  const stated = statedHours(db, keys);
  for (const { counts } of stated)
    for (const kind of Object.keys(totals) as (keyof typeof totals)[]) totals[kind] += counts[kind];
  const hours = stated.map(({ hour }) => hour);
  const held = new Set(ring.hours());
  const path = databasePath(dataDir);
  return {
    ...totals,
    openParts: countOf(db, 'parts') + countOf(db, 'sealed_parts'),
    oldestHourMs: hours[0] === undefined ? null : hourStartMs(hours[0]),
    begunMs: begunMs(db),
    latestDay: latestDay(db),
    keylessHours: hours.filter((hour) => !held.has(hour)).length,
    keys: held.size,
    slots: ring.slots,
    databaseBytes: sizeOf(path),
    walBytes: sizeOf(`${path}-wal`),
  };
}

function begunMs(db: Connection): number | null {
  return db.prepare<[], number>("SELECT value FROM meta WHERE name = 'begun'").pluck().get() ?? null;
}

/** A text that waited on a modem may be older than the register. */
function firstMs(db: Connection): number | null {
  const begun = begunMs(db);
  const oldest = db.prepare<[], number | null>('SELECT min(hour) FROM hours').pluck().get() ?? null;
  if (oldest === null) return begun;
  return Math.min(begun ?? Number.POSITIVE_INFINITY, hourStartMs(oldest));
}

function countOf(db: Connection, table: 'parts' | 'sealed_parts'): number {
  return db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
}

export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
