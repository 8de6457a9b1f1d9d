import type { Connection } from '../database/database.ts';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';
import { parseEntry } from './audit-row.ts';
import { hasTag, subjectTags } from './audit-subjects.ts';

/**
 * The acts that showed a visitor's number (canonical), with the hours of the visits shown: one pseudonym made for each
 * list of each hour that lives. What was shown of hours that are over nobody can tell any more.
 */
export function actsThatShowed(
  db: Connection,
  keys: HourKeys,
  visitor: string,
): ReadonlyMap<number, number[]> {
  const actOfRow = actsByRow(db);
  const lists = db
    .prepare<[], [hour: number, seq: number, tags: Buffer]>(
      'SELECT hour, seq, tags FROM audit_subjects ORDER BY hour, seq',
    )
    .raw()
    .iterate();
  const shown = new Map<number, number[]>();
  for (const [hour, seq, tags] of lists) {
    const act = actOfRow.get(seq);
    const subkeys = keys.forReading(hour);
    if (act === undefined || subkeys === null || !hasTag(tags, tagOf(subkeys, act, visitor))) continue;
    const hours = shown.get(act) ?? [];
    if (hours.at(-1) !== hour) hours.push(hour);
    shown.set(act, hours);
  }
  return shown;
}

function tagOf(keys: Subkeys, act: number, visitor: string): Buffer {
  const make = subjectTags(keys, act);
  make.add(visitor);
  return make.tags();
}

function actsByRow(db: Connection): ReadonlyMap<number, number> {
  const rows = db
    .prepare<[], { seq: number; entry: string }>(
      'SELECT seq, entry FROM audit WHERE seq IN (SELECT seq FROM audit_subjects)',
    )
    .all();
  return new Map(
    rows.flatMap(({ seq, entry }) => {
      const parsed = parseEntry(entry);
      return parsed !== null && 'of' in parsed ? [[seq, parsed.of] as const] : [];
    }),
  );
}
