import type { KeyObject } from 'node:crypto';
import type { Connection } from '../database/database.ts';
import { transactions } from '../database/transaction.ts';
import { judgeTime, type Standing } from '../sweep/clock-rule.ts';
import type { RegisterTime } from '../sweep/register-time.ts';
import type { HolderRing } from './holder-ring.ts';
import { forgetEnded } from './opened-hours.ts';
import { type HolderPlan, planHours } from './plan-hours.ts';
import { type PublishedHour, publishHour } from './published-hour.ts';

/** Where the public keys of hours are published. */
export interface HourBoard {
  /** A holder's, from the first hour to the last, both included. */
  read(holder: string, firstHour: number, lastHour: number): Promise<readonly PublishedHour[]>;
  /** Adds those that are not there yet; one that is there stays as it is. */
  add(hours: readonly PublishedHour[]): Promise<void>;
}

export interface Holder {
  readonly name: string;
  /** Ed25519: what gateways pin. */
  readonly signingKey: KeyObject;
  readonly ring: HolderRing;
  /** The holder's own register: its transactions keep two passes apart, its mark says what time was believed. */
  readonly db: Connection;
  readonly time: RegisterTime;
  readonly retentionMs: number;
  readonly aheadMs: number;
  readonly maxShare?: number;
}

export interface HolderPass {
  readonly standing: Standing;
  /** Hours stay although they may be past, until there is a second opinion on the clock. */
  readonly waiting: boolean;
  /** Hours whose secret was overwritten. */
  readonly ended: number;
  /** Hours whose public key was published now. */
  readonly published: number;
  /** The last hour that gateways have a key for; null if none is. */
  readonly lastHour: number | null;
  /**
   * Hours for which another key is published in this holder's name than it has the secret of: what gateways seal to that
   * cannot be read here. The ring was put back from a copy or made anew, or the database was tampered with.
   */
  readonly foreign: readonly number[];
}

const defaultMaxShare = 0.25;
/** Each secret is a synced write. */
const hoursAtOnce = 24;

/** What a pass of this moment is to do. `force`: believes the machine's clock, whatever speaks against it. */
export function planPass(holder: Holder, force = false): HolderPlan {
  const { time, ring } = holder;
  return planHours({
    mark: time.mark(),
    reading: time.reading(),
    opinions: time.opinions(force),
    hours: ring.hours(),
    retentionMs: holder.retentionMs,
    aheadMs: holder.aheadMs,
    maxShare: holder.maxShare ?? defaultMaxShare,
  });
}

/** What is past its retention at this time is expired for everybody: a pass would go as far. */
export function pastOfHolder(holder: Holder): number {
  const { time } = holder;
  const mark = time.mark();
  // The common case needs no look at the ring, which costs milliseconds for each question.
  const { claimsMs, certainMs } = judgeTime(mark, time.reading(), time.opinions(false));
  if (mark !== null && certainMs !== null && claimsMs.length === 0) return certainMs;
  return planPass(holder).clock.cutMs;
}

/**
 * Overwrites the secrets of hours that are past, then gives those to come theirs and publishes them. What is past goes
 * first, and whether or not anybody can be reached. A secret is on disk before its public key is published.
 * Errors: the register's and the keyring's; those of the board, after what is past has gone.
 */
export async function runHolderPass(
  holder: Holder,
  board: HourBoard,
  { force = false }: { readonly force?: boolean } = {},
): Promise<HolderPass> {
  const plan = planPass(holder, force);
  endHours(holder, plan);
  const { standing, waiting } = plan.clock;
  const ended = plan.ending.length;
  return { standing, waiting, ended, ...(await publishHours(holder, board, plan)) };
}

/** If there is no room to write down what time it is, the secrets go all the same: that takes none. */
export function endHours({ db, time, ring }: Holder, { mark, ending }: HolderPlan): void {
  const transact = transactions(db, []);
  try {
    transact(() => time.setMark(mark));
  } finally {
    if (ending.length > 0)
      transact(() => {
        for (const hour of ending) ring.destroy(hour);
      });
  }
  transact(() => forgetEnded(db, ring.hours()));
}

export type Publication = Pick<HolderPass, 'published' | 'lastHour' | 'foreign'>;

/** Gives the hours of the plan their secrets, and publishes those that are not. */
export async function publishHours(
  holder: Holder,
  board: HourBoard,
  { wanted }: Pick<HolderPlan, 'wanted'>,
): Promise<Publication> {
  const [first, last] = [wanted[0], wanted[wanted.length - 1]];
  if (first === undefined || last === undefined) return { published: 0, lastHour: null, foreign: [] };
  const known = await board.read(holder.name, first, last);
  const keys = new Map(known.map(({ hour, publicKey }) => [hour, publicKey]));
  const own = ownKeys(holder, wanted, keys);
  const missing = [...own].filter(([hour]) => !keys.has(hour));
  const signed = missing.map(([hour, publicKey]) =>
    publishHour(holder.name, hour, publicKey, holder.signingKey),
  );
  if (signed.length > 0) await board.add(signed);
  const foreign = [...keys].flatMap(([hour, publicKey]) =>
    own.get(hour)?.equals(publicKey) === true ? [] : hour,
  );
  const isForeign = new Set(foreign);
  const lastHour = [...own.keys()].reduce<number | null>(
    (latest, hour) => (isForeign.has(hour) || hour < (latest ?? hour) ? latest : hour),
    null,
  );
  return { published: signed.length, lastHour, foreign: foreign.sort((one, other) => one - other) };
}

/** The public keys of hours, made if there are none; not for an hour that has another key at the board. */
function ownKeys(
  { db, ring }: Holder,
  wanted: readonly number[],
  known: ReadonlyMap<number, Buffer>,
): Map<number, Buffer> {
  const transact = transactions(db, []);
  const own = new Map<number, Buffer>();
  for (let from = 0; from < wanted.length; from += hoursAtOnce)
    transact(() => {
      const held = new Set(ring.hours());
      for (const hour of wanted.slice(from, from + hoursAtOnce)) {
        if (!held.has(hour) && !known.has(hour)) ring.add(hour);
        const publicKey = ring.recipient(hour)?.publicKey;
        if (publicKey !== undefined) own.set(hour, publicKey);
      }
    });
  return own;
}
