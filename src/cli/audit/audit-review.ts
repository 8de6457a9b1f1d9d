import type { Zone } from '../../base/zone.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import type { Act } from '../../store/audit/audit-acts.ts';
import type { Verification } from '../../store/audit/audit-verify.ts';
import { claimsAnother } from './act-text.ts';

/** Sums over some acts. */
export interface Sums {
  acts: number;
  /** Acts that showed numbers whole, and the rows that these handed over. */
  revealed: number;
  revealedRows: number;
  /** Acts whose rows left for a file or a pipe instead of a screen. */
  downloads: number;
  refused: number;
  oddHours: number;
}

export interface Review {
  readonly total: Sums;
  readonly byPerson: readonly ({ readonly person: string } & Sums)[];
  readonly byPurpose: readonly ({ readonly reason: string; readonly case: string } & Sums)[];
  readonly oddHours: readonly Act[];
  /** Never closed: under way, or the process died. */
  readonly unfinished: readonly Act[];
  readonly interrupted: readonly Act[];
  readonly refused: readonly Act[];
  /** Sudo's variables name another person than the login. */
  readonly disputed: readonly Act[];
  /** Most revealed rows first. */
  readonly largest: readonly Act[];
}

export interface MonthReport {
  readonly month: string;
  readonly timeZone: string;
  readonly review: Review;
  readonly verification: Verification;
  readonly zone: Zone;
}

const largestShown = 10;

/** What there is to review in some acts. */
export function reviewOf(acts: readonly Act[], zone: Zone): Review {
  const odd = acts.filter((act) => isOddHour(act.atMs, zone));
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
    largest: acts
      .filter(({ scope, rows }) => scope.revealed && rows > 0)
      .sort((a, b) => b.rows - a.rows)
      .slice(0, largestShown),
  };
}

const dayBegins = 8;
const dayEnds = 20;

/** Outside 08:00–20:00, or on a Saturday or Sunday, local time. Holidays are not known here. */
export function isOddHour(epochMs: number, zone: Zone): boolean {
  const local = new Date(epochMs + zone.offsetMsAt(epochMs));
  const hour = local.getUTCHours();
  const day = local.getUTCDay();
  return hour < dayBegins || hour >= dayEnds || day === 0 || day === 6;
}

function isDownload({ scope, rows }: Act): boolean {
  return rows > 0 && (scope.output === 'file' || scope.output === 'stdout');
}

function sumOf(acts: readonly Act[], isOdd: ReadonlySet<number>): Sums {
  const sums: Sums = { acts: 0, revealed: 0, revealedRows: 0, downloads: 0, refused: 0, oddHours: 0 };
  for (const act of acts) {
    const shown = act.scope.revealed && act.outcome !== 'refused';
    sums.acts += 1;
    sums.revealed += shown ? 1 : 0;
    sums.revealedRows += shown ? act.rows : 0;
    sums.downloads += isDownload(act) ? 1 : 0;
    sums.refused += act.outcome === 'refused' ? 1 : 0;
    sums.oddHours += isOdd.has(act.seq) ? 1 : 0;
  }
  return sums;
}

/** Largest group first; equals in the order of their names. */
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
