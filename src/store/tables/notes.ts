import type { Connection } from '../database/database.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import { type Note, openSealedTexts, type SealedTexts } from './sealed-texts.ts';

/** Inside the transaction that adds the visit. */
export function addNote(texts: SealedTexts, hour: number, note: Note): void {
  texts.insert(hour, note);
  texts.counts.addTexts(hour, 'notes');
}

/** The notes of an hour's visits by the row that they belong to; each hour is looked through once. */
export class Notes {
  readonly #db: Connection;
  readonly #keys: HourKeys;
  #hour: number | null = null;
  #notes = new Map<string, Note>();

  constructor(db: Connection, keys: HourKeys) {
    this.#db = db;
    this.#keys = keys;
  }

  /** Undefined if there is none, or if it was tampered with. */
  of(hour: number, row: string): Note | undefined {
    if (this.#hour !== hour) {
      this.#notes = new Map(notesOf(this.#db, this.#keys, hour).map(({ note }) => [note.row, note]));
      this.#hour = hour;
    }
    return this.#notes.get(row);
  }
}

/** The notes of an hour. */
export function notesOf(
  db: Connection,
  keys: HourKeys,
  hour: number,
): { readonly id: number; readonly note: Note }[] {
  const found: { readonly id: number; readonly note: Note }[] = [];
  for (const { id, fields } of openSealedTexts(db, keys.forReading(hour), hour))
    if (fields?.kind === 'note') found.push({ id, note: fields });
  return found;
}
