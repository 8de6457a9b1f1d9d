import stringWidth from 'string-width';
import type { Reason, Status } from '../../daemon/status/status-object.ts';
import type { Language } from '../../words/bilingual.ts';
import { portErrors } from '../../words/port-errors.ts';
import { reasonOf } from '../../words/status-reasons.ts';
import { wrapText } from '../text-table.ts';
import {
  dateAndTime,
  formatRows,
  gatewayRows,
  indentOf,
  lineRows,
  type StatusWording,
  wordingOf,
} from './status-rows.ts';

/** The text of `status`. */
export function formatStatus(status: Status, language: Language, columns: number): string[] {
  const wording = wordingOf(language, status.at);
  const rows = [
    ...status.lines.map((line) => lineRows(line, upSecondsOf(status) ?? 0, wording)),
    gatewayRows(status, wording),
  ];
  const indent = indentOf(rows.flat());
  const sections = rows
    .map((section) => formatRows(section, indent, columns))
    .filter(({ length }) => length > 0);
  return [
    headLine(status, wording, columns),
    ...sections.flatMap((section) => ['', ...section]),
    ...(status.reasons.length > 0 ? [''] : []),
    ...status.reasons.flatMap((reason) => reasonLines(reason, language, columns)),
  ];
}

/** Null without a gateway. */
function upSecondsOf({ at, since }: Status): number | null {
  return since === null ? null : Math.round((Date.parse(at) - Date.parse(since)) / 1_000);
}

/** Version, verdict, time and uptime. */
export function headLine(status: Status, { words, time }: StatusWording, columns: number): string {
  const left = `visitlog ${status.version}: ${words.verdicts[status.status]}`;
  const upS = upSecondsOf(status);
  const up = upS === null ? '' : `, ${words.up(time(upS))}`;
  const right = `${dateAndTime(status.at)}${up}`;
  return left + ' '.repeat(Math.max(2, columns - stringWidth(left) - stringWidth(right))) + right;
}

/** A reason and what to do about it. */
export function reasonLines({ code, line, detail }: Reason, language: Language, columns: number): string[] {
  const [what = code, usual] = reasonOf(code, language) ?? [];
  const remedy = (detail === null ? undefined : portErrors[detail]?.[language]) ?? usual;
  const said = `${line === null ? '' : `${line}: `}${what}${detail === null ? '' : ` [${detail}]`}`;
  return [
    ...wrapText(said, columns - 2).map((text, index) => (index === 0 ? `! ${text}` : `  ${text}`)),
    ...(remedy === undefined ? [] : wrapText(`→ ${remedy}`, columns - 4).map((text) => `    ${text}`)),
  ];
}
