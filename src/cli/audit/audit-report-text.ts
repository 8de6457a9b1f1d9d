import { printable } from '../../base/printable.ts';
import type { Act } from '../../store/audit/audit-acts.ts';
import type { Language } from '../../words/bilingual.ts';
import { auditWords } from '../../words/commands/audit.ts';
import { formatTable } from '../text-table.ts';
import { actText } from './act-text.ts';
import type { MonthReport, Sums } from './audit-review.ts';
import { verificationText } from './audit-verify.ts';

const sumCells = ({ acts, revealed, revealedRows, downloads, refused, oddHours }: Sums): number[] => [
  acts,
  revealed,
  revealedRows,
  downloads,
  refused,
  oddHours,
];

/** The report as a privacy officer reads, prints and signs it. */
export function reviewText(
  { month, timeZone, review, verification, zone }: MonthReport,
  language: Language,
): string[] {
  const words = auditWords[language].report;
  const titles = [...words.sums];
  const listed = (title: string, acts: readonly Act[]) =>
    section(
      title,
      acts.map((act) => actText(act, zone, language)),
    );
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
          groups.map((group) => [printable(nameOf(group)), ...sumCells(group)]),
        );
  return [
    words.title(month, timeZone),
    '',
    ...formatTable(titles, [sumCells(review.total)]),
    ...section(
      words.byPerson,
      tableOf(words.person, review.byPerson, ({ person }) => person),
    ),
    ...section(
      words.byPurpose,
      tableOf(words.purpose, review.byPurpose, (group) => purposeOf(group) || words.noPurpose),
    ),
    ...listed(words.oddHours, review.oddHours),
    ...listed(words.unfinished, review.unfinished),
    ...listed(words.interrupted, review.interrupted),
    ...listed(words.refused, review.refused),
    ...listed(words.disputed, review.disputed),
    ...listed(words.largest, review.largest),
    ...section(words.record, verificationText(verification, language)),
    '',
    words.signature,
  ];
}

function purposeOf({ reason, case: caseNumber }: { readonly reason: string; readonly case: string }): string {
  return [reason, caseNumber && `(${caseNumber})`].filter((part) => part !== '').join(' ');
}
