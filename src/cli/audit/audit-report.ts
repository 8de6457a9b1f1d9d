import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable, printableJson, printableLines } from '../../base/printable.ts';
import type { Zone } from '../../base/zone.ts';
import type { Config } from '../../config/config.ts';
import { writeContent } from '../../export/to/destination.ts';
import { parseWindow, type Window } from '../../export/window.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import type { Act } from '../../store/audit/audit-acts.ts';
import type { Verification } from '../../store/audit/audit-verify.ts';
import type { Language } from '../../words/bilingual.ts';
import { type AuditWords, auditWords } from '../../words/commands/audit.ts';
import { openOutput, requireOutside } from '../officer/officer-file.ts';
import { outputForm } from '../officer/output-form.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { actJson, actText, claimsAnother, isExact } from './audit-list.ts';
import { type AuditSession, readingAudit } from './audit-session.ts';
import { verificationText } from './audit-verify.ts';

/** Sums over some acts. */
interface Sums {
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

export interface MonthReport {
  readonly working: WorkingTime;
  /** All acts of the month, in order: their places in it, from 1, are their numbers here. */
  readonly acts: readonly Act[];
  readonly month: string;
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

function sumCells(sums: Sums, { atLeast }: ReportWords): (number | string)[] {
  const { acts, revealed, revealedRows, revealedOpen, downloads, refused, oddHours } = sums;
  const rows = revealedOpen === 0 ? revealedRows : atLeast(revealedRows);
  return [acts, revealed, rows, downloads, refused, oddHours];
}

type ReportWords = AuditWords['report'];

/** The report as a privacy officer reads, prints and signs it. */
function reviewText(
  { month, timeZone, review, verification, zone, working, acts }: MonthReport,
  language: Language,
): string[] {
  const words = auditWords[language].report;
  const titles = [...words.sums];
  // The log's own numbers have gaps, because an act is several rows of it.
  const numbers = new Map(acts.map(({ seq }, index) => [seq, index + 1]));
  const told = new Set<number>();
  const textOf = (act: Act): string => {
    const number = String(numbers.get(act.seq) ?? '?');
    if (told.has(act.seq)) return `${number}.  ${words.above}`;
    told.add(act.seq);
    return actText(act, zone, language, `${number}.`);
  };
  const listed = (title: string, some: readonly Act[]) => section(title, some.map(textOf));
  const section = (title: string, lines: readonly string[]) => [
    '',
    title,
    ...(lines.length === 0 ? [`  ${words.none}`] : lines),
  ];
  const tableOf = <T extends Sums>(title: string, groups: readonly T[], nameOf: (group: T) => string) =>
    groups.length === 0
      ? []
      : formatTable(
          [title, ...titles],
          groups.map((group) => [printable(nameOf(group)), ...sumCells(group, words)]),
        );
  return [
    words.title(month, timeZone),
    '',
    ...formatTable(titles, [sumCells(review.total, words)]),
    ...section(
      words.byPerson,
      tableOf(words.person, review.byPerson, ({ person }) => person),
    ),
    ...section(
      words.byPurpose,
      tableOf(words.purpose, review.byPurpose, (group) => purposeOf(group) || words.noPurpose),
    ),
    ...listed(words.oddHours(working.workingHours, working.workingDays), review.oddHours),
    ...listed(words.unfinished, review.unfinished),
    ...listed(words.interrupted, review.interrupted),
    ...listed(words.refused, review.refused),
    ...listed(words.disputed, review.disputed),
    ...listed(words.unlogged, review.unlogged),
    ...listed(words.largest, review.largest),
    ...section(words.record, verificationText(verification, language)),
    '',
    words.signature,
  ];
}

export function purposeOf({
  reason,
  case: caseNumber,
}: {
  readonly reason: string;
  readonly case: string;
}): string {
  return [reason, caseNumber && `(${caseNumber})`].filter((part) => part !== '').join(' ');
}

interface MonthFlags {
  readonly month: string;
  readonly json?: boolean;
  /** A workbook's name, or `-`: the report as text. */
  readonly output: string;
  readonly force?: boolean;
}

type Form = 'text' | 'json' | 'xlsx';

const endings: Readonly<Record<Form, readonly string[]>> = {
  text: ['txt'],
  json: ['json', 'jsonl'],
  xlsx: ['xlsx'],
};

/** The month's acts for review. A month without any is a report too. */
export function report(invocation: Invocation, flags: MonthFlags): Promise<ExitCode> {
  const { month, json, output, force } = flags;
  const form = outputForm<Form>({ output, ...(json ? { format: 'json' } : {}) }, endings, 'text');
  return readingAudit(invocation, async (session) => {
    const { shell, config, reader, zone } = session;
    await requireOutside(shell, config.dataDir, output);
    const { fromMs, toMs } = monthWindow(month, zone);
    const { acts } = reader.contents({ fromMs, toMs });
    const working = config.audit;
    const review = reviewOf(acts, zone, working);
    const verification = reader.verify();
    const made = { month, timeZone: config.timeZone, review, verification, zone, working, acts };
    const bytes = await bytesOf(form, made, session);
    await writeContent(await openOutput(shell, output, force), bytes);
    if (output !== '-')
      await writeLine(shell.stderr, `visitlog: ${auditWords[shell.language].reported(acts.length, output)}`);
    return exitCode.done;
  });
}

async function bytesOf(form: Form, made: MonthReport, { shell, config }: AuditSession): Promise<Uint8Array> {
  if (form === 'json') return Buffer.from(`${printableJson(reportJson(made))}\n`);
  if (form === 'text') return Buffer.from(printableLines(`${reviewText(made, shell.language).join('\n')}\n`));
  // A zip library, and most reports are read at a terminal.
  const { accessRegister } = await import('./access-register.ts');
  return accessRegister(made, { shell, config });
}

function monthWindow(month: string, zone: Zone): Window {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || number === undefined) throw fault('audit.month', { month });
  const next =
    number === '12' ? `${Number(year) + 1}-01` : `${year}-${String(Number(number) + 1).padStart(2, '0')}`;
  return parseWindow(`${month}-01 00:00`, `${next}-01 00:00`, { zone, nowMs: 0 });
}

function reportJson({ month, timeZone, review, verification, zone }: MonthReport): object {
  const acts = (some: readonly Act[]) => some.map((act) => actJson(act, zone));
  return {
    month,
    time_zone: timeZone,
    log_whole: verification.findings.length === 0,
    total: sumsJson(review.total),
    by_person: review.byPerson.map(({ person, ...sums }) => ({ person, ...sumsJson(sums) })),
    by_purpose: review.byPurpose.map(({ reason, case: number, ...sums }) => ({
      reason: reason || null,
      case: number || null,
      ...sumsJson(sums),
    })),
    odd_hours: acts(review.oddHours),
    unfinished: acts(review.unfinished),
    interrupted: acts(review.interrupted),
    refused: acts(review.refused),
    disputed: acts(review.disputed),
    unlogged: acts(review.unlogged),
    largest: acts(review.largest),
  };
}

function sumsJson(sums: Sums): object {
  const { acts, revealed, revealedRows, revealedOpen, downloads, refused, oddHours } = sums;
  const rows = { revealed_rows: revealedRows, revealed_rows_exact: revealedOpen === 0 };
  return { acts, revealed, ...rows, downloads, refused, odd_hours: oddHours };
}
