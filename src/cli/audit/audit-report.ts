import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable, printableJson, printableLines } from '../../base/printable.ts';
import { formatMinute, type Zone } from '../../base/zone.ts';
import { writeContent } from '../../export/to/destination.ts';
import { parseWindow, type Window } from '../../export/window.ts';
import type { Act } from '../../store/audit/audit-acts.ts';
import type { Language } from '../../words/bilingual.ts';
import { type AuditWords, auditWords } from '../../words/commands/audit.ts';
import { openOutput, requireOutside } from '../officer/officer-file.ts';
import { outputForm } from '../officer/output-form.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { actJson, actText } from './audit-list.ts';
import { type MissingPart, type MonthReport, purposeOf, reviewOf, type Sums } from './audit-review.ts';
import { type AuditSession, readingAudit } from './audit-session.ts';
import { verificationText } from './audit-verify.ts';

function sumCells(sums: Sums, { atLeast }: ReportWords): (number | string)[] {
  const { acts, revealed, revealedRows, revealedOpen, downloads, refused, oddHours } = sums;
  const rows = revealedOpen === 0 ? revealedRows : atLeast(revealedRows);
  return [acts, revealed, rows, downloads, refused, oddHours];
}

type ReportWords = AuditWords['report'];

/** The report as a privacy officer reads, prints and signs it. */
function reviewText(made: MonthReport, language: Language): string[] {
  const { month, timeZone, review, verification, zone, working, acts } = made;
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
    ...missingText(made, language),
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
    const window = monthWindow(month, zone);
    const { acts } = reader.contents(window);
    const missing = missingOf(session, window);
    const working = config.audit;
    const review = reviewOf(acts, zone, working);
    const verification = reader.verify();
    const made = { month, missing, timeZone: config.timeZone, review, verification, zone, working, acts };
    const bytes = await bytesOf(form, made, session);
    await writeContent(await openOutput(shell, output, force), bytes);
    if (form === 'xlsx')
      for (const line of missingText(made, shell.language))
        await writeLine(shell.stderr, `visitlog: ${line}`);
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

function missingOf({ shell, reader }: AuditSession, { fromMs, toMs }: Window): MissingPart {
  const nowMs = shell.clock.wallMs();
  const first = reader.rows().next();
  const begunMs = first.done ? null : first.value.atMs;
  const month = nowMs < fromMs ? 'to come' : nowMs < toMs ? 'under way' : 'over';
  return { begunMs, isLate: begunMs !== null && begunMs > fromMs, month, nowMs };
}

function missingText({ missing, zone }: MonthReport, language: Language): string[] {
  const words = auditWords[language].report;
  const { begunMs, isLate, month, nowMs } = missing;
  const now = formatMinute(zone, nowMs);
  if (month === 'to come') return [words.notCome(now)];
  return [
    ...(isLate && begunMs !== null ? [words.begun(formatMinute(zone, begunMs))] : []),
    ...(month === 'under way' ? [words.notOver(now)] : []),
  ];
}

function monthWindow(month: string, zone: Zone): Window {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || number === undefined) throw fault('audit.month', { month });
  const next =
    number === '12' ? `${Number(year) + 1}-01` : `${year}-${String(Number(number) + 1).padStart(2, '0')}`;
  return parseWindow(`${month}-01 00:00`, `${next}-01 00:00`, { zone, nowMs: 0 });
}

function reportJson({ month, missing, timeZone, review, verification, zone }: MonthReport): object {
  const acts = (some: readonly Act[]) => some.map((act) => actJson(act, zone));
  return {
    month,
    time_zone: timeZone,
    log_begins_at: missing.begunMs === null ? null : zone.format(missing.begunMs),
    month_over: missing.month === 'over',
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
