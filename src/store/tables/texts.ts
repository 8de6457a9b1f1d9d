import type { Connection } from '../database/database.ts';
import type { Missed } from '../database/row-batches.ts';
import { hourOf } from '../hour.ts';
import type { NewText, TextKind, TextRef } from '../intake.ts';
import { oldTextOf, oldTextRemover, oldTexts } from '../old-form/old-texts.ts';
import type { StoredText, TextQuery, Window } from '../records.ts';
import { hoursWithin, type TextCounts } from './hours.ts';
import type { NamesOfRows, RowReader, TableWriter } from './row-access.ts';
import { openSealedText, openSealedTexts, sealedTexts, type TextFields } from './sealed-texts.ts';

/** How the hours' counts call the kinds. */
export const countedAs: Readonly<Record<TextKind, keyof TextCounts>> = {
  unresolved: 'unresolved',
  undecodable: 'undecodable',
  notice: 'notices',
};

/** Inserts texts that are not visits: all of them is sealed, kind and reason too. */
export function textInserter(writer: TableWriter): (text: NewText) => number {
  const { lines, counts } = writer;
  const texts = sealedTexts(writer);
  let order = 0;
  return (text) => {
    const hour = hourOf(text.atMs);
    order += 1;
    const id = texts.insert(hour, textFields(text, lines.idOf(text.line), order));
    counts.addTexts(hour, countedAs[text.kind]);
    return id;
  };
}

/** What is sealed of a text. */
export function textFields(text: NewText, line: number, order: number): TextFields {
  const { kind, reason, sender, pdu, source, announcedLength } = text;
  return {
    ...{ kind, reason, sender, text: text.text, pdu, source, order },
    ...(announcedLength == null ? {} : { announcedLength }),
    ...{ at: text.atMs, received: text.receivedAtMs, line },
  };
}

/** Removes a text that is there, and takes it off its hour's count. */
export function textRemover({ db, keys, counts }: TableWriter): (text: TextRef) => boolean {
  const remove = db
    .prepare<[number, number], Buffer>('DELETE FROM sealed_texts WHERE hour = ? AND id = ? RETURNING sealed')
    .pluck();
  const removeOld = oldTextRemover(db);
  return ({ id, atMs }) => {
    const hour = hourOf(atMs);
    const sealed = remove.get(hour, id);
    if (sealed !== undefined) {
      const fields = openSealedText(keys.forReading(hour), hour, id, sealed);
      counts.addTexts(hour, fields === null || fields.kind === 'note' ? null : countedAs[fields.kind], -1);
      return true;
    }
    const kind = removeOld(hour, id);
    if (kind !== null) counts.addOldTexts(hour, countedAs[kind], -1);
    return kind !== null;
  };
}

/** A text with its id, and whether it is of the form before the sealed one. */
export interface TextOfHour {
  readonly id: number;
  readonly old: boolean;
  readonly fields: TextFields | null;
}

/** Every text of an hour, of both forms, in no order; notes are left out. */
export function* textsOfHour(
  { db, keys }: Pick<RowReader, 'db' | 'keys'>,
  hour: number,
): Generator<TextOfHour> {
  const subkeys = keys.forReading(hour);
  for (const { id, fields } of oldTexts(db, subkeys, hour)) yield { id, old: true, fields };
  for (const { id, fields } of openSealedTexts(db, subkeys, hour))
    if (fields?.kind !== 'note') yield { id, old: false, fields };
}

/** The hours of a window that have texts or notes, ascending: a question about each hour takes longer than to open a few. */
function hoursWithTexts(db: Connection, { fromMs, toMs }: Window): number[] {
  const hasRows = (table: string) => `EXISTS (SELECT 1 FROM ${table} t WHERE t.hour = hours.hour)`;
  return db
    .prepare<[number, number], number>(
      `SELECT hour FROM hours WHERE hour BETWEEN ? AND ? AND (${hasRows('sealed_texts')} OR ${hasRows('texts')})
       ORDER BY hour`,
    )
    .pluck()
    .all(hourOf(fromMs), hourOf(toMs - 1));
}

/** Texts in order of time. */
export function* openedTexts(reader: RowReader, query: TextQuery, missed: Missed): Generator<StoredText> {
  const { fromMs, toMs, kinds } = query;
  for (const hour of hoursWithTexts(reader.db, query)) {
    const found: (TextFields & { readonly id: number })[] = [];
    for (const { id, fields } of textsOfHour(reader, hour)) {
      if (fields === null) missed();
      else if (fields.at >= fromMs && fields.at < toMs && (kinds?.includes(fields.kind) ?? true))
        found.push({ id, ...fields });
    }
    found.sort(compareTexts);
    for (const { id, ...fields } of found) yield storedText(reader, id, fields);
  }
}

/** By time, then by receipt and order of arrival. */
export function compareTexts(
  a: TextFields & { readonly id: number },
  b: TextFields & { readonly id: number },
): number {
  return a.at - b.at || a.received - b.received || a.order - b.order || a.id - b.id;
}

/** The text of an id. */
export function textOf(reader: RowReader, window: Window, id: number): StoredText | null {
  const fields = sealedTextOf(reader, id) ?? oldFieldsOf(reader, window, id);
  if (fields === null || fields.at < window.fromMs || fields.at >= window.toMs) return null;
  return storedText(reader, id, fields);
}

function sealedTextOf({ db, keys }: RowReader, id: number): TextFields | null {
  const row = db
    .prepare<[number], [hour: number, sealed: Buffer]>('SELECT hour, sealed FROM sealed_texts WHERE id = ?')
    .raw()
    .get(id);
  if (row === undefined) return null;
  const [hour, sealed] = row;
  const fields = openSealedText(keys.forReading(hour), hour, id, sealed);
  return fields?.kind === 'note' ? null : fields;
}

/** A short seek in each hour: the form of before has no index of ids. */
function oldFieldsOf({ db, keys }: RowReader, window: Window, id: number): TextFields | null {
  if (!hasOldTexts(db)) return null;
  for (const hour of hoursWithin(db, window)) {
    const found = oldTextOf(db, keys.forReading(hour), hour, id);
    if (found !== null) return found.fields;
  }
  return null;
}

function hasOldTexts(db: Connection): boolean {
  return db.prepare('SELECT 1 FROM texts LIMIT 1').get() !== undefined;
}

export function storedText(
  { lines, retentionMs }: Pick<NamesOfRows, 'lines' | 'retentionMs'>,
  id: number,
  fields: TextFields,
): StoredText {
  const { kind, reason, sender, text, pdu, announcedLength, at, source, received, line } = fields;
  return {
    ...{ id, kind, reason, sender, text, pdu, source },
    ...(announcedLength == null ? {} : { announcedLength }),
    atMs: at,
    receivedAtMs: received,
    line: lines.nameOf(line),
    expiresAtMs: at + retentionMs,
  };
}
