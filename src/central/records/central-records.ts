import type { AuditChain } from '../../store/audit/audit-chain.ts';
import type { Actor } from '../../store/audit/audit-types.ts';
import { rowBatches } from '../../store/database/row-batches.ts';
import { transactions } from '../../store/database/transaction.ts';
import type { Erased, Traces, VisitorFinder } from '../../store/erase/erase-types.ts';
import { pastOfHolder } from '../../store/holder/holder-pass.ts';
import { hourStartMs } from '../../store/hour.ts';
import type { RecordSpan, Records, Window } from '../../store/records.ts';
import type { Register } from '../../store/register-types.ts';
import { assign, type Corrector, placesOf, reassign, unassign } from './central-corrections.ts';
import { hourCounts, visitCounts, visitsAt } from './central-counts.ts';
import { findCentralTraces, type RemovedTraces, removeTraces, starTraces } from './central-erase.ts';
import { centralHealth } from './central-health.ts';
import { type CentralSweeper, planCentralSweep, sweepCentral } from './central-sweep.ts';
import { assignedTexts, openedTexts, textOf } from './central-texts.ts';
import type { CentralVenues } from './central-venues.ts';
import { visitsOfQuery, visitsOfVisitor } from './central-visits.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';

/** What the records of a holder are put together from. */
export interface CentralParts {
  readonly sweeper: CentralSweeper;
  readonly corrector: Corrector;
  readonly venues: CentralVenues;
  readonly lines: () => Promise<LinesOfGateways>;
  /** The holder's own register: its audit log, what it has in the spool, and what it was told as a gateway. */
  readonly own: Register;
  readonly refuseReader: () => void;
}

/** What officers ask, of the central register. Errors of every call: those of `Records`, `central.…`. */
export function centralRecords(parts: CentralParts): Omit<Records, 'close'> {
  const { sweeper, corrector, venues, lines, own, refuseReader } = parts;
  const { reader, holder } = sweeper;
  const { retentionMs } = reader;

  const pastMs = () => pastOfHolder(holder);

  /** A row that is past its time is not shown, even if the sweep has yet to come by. */
  const living = <T extends Window>(window: T): T => ({
    ...window,
    fromMs: Math.max(window.fromMs, pastMs() - retentionMs + 1),
  });

  const health = centralHealth(reader, own, lines);

  const names = () => ({ venues: venues.names(), lines, retentionMs });

  async function writing<T>(act: () => Promise<T>): Promise<T> {
    refuseReader();
    return act();
  }

  return {
    visits: (query) =>
      rowBatches(async function* (missed) {
        yield* visitsOfQuery(reader, living(query), names(), missed);
      }),
    visitsOf: (visitor, window) =>
      rowBatches(async function* (missed) {
        yield* visitsOfVisitor(reader, visitor, living(window), names(), missed);
      }),
    // Parts and the spool are the sites': these are what this host would have received itself.
    partsOf: own.partsOf,
    waitingSets: own.waitingSets,
    spooled: own.spooled,
    texts: (query) =>
      rowBatches(async function* (missed) {
        yield* openedTexts(reader, living(query), lines, missed);
      }),
    textOf: async (id) => textOf(reader, living(always), id, await lines()),
    assign: (assignments) => writing(() => assign(corrector, assignments)),
    assignedTexts: async (query) =>
      (await assignedTexts(reader, living(query), await lines())).map(({ visitId, visit, text }) => ({
        visitId,
        visit,
        text,
      })),
    reassign: (assigned, change) => writing(() => reassign(corrector, assigned, change)),
    unassign: (assigned) => writing(() => unassign(corrector, assigned)),
    discard: (texts, who) =>
      writing(async () => {
        const places = await placesOf(corrector, texts);
        const rows = texts.flatMap(({ kind }, index) => {
          const place = places[index];
          return place == null ? [] : { kind: kindsOfTexts[kind], ...place };
        });
        const why = { cause: 'discarded', command: 'unresolved discard', who } as const;
        const gone = await removeTraces(corrector, rows, ledger(sweeper, why));
        return Object.values(gone.rows).reduce((sum, count) => sum + count, 0);
      }),
    counts: (query, sumUnder) =>
      rowBatches(async function* (missed) {
        yield* visitCounts(reader, living(query), { lines: await lines(), venues, missed, sumUnder });
      }),
    hourCounts: (window) =>
      rowBatches(async function* (missed) {
        yield* hourCounts(reader, living(window), await lines(), missed);
      }),
    visitsAt: (number) => visitsAt(reader, living(always), number),
    ...ofVenues(venues, writing),
    sweep: (options) => writing(() => sweepCentral(sweeper, options)),
    planSweep: (options = {}) => planCentralSweep(sweeper, options),
    tracesOf: (finder) => tracesOf(parts, finder),
    erase: (finder, who) => writing(() => erase(parts, finder, who)),
    span: () => spanOf(parts, living(always).fromMs),
    health: () => health(pastMs()),
  };
}

/** Around every row. */
const always: Window = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };

const kindsOfTexts = { unresolved: 'unresolved', undecodable: 'undecodable', notice: 'notices' } as const;

function ofVenues(
  venues: CentralVenues,
  writing: <T>(act: () => Promise<T>) => Promise<T>,
): Omit<CentralVenues, 'names' | 'isKnown' | 'forget'> {
  return {
    venueOf: venues.venueOf,
    venues: venues.venues,
    venueNumbers: venues.venueNumbers,
    venuesWith: venues.venuesWith,
    placeOf: venues.placeOf,
    lastImport: venues.lastImport,
    putVenues: (list) => writing(() => venues.putVenues(list)),
    removeVenue: (venue) => writing(() => venues.removeVenue(venue)),
    changeVenues: (changes) => writing(() => venues.changeVenues(changes)),
    undoImport: (last) => writing(() => venues.undoImport(last)),
    issueVenue: (place, codeAt) => writing(() => venues.issueVenue(place, codeAt)),
    issueVenues: (places, codeAt) => writing(() => venues.issueVenues(places, codeAt)),
  };
}

/** Writes a line of the destruction ledger for what a transaction of the central register has removed. */
function ledger(
  { holder, chain }: Pick<CentralSweeper, 'holder' | 'chain'>,
  why: { readonly cause: 'erased' | 'discarded'; readonly command: string; readonly who: Actor },
): (removed: RemovedTraces) => void {
  return ({ rows, hours }) => {
    const [firstHour, lastHour] = [hours[0], hours.at(-1)];
    if (firstHour === undefined || lastHour === undefined) return;
    const log: AuditChain = chain();
    const { cause, command, who } = why;
    transactions(
      holder.db,
      [],
    )(() => {
      const line = { firstHour, lastHour, rows, keys: 0, method: 'rows', who, command } as const;
      log.append({ kind: 'destroyed', cause, ...line });
    });
    log.anchor();
  };
}

async function tracesOf(
  { sweeper: { reader }, own, lines, venues }: CentralParts,
  finder: VisitorFinder,
): Promise<Traces> {
  const mine = await own.tracesOf(finder);
  const found = await findCentralTraces(reader, always, finder, await lines());
  const place = await venues.venueOf(finder.visitor);
  const isRemoved = finder.isPrivate && (await venues.isKnown(finder.visitor));
  return {
    ...mine,
    rows: [...mine.rows, ...found.rows.map(({ kind, hour }) => ({ kind, hour: hour.hour }))],
    mentions: mine.mentions + found.mentions.length + found.assigned.length,
    asVenue: mine.asVenue + found.asVenue,
    place: place?.removedAtMs === null ? 'registered' : isRemoved ? 'removed' : null,
  };
}

async function erase(
  { sweeper, corrector, own, lines, venues }: CentralParts,
  finder: VisitorFinder,
  who: Actor,
): Promise<Erased> {
  const { reader } = sweeper;
  const found = await findCentralTraces(reader, always, finder, await lines());
  const starred = await starTraces(corrector, found, finder);
  const why = { cause: 'erased', command: 'erase', who } as const;
  const gone = await removeTraces(corrector, found.rows, ledger(sweeper, why));
  const forgotten = finder.isPrivate && (await venues.forget(finder.visitor));
  // Its audit log; last, so that the next erasure finds what is left as long as anything is.
  const mine = await own.erase(finder, who);
  const rows = { ...gone.rows };
  for (const kind of Object.keys(rows) as (keyof typeof rows)[]) rows[kind] += mine.rows[kind];
  return {
    ...mine,
    rows,
    hours: [...new Set([...gone.hours, ...mine.hours])].sort((a, b) => a - b),
    starred: mine.starred + starred,
    forgotten: mine.forgotten || forgotten,
    unreached: await sitesOf(corrector),
  };
}

/** Gateways but this holder, by name: what waits in their registers is not here yet. */
async function sitesOf({ reader: { ask, holder } }: Pick<Corrector, 'reader'>): Promise<string[]> {
  const rows = await ask<{ readonly name: string }>(
    `SELECT g.name FROM visitlog.gateways g
     WHERE NOT EXISTS (SELECT 1 FROM visitlog.holders h WHERE h.login = g.login) ORDER BY g.name COLLATE "C"`,
  );
  return rows.flatMap(({ name }) => (name === holder ? [] : name));
}

async function spanOf({ sweeper: { reader }, own }: CentralParts, keptFromMs: number): Promise<RecordSpan> {
  const { begunMs } = await own.span();
  const [first] = await reader.ask<{ readonly hour: number | null }>(
    'SELECT min(hour) AS hour FROM visitlog.hours WHERE hour >= 0',
  );
  if (first?.hour == null) return { keptFromMs, begunMs };
  return { keptFromMs, begunMs: Math.min(begunMs ?? Number.POSITIVE_INFINITY, hourStartMs(first.hour)) };
}
