import type { AnchorFile, AnchorLine } from './audit-anchor.ts';
import type { CheckedRow } from './audit-checked.ts';
import { type Finding, findingOf } from './audit-finding.ts';

export interface AnchorCheck {
  readonly rows: readonly CheckedRow[];
  readonly file: AnchorFile | null;
  readonly hasKey: boolean;
  /** The first row under the key in use; anchors of rows before it were signed with another. */
  readonly signedFrom: number;
}

/** The rows, the last above all, against what was said of them outside the database. */
export function checkAnchors(check: AnchorCheck): Finding[] {
  const { rows, file, hasKey } = check;
  if (file === null) return rows.length === 0 ? [] : [findingOf('anchor-missing', null, '')];
  const torn = file.unreadable > 0 ? [findingOf('anchor-unreadable', null, String(file.unreadable))] : [];
  if (!hasKey) return torn;
  const first = Math.max(check.signedFrom, rows[0]?.row.seq ?? 0);
  const lines = file.lines.filter(({ seq }) => seq >= first);
  return [...torn, ...checkLines(lines, rows), ...checkEnd(lines, rows)];
}

/** A row that an anchor names and that is not there is told by the chain, or explained by a row that says it was lost. */
function checkLines(lines: readonly AnchorLine[], rows: readonly CheckedRow[]): Finding[] {
  const hashes = new Map(rows.map(({ row }) => [row.seq, row.hash.toString('hex')]));
  return lines.flatMap((line) => {
    if (!line.genuine) return findingOf('anchor-forged', line.seq, `${line.hash} ${line.atMs}`);
    const hash = hashes.get(line.seq);
    if (hash === undefined || hash === line.hash) return [];
    return findingOf('anchored-otherwise', line.seq, `${line.hash} ${hash}`);
  });
}

function checkEnd(lines: readonly AnchorLine[], rows: readonly CheckedRow[]): Finding[] {
  const last = rows.at(-1)?.row.seq ?? 0;
  const beyond = lines.filter(({ genuine, seq }) => genuine && seq > last).sort((a, b) => b.seq - a.seq)[0];
  return beyond === undefined ? [] : [findingOf('cut-off', last + 1, `${beyond.seq} ${beyond.hash}`)];
}
