import type { Act } from '../store/audit/audit-acts.ts';
import { actText } from './act-text.ts';
import type { MonthReport, Sums } from './audit-review.ts';
import { verificationText } from './audit-verify.ts';
import { formatTable, printable } from './text-table.ts';

const sumTitles = ['acts', 'revealed', 'rows revealed', 'downloads', 'refused', 'odd hours'] as const;

const sumCells = ({ acts, revealed, revealedRows, downloads, refused, oddHours }: Sums): number[] => [
  acts,
  revealed,
  revealedRows,
  downloads,
  refused,
  oddHours,
];

/** The report as a privacy officer reads, prints and signs it. */
export function reviewText({ month, timeZone, review, verification, zone }: MonthReport): string[] {
  const listed = (title: string, acts: readonly Act[]) =>
    section(
      title,
      acts.map((act) => actText(act, zone)),
    );
  return [
    `Access to visitors' records, ${month} (${timeZone})`,
    '',
    ...formatTable([...sumTitles], [sumCells(review.total)]),
    ...section(
      'By person',
      tableOf('person', review.byPerson, ({ person }) => person),
    ),
    ...section('By purpose', tableOf('reason and case', review.byPurpose, purposeOf)),
    ...listed('Outside 08:00–20:00, or at a weekend', review.oddHours),
    ...listed('Never ended (under way, or the process died)', review.unfinished),
    ...listed('Interrupted', review.interrupted),
    ...listed('Refused', review.refused),
    ...listed('The environment claims another person than the login', review.disputed),
    ...listed('Largest revealed exports', review.largest),
    ...section('The record itself', verificationText(verification)),
    '',
    'Reviewed by ____________________   on ______________',
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', title, ...(lines.length === 0 ? ['  none'] : lines)];
}

function tableOf<T extends Sums>(
  title: string,
  groups: readonly T[],
  nameOf: (group: T) => string,
): string[] {
  if (groups.length === 0) return [];
  return formatTable(
    [title, ...sumTitles],
    groups.map((group) => [printable(nameOf(group)), ...sumCells(group)]),
  );
}

function purposeOf({ reason, case: caseNumber }: { readonly reason: string; readonly case: string }): string {
  const text = [reason, caseNumber && `(${caseNumber})`].filter((part) => part !== '').join(' ');
  return text === '' ? '– none given' : text;
}
