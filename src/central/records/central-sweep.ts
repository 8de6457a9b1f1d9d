import { codeOf } from '../../base/errors.ts';
import type { AuditChain } from '../../store/audit/audit-chain.ts';
import { transactions } from '../../store/database/transaction.ts';
import {
  endHours,
  type Holder,
  type HourBoard,
  type Publication,
  planPass,
  publishHours,
} from '../../store/holder/holder-pass.ts';
import { keepOpened, keptNames, nameOf } from '../../store/holder/opened-hours.ts';
import type { HolderPlan } from '../../store/holder/plan-hours.ts';
import { hourEndMs, hourOf, hourStartMs } from '../../store/hour.ts';
import type { HourKeys } from '../../store/keyring/hour-keys.ts';
import type { Records } from '../../store/records.ts';
import {
  addRows,
  noRows,
  type SweepOptions,
  type SweepPlan,
  type SweepResult,
  type SweptRows,
  sweepTally,
} from '../../store/sweep/sweep-tally.ts';
import { countedAs } from '../../store/tables/texts.ts';
import { rowsByHour } from './central-counts.ts';
import type { CentralReader } from './central-reader.ts';
import { type CentralText, textsByDay } from './central-texts.ts';
import { byDay, byHour, gatewayHours, openEnvelopes, refNumber } from './gateway-hours.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';

/** What a holder sweeps with. */
export interface CentralSweeper {
  readonly reader: CentralReader;
  readonly holder: Holder;
  readonly board: HourBoard;
  readonly lines: () => Promise<LinesOfGateways>;
  /** The holder's own register: the keys of what it has sealed itself, and what its audit log knows. */
  readonly own: Pick<Records, 'sweep' | 'planSweep'>;
  readonly chain: () => AuditChain;
  /** The keys of the holder's own register. */
  readonly keys: HourKeys;
}

/** What a pass of a holder did besides sweeping. */
export interface HolderSweep extends SweepResult {
  readonly publication: Publication;
}

/** What goes with the hours of a plan: those of them that gateways have written, and their rows. */
interface Going {
  readonly hours: readonly number[];
  readonly rows: SweptRows;
}

async function goingWith({ reader, lines }: CentralSweeper, { ending }: HolderPlan): Promise<Going> {
  const [first, last] = [ending[0], ending.at(-1)];
  if (first === undefined || last === undefined) return { hours: [], rows: noRows() };
  const window = { fromMs: hourStartMs(first), toMs: hourEndMs(last) };
  const going = new Set(ending);
  const written = (await gatewayHours(reader, window)).filter(({ hour }) => going.has(hour));
  const hours = [...new Set(written.map(({ hour }) => hour))];
  const rows = noRows();
  if (hours.length === 0) return { hours, rows };
  const counted = await rowsByHour(reader, first, last);
  for (const hour of hours) rows.visits += counted.get(hour) ?? 0;
  for await (const texts of textsByDay(reader, window, await lines())) countTexts(texts, going, rows);
  return { hours, rows };
}

function countTexts(texts: readonly CentralText[], going: ReadonlySet<number>, rows: SweptRows): void {
  for (const { hour, fields } of texts)
    if (going.has(hour.hour) && fields?.kind !== 'note')
      rows[fields === null ? 'undecodable' : countedAs[fields.kind]] += 1;
}

/** What `sweepCentral` would do now; changes nothing. */
export async function planCentralSweep(
  sweeper: CentralSweeper,
  options: Pick<SweepOptions, 'force' | 'maxShare'>,
): Promise<SweepPlan> {
  const plan = planPass(sweeper.holder, options.force);
  const going = await goingWith(sweeper, plan);
  const own = await sweeper.own.planSweep(options);
  const rows = { ...going.rows };
  addRows(rows, own.rows);
  return { clock: plan.clock, rows, hours: going.hours, keys: going.hours.length };
}

/**
 * One pass of a holder: the secrets of hours that are past go, whether or not the database answers; the ledger gets its line;
 * then the hours to come are published, days that are past are dropped, and the keys of new hours are kept.
 * Errors: the register's, the keyring's, and `central.…` once what is past has gone.
 */
export async function sweepCentral(sweeper: CentralSweeper, options: SweepOptions): Promise<HolderSweep> {
  const { holder, board, own } = sweeper;
  const { clock } = holder.time;
  const startedMs = clock.monotonicMs();
  const plan = planPass(holder, options.force);
  let unreached: unknown = null;
  const going = await goingWith(sweeper, plan).catch((error: unknown) => {
    unreached = error;
    return null;
  });
  if (going !== null) tally(sweeper, going);
  endHours(holder, plan);
  if (going === null) writeLedger(sweeper, plan, options);
  const swept = await own.sweep(options);
  if (unreached !== null) throw unreached;
  makeOwnKeys(sweeper, plan);
  const publication = await publishHours(holder, board, plan);
  await dropDays(sweeper.reader, hourOf(plan.clock.cutMs - holder.retentionMs));
  await keepNewKeys(sweeper);
  const rows = { ...(going?.rows ?? noRows()) };
  addRows(rows, swept.rows);
  return {
    ...swept,
    ...{ hours: going?.hours ?? [], keys: going?.hours.length ?? 0 },
    ...{ clock: plan.clock, rows, publication },
    durationMs: clock.monotonicMs() - startedMs,
  };
}

/** What goes is in the line of the ledger that the sweep of the own register writes, also if this process dies before. */
function tally({ holder: { db } }: CentralSweeper, { hours, rows }: Going): void {
  if (hours.length === 0) return;
  const kept = sweepTally(db);
  transactions(
    db,
    [],
  )(() => {
    kept.ending(hours, hours);
    kept.gone(rows);
  });
}

/** Of hours that end while nobody can be asked what rows they have: the line says no number of rows. */
function writeLedger(
  { holder, chain }: CentralSweeper,
  { ending }: HolderPlan,
  { who, command }: SweepOptions,
): void {
  const [firstHour, lastHour] = [ending[0], ending.at(-1)];
  if (firstHour === undefined || lastHour === undefined) return;
  const ledger = chain();
  transactions(
    holder.db,
    [],
  )(() => {
    const line = { firstHour, lastHour, rows: {}, keys: ending.length, method: 'key', who, command } as const;
    ledger.append({ kind: 'destroyed', cause: 'expired', ...line });
  });
  ledger.anchor();
}

/** Each is a synced write, the first time. */
const keysAtOnce = 24;

/**
 * The holder's register gets a key for each hour that has begun: its audit log has pseudonyms of whoever is shown, under the key
 * of the hour of the visit. They end with the hour, as on the machine that a visit came to.
 */
function makeOwnKeys({ holder, keys }: CentralSweeper, { wanted, clock }: HolderPlan): void {
  const begun = wanted.filter((hour) => hourStartMs(hour) <= clock.clockMs && keys.forReading(hour) === null);
  const transact = transactions(holder.db, [keys]);
  for (let from = 0; from < begun.length; from += keysAtOnce)
    transact(() => {
      for (const hour of begun.slice(from, from + keysAtOnce)) keys.forWriting(hour);
    });
}

/** Somebody who reads a table of that day is not waited for: the next pass drops it. */
async function dropDays({ ask }: CentralReader, beforeHour: number): Promise<void> {
  try {
    await ask('SELECT visitlog.drop_days($1)', [beforeHour]);
  } catch (error) {
    const { cause } = error as { readonly cause?: unknown };
    if (cause === undefined || codeOf(cause) !== lockTimeout) throw error;
  }
}

/** SQLSTATE `lock_not_available`. */
const lockTimeout = '55P03';

/** Keeps the keys of gateways' hours that are new (store/holder/opened-hours.ts), a day at a time. */
async function keepNewKeys({ reader, holder }: CentralSweeper): Promise<void> {
  const { db, ring } = holder;
  const [first, last] = [holder.ring.hours()[0], holder.ring.hours().at(-1)];
  if (first === undefined || last === undefined) return;
  const written = await gatewayHours(reader, { fromMs: hourStartMs(first), toMs: hourEndMs(last) });
  const names = keptNames(db);
  const unkept = written.filter((each) => names.get(each.hour)?.has(nameOf(each)) !== true);
  for (const day of byDay(unkept)) {
    const opened = await openEnvelopes(reader, day);
    transactions(
      db,
      [],
    )(() => {
      for (const [hour, group] of byHour(day)) {
        const its = group.flatMap((each) => {
          const keys = opened.get(refNumber(each));
          return keys === undefined ? [] : { gateway: each.gateway, keyNo: each.keyNo, keys };
        });
        if (its.length > 0) keepOpened(db, ring, hour, its);
      }
    });
    for (const keys of opened.values()) keys.close();
  }
}
