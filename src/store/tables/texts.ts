import type { Missed } from '../database/row-batches.ts';
import { hourOf } from '../hour.ts';
import type { NewText, TextKind, TextRef } from '../intake.ts';
import type { Subkeys } from '../keyring/hour-keys.ts';
import type { StoredText, TextQuery, Window } from '../records.ts';
import { associatedData, decodeFlags, encodeFlags, lookupTag, sealedIn } from '../sealing/bound-data.ts';
import { seal, unseal } from '../sealing/seal.ts';
import type { Counts } from './visit-counts.ts';
import { hoursWithin, type RowReader, type TableWriter } from './visits.ts';

const kinds: readonly TextKind[] = ['unresolved', 'undecodable', 'notice'];
/** How the hours' counts call the kinds, in the order of the `kind` column. */
export const textKinds: readonly Exclude<keyof Counts, 'visits'>[] = ['unresolved', 'undecodable', 'notices'];

type Body = Pick<NewText, 'sender' | 'text' | 'pdu' | 'announcedLength'>;
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

/** Inserts texts that are not visits: sender, words and PDU sealed, the reason in the clear. */
export function textInserter({ db, keys, ids, lines, counts }: TableWriter): (text: NewText) => number {
  const insert = db.prepare<unknown[]>(
    `INSERT INTO texts (hour, id, at, kind, reason, tag, sealed, received_at, line, flags)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (text) => {
    const { atMs, kind, sender, pdu, announcedLength } = text;
    const hour = hourOf(atMs);
    const subkeys = keys.forWriting(hour);
    const id = ids.take();
    const body: Body = {
      sender,
      text: text.text,
      pdu,
      ...(announcedLength == null ? {} : { announcedLength }),
    };
    const bound = associatedData(sealedIn.texts, hour, id, atMs);
    const sealed = seal(subkeys, Buffer.from(JSON.stringify(body), 'utf8'), bound);
    const tag = sender === null ? null : lookupTag(subkeys, sender);
    const flags = encodeFlags({ source: text.source, webSent: false, callback: false });
    const line = lines.idOf(text.line);
    insert.run(hour, id, atMs, kinds.indexOf(kind), text.reason, tag, sealed, text.receivedAtMs, line, flags);
    counts.add(hour, textKinds[kinds.indexOf(kind)] ?? 'undecodable');
    return id;
  };
}

/** Removes a text that is there, and takes it off its hour's count. */
export function textRemover({ db, counts }: TableWriter): (text: TextRef) => boolean {
  const remove = db
    .prepare<[number, number], number>('DELETE FROM texts WHERE hour = ? AND id = ? RETURNING kind')
    .pluck();
  return ({ id, atMs }) => {
    const hour = hourOf(atMs);
    const kind = remove.get(hour, id);
    if (kind !== undefined) counts.add(hour, textKinds[kind] ?? 'undecodable', -1);
    return kind !== undefined;
  };
}

/** Texts in order of time. */
export function* openedTexts(reader: RowReader, query: TextQuery, missed: Missed): Generator<StoredText> {
  const wanted = (query.kinds ?? kinds).map((kind) => kinds.indexOf(kind)).join(', ');
  const rows = reader.db
    .prepare<[number, number, number], Row>(
      `SELECT id, at, kind, reason, sealed, received_at, line, flags FROM texts
       WHERE hour = ? AND at >= ? AND at < ? AND kind IN (${wanted}) ORDER BY at, id`,
    )
    .raw();
  for (const hour of hoursWithin(reader.db, query)) {
    for (const row of rows.iterate(hour, query.fromMs, query.toMs)) {
      const text = open(reader, hour, row);
      if (text === null) missed();
      else yield text;
    }
  }
}

/** The text of an id: a short seek in each hour, since no index is kept for it. */
export function textOf(reader: RowReader, window: Window, id: number): StoredText | null {
  const row = reader.db
    .prepare<[number, number, number, number], Row>(
      `SELECT id, at, kind, reason, sealed, received_at, line, flags FROM texts
       WHERE hour = ? AND id = ? AND at >= ? AND at < ?`,
    )
    .raw();
  for (const hour of hoursWithin(reader.db, window)) {
    const found = row.get(hour, id, window.fromMs, window.toMs);
    if (found !== undefined) return open(reader, hour, found);
  }
  return null;
}

/** Sender, words and PDU of a text; null when they were not sealed for this row under this hour's key. */
export function openTextBody(
  keys: Subkeys,
  hour: number,
  id: number,
  atMs: number,
  sealed: Buffer,
): Body | null {
  const plain = unseal(keys, sealed, associatedData(sealedIn.texts, hour, id, atMs));
  return plain === null ? null : (JSON.parse(plain.toString('utf8')) as Body);
}

function open({ keys, lines, retentionMs }: RowReader, hour: number, row: Row): StoredText | null {
  const [id, atMs, kind, reason, sealed, receivedAtMs, line, flags] = row;
  const subkeys = keys.forReading(hour);
  const body = subkeys && openTextBody(subkeys, hour, id, atMs, sealed);
  if (body === null) return null;
  return {
    id,
    kind: kinds[kind] ?? 'undecodable',
    reason,
    ...body,
    atMs,
    source: decodeFlags(flags).source,
    receivedAtMs,
    line: lines.nameOf(line),
    expiresAtMs: atMs + retentionMs,
  };
}
