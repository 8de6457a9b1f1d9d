import type { Connection } from '../database/database.ts';
import type { TextKind } from '../intake.ts';
import type { Subkeys } from '../keyring/hour-keys.ts';
import { associatedData, decodeFlags, sealedIn } from '../sealing/bound-data.ts';
import { unseal } from '../sealing/seal.ts';
import type { TextFields } from '../tables/sealed-texts.ts';

/** In the order of the `kind` column. */
const kinds: readonly TextKind[] = ['unresolved', 'undecodable', 'notice'];

type Row = [
  id: number,
  at: number,
  kind: number,
  reason: string,
  sealed: Buffer,
  received: number,
  line: number,
  flags: number,
];

export interface OldText {
  readonly id: number;
  /** Null if it cannot be opened. */
  readonly fields: TextFields | null;
}

const columns = 'id, at, kind, reason, sealed, received_at, line, flags';

/** The texts of an hour in the form of before, where kind, reason and times are columns. */
export function* oldTexts(db: Connection, keys: Subkeys | null, hour: number): Generator<OldText> {
  const rows = db.prepare<[number], Row>(`SELECT ${columns} FROM texts WHERE hour = ?`).raw();
  for (const row of rows.iterate(hour)) yield { id: row[0], fields: open(keys, hour, row) };
}

/** The text of an id in an hour. */
export function oldTextOf(db: Connection, keys: Subkeys | null, hour: number, id: number): OldText | null {
  const row = db
    .prepare<[number, number], Row>(`SELECT ${columns} FROM texts WHERE hour = ? AND id = ?`)
    .raw()
    .get(hour, id);
  return row === undefined ? null : { id, fields: open(keys, hour, row) };
}

/** Removes a text; its kind, or null if it was not there. */
export function oldTextRemover(db: Connection): (hour: number, id: number) => TextKind | null {
  const remove = db
    .prepare<[number, number], number>('DELETE FROM texts WHERE hour = ? AND id = ? RETURNING kind')
    .pluck();
  return (hour, id) => {
    const kind = remove.get(hour, id);
    return kind === undefined ? null : (kinds[kind] ?? 'undecodable');
  };
}

function open(keys: Subkeys | null, hour: number, row: Row): TextFields | null {
  const [id, at, kind, reason, sealed, received, line, flags] = row;
  const plain = keys && unseal(keys, sealed, associatedData(sealedIn.texts, hour, id, at));
  if (plain === null) return null;
  const body = JSON.parse(plain.toString('utf8')) as Pick<
    TextFields,
    'sender' | 'text' | 'pdu' | 'announcedLength'
  >;
  const { source } = decodeFlags(flags);
  return { ...body, kind: kinds[kind] ?? 'undecodable', reason, at, source, received, line, order: id };
}
