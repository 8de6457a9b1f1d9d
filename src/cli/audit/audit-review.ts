import type { Zone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import type { Act } from '../../store/audit/audit-acts.ts';
import type { Verification } from '../../store/audit/audit-verify.ts';
import { claimsAnother, isExact } from './audit-list.ts';

/** Sums over some acts. */
export interface Sums {
  acts: number;
  /** Acts that showed whole numbers, and their rows. */
  revealed: number;
  revealedRows: number;
  /** Acts that showed whole numbers and did not end: their rows are the least that it may have been. */
  revealedOpen: number;
  /** Acts whose rows went to a file or a pipe, not to a screen. */
  downloads: number;
  refused: number;
  oddHours: number;
}

export interface Review {
  readonly total: Sums;
  readonly byPerson: readonly ({ readonly person: string } & Sums)[];
  readonly byPurpose: readonly ({ readonly reason: string; readonly case: string } & Sums)[];
  readonly oddHours: readonly Act[];
  /** Not closed: under way, or the process died. */
  readonly unfinished: readonly Act[];
  readonly interrupted: readonly Act[];
  readonly refused: readonly Act[];
  /** Sudo's variables name another person than the login. */
  readonly disputed: readonly Act[];
  /** Not all their anchors are in the log of the system. */
  readonly unlogged: readonly Act[];
  /** Most revealed rows first. */
  readonly largest: readonly Act[];
}

/** When people work, as the configuration says. */
export type WorkingTime = Config['audit'];

/** When the log was begun (null: nothing is in it yet), and whether the month is to come or under way. */
export interface MissingPart {
  readonly begunMs: number | null;
  readonly isLate: boolean;
  readonly month: 'over' | 'under way' | 'to come';
  readonly nowMs: number;
}

export interface MonthReport {
  readonly working: WorkingTime;
  /** All acts of the month, in order: their places in it, from 1, are their numbers here. */
  readonly acts: readonly Act[];
  readonly month: string;
  /** Of what part of the month there is nothing: it must not read as a month in which nobody looked. */
  readonly missing: MissingPart;
  readonly timeZone: string;
  readonly review: Review;
  readonly verification: Verification;
  readonly zone: Zone;
}

const largestShown = 10;

export function reviewOf(acts: readonly Act[], zone: Zone, working: WorkingTime): Review {
  const odd = acts.filter((act) => isOddHour(act.atMs, zone, working));
  const isOdd = new Set(odd.map(({ seq }) => seq));
  const sum = (some: readonly Act[]) => sumOf(some, isOdd);
  const ended = (outcome: Act['outcome']) => acts.filter((act) => act.outcome === outcome);
  return {
    total: sum(acts),
    byPerson: groups(acts, ({ who }) => personOf(who)).map(([person, some]) => ({ person, ...sum(some) })),
    byPurpose: groups(acts, (act) => JSON.stringify([act.reason ?? '', act.case ?? ''])).map(
      ([key, some]) => {
        const [reason, caseNumber] = JSON.parse(key) as [string, string];
        return { reason, case: caseNumber, ...sum(some) };
      },
    ),
    oddHours: odd,
    unfinished: ended('unfinished'),
    interrupted: ended('interrupted'),
    refused: ended('refused'),
    disputed: acts.filter(claimsAnother),
    unlogged: acts.filter(({ unlogged }) => unlogged !== null),
    largest: acts
      .filter((act) => act.scope.revealed && hasShown(act))
      .sort((a, b) => (b.rows ?? 0) - (a.rows ?? 0))
      .slice(0, largestShown),
  };
}

const daysOff = { 'mon-fri': [0, 6], 'mon-sat': [0], 'every-day': [] } as const;

/** Outside the hours and days on which people work, local time. Holidays are not considered. */
export function isOddHour(epochMs: number, zone: Zone, { workingHours, workingDays }: WorkingTime): boolean {
  const localMs = epochMs + zone.offsetMsAt(epochMs);
  const off: readonly number[] = daysOff[workingDays];
  return off.includes(new Date(localMs).getUTCDay()) || !isWithinHours(localMs, workingHours);
}

/** Whether a local time lies in `08:00-20:00`, also over midnight; its end is exclusive. Null: every hour does. */
function isWithinHours(localMs: number, hours: string | null): boolean {
  const [from, to] = (hours ?? '').split('-');
  if (from === undefined || to === undefined) return true;
  const time = new Date(localMs).toISOString().slice(11, 16);
  return from <= to ? time >= from && time < to : time >= from || time < to;
}

/** An act that did not end may have shown something, whatever is on record. */
function hasShown(act: Act): boolean {
  return !isExact(act) || (act.rows ?? 0) > 0;
}

function isDownload(act: Act): boolean {
  const { scope } = act;
  return hasShown(act) && (scope.output === 'file' || scope.output === 'stdout');
}

function sumOf(acts: readonly Act[], isOdd: ReadonlySet<number>): Sums {
  const sums: Sums = {
    acts: 0,
    revealed: 0,
    revealedRows: 0,
    revealedOpen: 0,
    downloads: 0,
    refused: 0,
    oddHours: 0,
  };
  for (const act of acts) {
    const shown = act.scope.revealed && act.outcome !== 'refused';
    sums.acts += 1;
    sums.revealed += shown ? 1 : 0;
    sums.revealedRows += shown ? (act.rows ?? 0) : 0;
    sums.revealedOpen += shown && !isExact(act) ? 1 : 0;
    sums.downloads += isDownload(act) ? 1 : 0;
    sums.refused += act.outcome === 'refused' ? 1 : 0;
    sums.oddHours += isOdd.has(act.seq) ? 1 : 0;
  }
  return sums;
}

/** Largest group first; groups of equal size by name. */
function groups(acts: readonly Act[], keyOf: (act: Act) => string): [string, Act[]][] {
  const found = new Map<string, Act[]>();
  for (const act of acts) {
    const key = keyOf(act);
    const group = found.get(key);
    if (group === undefined) found.set(key, [act]);
    else group.push(act);
  }
  return [...found].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
}

/** Why something was done, in one text; empty if nobody said. */
export function purposeOf({
  reason,
  case: caseNumber,
}: {
  readonly reason: string;
  readonly case: string;
}): string {
  return [reason, caseNumber && `(${caseNumber})`].filter((part) => part !== '').join(' ');
}
