import type { Config } from '../../config/config.ts';
import type { Column } from '../../export/visit-columns.ts';
import { type Table, tableOf, tablesWriter } from '../../export/xlsx/tables.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import type { Act } from '../../store/audit/audit-acts.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { type AuditWords, auditWords } from '../../words/commands/audit.ts';
import type { Shell } from '../shell.ts';
import { isExact } from './audit-list.ts';
import { isOddHour, type MonthReport, purposeOf } from './audit-review.ts';
import { verificationText } from './audit-verify.ts';

interface RegisterOptions {
  readonly shell: Pick<Shell, 'language' | 'clock'>;
  readonly config: Pick<Config, 'timeZone'>;
}

/** An act with its place in the month, from 1. */
interface Entry {
  readonly number: number;
  readonly act: Act;
}

/** A question of the review, and the acts that it is about. */
interface Item {
  readonly item: string;
  readonly acts: readonly Act[];
}

type Words = AuditWords['register'];

/**
 * The month as a workbook to attach: a register with the items that an access log has (개인정보의 안전성 확보조치 기준, 제2조:
 * 식별자, 접속일시, 접속지 정보, 처리한 정보주체 정보, 수행업무), one row for each act, and the review with room for findings
 * and signatures. Numbers of visitors are in neither.
 */
export async function accessRegister(
  report: MonthReport,
  { shell: { language, clock }, config }: RegisterOptions,
): Promise<Uint8Array> {
  const words = auditWords[language];
  const { register } = words;
  const entries = report.acts.map((act, index) => ({ number: index + 1, act }));
  const whole = verificationText(report.verification, language).join(' ');
  const working = words.report.oddHours(report.working.workingHours, report.working.workingDays);
  const facts = [
    { label: register.facts.system, value: register.facts.systemName },
    { label: register.facts.month, value: `${report.month} (${config.timeZone})` },
    { label: register.facts.acts, value: String(entries.length) },
    { label: register.facts.working, value: working },
    { label: register.facts.log, value: whole, long: true as const },
  ];
  const signed = [
    { label: register.facts.reviewer, value: '' },
    { label: register.facts.reviewedOn, value: '' },
    { label: register.facts.head, value: '' },
  ];
  const acts: Table<Entry> = {
    sheetName: register.sheets.register,
    title: register.titles.register(report.month),
    facts,
    rows: entries,
    ...described(entryColumns(report, words), register),
  };
  const review: Table<Item> = {
    sheetName: register.sheets.review,
    title: register.titles.review(report.month),
    facts: [...facts, ...signed],
    rows: itemsOf(report, words),
    ...described(itemColumns(entries), register),
  };
  const writer = tablesWriter<never>({ zone: report.zone, madeAtMs: clock.wallMs() }, () => [
    tableOf(acts),
    tableOf(review),
  ]);
  return Buffer.concat([await writer.begin(), await writer.end()]);
}

function described<Row>(
  columns: readonly Column<Row>[],
  { headings }: Words,
): { readonly columns: readonly Column<Row>[]; readonly headings: readonly string[] } {
  const named: Readonly<Record<string, string>> = headings;
  return { columns, headings: columns.map(({ key }) => named[key] ?? key) };
}

function entryColumns({ zone, working }: MonthReport, words: AuditWords): readonly Column<Entry>[] {
  const text = (key: string, width: number, value: (act: Act) => string | null): Column<Entry> => ({
    key,
    kind: 'text',
    width,
    value: ({ act }) => value(act),
  });
  return [
    { key: 'no', kind: 'number', width: 6, value: ({ number }) => number },
    text('account', 17, ({ who }) => personOf(who)),
    { key: 'at', kind: 'instant', width: 19, value: ({ act }) => act.atMs },
    text('from', 24, ({ where }) =>
      [where.host, where.remote, where.tty].filter((part) => part !== null).join(', '),
    ),
    text('subjects', 26, (act) => subjectsOf(act, words)),
    text('task', 17, ({ command }) => command),
    text('rows', 9, (act) => rowsOf(act, words)),
    text('download', 15, (act) => outputOf(act, words)),
    text('purpose', 28, (act) => purposeOf({ reason: act.reason ?? '', case: act.case ?? '' }) || null),
    text('result', 12, ({ outcome, code }) =>
      [words.act.outcomes[outcome], code].filter((part) => part !== null).join(' '),
    ),
    text('remark', 24, (act) => (isOddHour(act.atMs, zone, working) ? words.register.unusual : null)),
  ];
}

/** Whose data: persons that the act names, or the visitors of places. The log holds no number of a visitor. */
function subjectsOf({ scope }: Act, words: AuditWords): string | null {
  if (scope.visitor) return words.act.visitors;
  if (scope.venues !== undefined)
    return `${words.register.places} ${scope.venues.map(formatNational).join(', ')}`;
  return scope.from === undefined ? null : `${words.register.places} ${words.act.allVenues}`;
}

function rowsOf(act: Act, { report }: AuditWords): string {
  return isExact(act) ? String(act.rows ?? 0) : report.atLeast(act.rows ?? 0);
}

function outputOf({ scope }: Act, { act }: AuditWords): string | null {
  if (scope.output === undefined) return null;
  return [
    scope.revealed ? act.revealed : act.masked,
    scope.output === 'terminal' ? null : (scope.format ?? scope.output),
    scope.encrypted ? act.encrypted : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

function itemsOf({ review, working }: MonthReport, { report }: AuditWords): Item[] {
  return [
    { item: report.oddHours(working.workingHours, working.workingDays), acts: review.oddHours },
    { item: report.largest, acts: review.largest },
    { item: report.unfinished, acts: review.unfinished },
    { item: report.interrupted, acts: review.interrupted },
    { item: report.refused, acts: review.refused },
    { item: report.disputed, acts: review.disputed },
    { item: report.unlogged, acts: review.unlogged },
  ];
}

function itemColumns(entries: readonly Entry[]): readonly Column<Item>[] {
  const numbers = new Map(entries.map(({ number, act }) => [act.seq, number]));
  const listed = (acts: readonly Act[]) => acts.map(({ seq }) => numbers.get(seq) ?? 0);
  return [
    { key: 'item', kind: 'text', width: 60, value: ({ item }) => item },
    { key: 'count', kind: 'number', width: 8, value: ({ acts }) => acts.length },
    {
      key: 'acts',
      kind: 'text',
      width: 50,
      value: ({ acts }) =>
        listed(acts)
          .sort((a, b) => a - b)
          .join(', ') || null,
    },
    { key: 'findings', kind: 'text', width: 60, value: () => null },
  ];
}
