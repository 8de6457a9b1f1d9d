import type { Connection } from '../database/database.ts';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';
import { type AuditChain, parseEntry } from './audit-chain.ts';
import { describeSubjects, hasTag, subjectTags, withNoiseFor } from './audit-subjects.ts';
import type { Actor } from './audit-types.ts';

/** A list of pseudonyms in which a visitor is. */
interface ListOfVisitor {
  /** The row that names the list, and the act that the row belongs to. */
  readonly seq: number;
  readonly act: number;
  readonly hour: number;
}

/** The lists that have a visitor (canonical), in order of hours: one pseudonym made for each list of an hour that lives. */
export function* listsWith(db: Connection, keys: HourKeys, visitor: string): Generator<ListOfVisitor> {
  const actOfRow = actsByRow(db);
  const lists = db
    .prepare<[], [hour: number, seq: number, tags: Buffer]>(
      'SELECT hour, seq, tags FROM audit_subjects ORDER BY hour, seq',
    )
    .raw()
    .iterate();
  for (const [hour, seq, tags] of lists) {
    const act = actOfRow.get(seq);
    const subkeys = keys.forReading(hour);
    if (act === undefined || subkeys === null || !hasTag(tags, tagOf(subkeys, act, visitor))) continue;
    yield { seq, act, hour };
  }
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
    .iterate();
  const acts = new Map<number, number>();
  for (const { seq, entry } of rows) {
    const parsed = parseEntry(entry);
    if (parsed !== null && 'of' in parsed) acts.set(seq, parsed.of);
  }
  return acts;
}

interface NoiseParts {
  readonly db: Connection;
  readonly keys: HourKeys;
  readonly chain: AuditChain;
  readonly transact: <T>(work: () => T) => T;
}

/** Lists that one row of the log accounts for. */
const listsAtOnce = 200;

/**
 * Puts noise in the place of every pseudonym of a visitor (canonical), so that whoever has the keyring and tries all
 * numbers does not find this one; how many there were. Each transaction has a row of the log that says what the lists
 * hold since, so that the log stays whole. In copies of the database made before, the pseudonyms stay until their hours'
 * keys are destroyed.
 */
export function makeNoiseOf(
  { db, keys, chain, transact }: NoiseParts,
  visitor: string,
  { who, command }: { readonly who: Actor; readonly command: string },
): number {
  const find = db
    .prepare<[number, number], Buffer>('SELECT tags FROM audit_subjects WHERE hour = ? AND seq = ?')
    .pluck();
  const put = db.prepare<[Buffer, number, number]>(
    'UPDATE audit_subjects SET tags = ? WHERE hour = ? AND seq = ?',
  );
  const all = [...listsWith(db, keys, visitor)];
  let made = 0;
  for (let from = 0; from < all.length; from += listsAtOnce) {
    made += transact(() => {
      const lists = all.slice(from, from + listsAtOnce).flatMap(({ seq, act, hour }) => {
        const subkeys = keys.forReading(hour);
        const before = find.get(hour, seq);
        if (subkeys === null || before === undefined) return [];
        const tags = withNoiseFor(before, tagOf(subkeys, act, visitor));
        put.run(tags, hour, seq);
        return [{ seq, ...describeSubjects({ hour, tags }) }];
      });
      if (lists.length > 0) chain.append({ kind: 'anonymised', lists, who, command });
      return lists.length;
    });
    chain.anchor();
  }
  return made;
}
