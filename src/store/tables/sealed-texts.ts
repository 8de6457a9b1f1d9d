import type { Connection } from '../database/database.ts';
import type { KeptText, NewVisit, TextKind, TimeSource } from '../intake.ts';
import type { Subkeys } from '../keyring/hour-keys.ts';
import { sealedIn } from '../sealing/bound-data.ts';
import { leastPadded } from '../sealing/padded.ts';
import { openRecord, randomRecordId, sealRecord } from '../sealing/sealed-record.ts';
import type { HourCounts } from './hours.ts';
import type { TableWriter } from './row-access.ts';

/** A text as it is sealed. */
export interface TextFields {
  readonly kind: TextKind;
  readonly reason: string;
  readonly sender: string | null;
  readonly text: string | null;
  readonly pdu: string;
  readonly announcedLength?: number | null;
  readonly at: number;
  readonly source: TimeSource;
  readonly received: number;
  readonly line: number;
  /** Rises from text to text of one run: tells apart what came at one instant. */
  readonly order: number;
}

/** A visit that staff made, and the text that it was made of. */
export interface Assigned {
  readonly visit: NewVisit;
  readonly text: KeptText;
}

/**
 * What a visit's row has no room for: a visitor or venue that is not a number, who assigned a text to the venue, and
 * that text.
 * Notes are few. They lie among the texts, so that nothing tells that a visit has one.
 */
export interface Note {
  readonly kind: 'note';
  /** Names the visit within the hour (sealing/visit-row.ts). */
  readonly row: string;
  /** The visit's time. */
  readonly at: number;
  readonly visitor?: string;
  readonly venue?: string;
  readonly by?: string;
  readonly assigned?: Assigned;
}

export interface SealedTexts {
  readonly counts: HourCounts;
  /** The row's id. The caller counts it. */
  insert(hour: number, fields: TextFields | Note): number;
}

export function sealedTexts({ db, keys, counts }: TableWriter): SealedTexts {
  const insert = db.prepare<[number, number, Buffer]>(
    'INSERT OR IGNORE INTO sealed_texts (hour, id, sealed) VALUES (?, ?, ?)',
  );
  return {
    counts,
    insert(hour, fields) {
      const subkeys = keys.forWriting(hour);
      for (;;) {
        const id = randomRecordId();
        const place = { table: sealedIn.sealedTexts, hour, id };
        const sealed = sealRecord(subkeys, place, fields, leastPadded.text);
        // Another text may have drawn this id.
        if (insert.run(hour, id, sealed).changes > 0) return id;
      }
    },
  };
}

export function openSealedText(
  keys: Subkeys | null,
  hour: number,
  id: number,
  sealed: Buffer,
): TextFields | Note | null {
  return openRecord<TextFields | Note>(keys, { table: sealedIn.sealedTexts, hour, id }, sealed);
}

/** Every sealed text of an hour, in no order; `fields` is null if it cannot be opened. */
export function* openSealedTexts(
  db: Connection,
  keys: Subkeys | null,
  hour: number,
): Generator<{ readonly id: number; readonly fields: TextFields | Note | null }> {
  const rows = db
    .prepare<[number], [id: number, sealed: Buffer]>('SELECT id, sealed FROM sealed_texts WHERE hour = ?')
    .raw();
  for (const [id, sealed] of rows.iterate(hour)) yield { id, fields: openSealedText(keys, hour, id, sealed) };
}
