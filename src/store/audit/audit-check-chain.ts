import { type CheckedRow, lastOf } from './audit-checked.ts';
import { type Finding, findingOf, rowFinding } from './audit-finding.ts';

/** Each row's contents against its hash, and its place behind the row before it. */
export function checkChain(rows: readonly CheckedRow[], start: Buffer): Finding[] {
  const findings: Finding[] = [];
  let before: CheckedRow | null = null;
  for (const checked of rows) {
    const { row, entry, whole } = checked;
    if (!whole) findings.push(rowFinding('changed', row));
    if (before === null) findings.push(...checkBeginning(rows, checked, start));
    else findings.push(...checkLink(before, checked));
    if (whole && (entry?.kind === 'lost' || entry?.kind === 'renewed'))
      findings.push(rowFinding(entry.kind, row));
    before = checked;
  }
  return findings;
}

/** Every row from `from` on has to be signed; before it, another key was in use. */
export function checkSignatures(rows: readonly CheckedRow[], hasKey: boolean, from: number): Finding[] {
  if (!hasKey) return rows.length === 0 ? [] : [findingOf('key-missing', null, '')];
  return rows
    .filter(({ row, whole, signed }) => whole && !signed && row.seq >= from)
    .map(({ row }) => rowFinding('forged', row));
}

function checkBeginning(rows: readonly CheckedRow[], { row }: CheckedRow, start: Buffer): Finding[] {
  const pruned = lastOf(rows, 'pruned')?.entry;
  const expected = pruned === undefined ? start.toString('hex') : pruned.hash;
  return row.prev.toString('hex') === expected ? [] : [rowFinding('beginning', row)];
}

function checkLink(before: CheckedRow, after: CheckedRow): Finding[] {
  const { row } = after;
  if (row.seq !== before.row.seq + 1 && !explainsGap(before, after))
    return [{ ...rowFinding('missing', row), seq: before.row.seq + 1 }];
  return row.prev.equals(before.row.hash) ? [] : [rowFinding('order', row)];
}

function explainsGap(before: CheckedRow, { row, entry, whole }: CheckedRow): boolean {
  return whole && entry?.kind === 'lost' && entry.found === before.row.seq && entry.anchored === row.seq - 1;
}
