import type { Connection } from '../../store/database/database.ts';
import { transactions } from '../../store/database/transaction.ts';
import type { PublishedHour } from '../../store/holder/published-hour.ts';
import { type WrappingGateway, wrapHour } from '../../store/holder/wrap-hour.ts';
import { hourOf } from '../../store/hour.ts';
import type { NewText, NewVisit } from '../../store/intake.ts';
import { type HourKeys, keyIdOf, type Subkeys } from '../../store/keyring/hour-keys.ts';
import type { Keyring } from '../../store/keyring/keyring.ts';
import type { LeavingText, LeavingVisits } from '../../store/outbox/outbox.ts';
import { sealedIn } from '../../store/sealing/bound-data.ts';
import { leastPadded } from '../../store/sealing/padded.ts';
import { randomRecordId, sealRecord } from '../../store/sealing/sealed-record.ts';
import { rowTags } from '../../store/sealing/tags.ts';
import { sealVisit } from '../../store/sealing/visit-row.ts';
import type { LineNames } from '../../store/tables/lines.ts';
import type { Note, TextFields } from '../../store/tables/sealed-texts.ts';
import { textFields } from '../../store/tables/texts.ts';
import { fieldsOf, needsNote, noteOf } from '../../store/tables/visits.ts';
import type { OpenedHour } from '../gateway-calls.ts';

/*
 * What officers add is sealed by the holder as a gateway of its own name: under keys of its own ring, which are sealed to
 * every holder that it knows. Rows lie nowhere here; only the hour's key stays, and goes with the hour.
 */

/** The holder's own register, as far as it seals. */
export interface CorrectionSealer {
  readonly db: Connection;
  readonly ring: Keyring;
  readonly keys: HourKeys;
  readonly lines: LineNames;
}

export interface Corrections {
  readonly visits: readonly NewVisit[];
  readonly texts: readonly NewText[];
}

export interface SealedCorrections {
  readonly visits: readonly LeavingVisits[];
  readonly texts: readonly LeavingText[];
  /** Of the texts that were given, in their order. */
  readonly textIds: readonly number[];
  /** Of the own register, by the numbers that the rows have. */
  readonly lines: readonly { readonly id: number; readonly name: string }[];
}

/** Hours of a holder have few rows of its own: a visitor's tag would tell them apart. */
const tagBits = 0;

/** Each hour's key is on disk when this returns. Errors: as of a transaction. */
export function sealCorrections(
  { db, keys, lines }: CorrectionSealer,
  corrections: Corrections,
): SealedCorrections {
  const named = new Map<number, string>();
  const lineOf = (name: string) => {
    const id = lines.idOf(name);
    named.set(id, name);
    return id;
  };
  const visits: LeavingVisits[] = [];
  const texts: LeavingText[] = [];
  const textIds: number[] = [];
  const addText = (hour: number, subkeys: Subkeys, fields: TextFields | Note) => {
    const id = randomRecordId();
    const place = { table: sealedIn.sealedTexts, hour, id };
    texts.push({ hour, id, sealed: sealRecord(subkeys, place, fields, leastPadded.text) });
    return id;
  };
  transactions(db, [keys, lines])(() => {
    for (const [order, visit] of corrections.visits.entries()) {
      const hour = hourOf(visit.atMs);
      const subkeys = keys.forWriting(hour);
      const tags = rowTags(subkeys, visit, tagBits);
      const fields = fieldsOf(visit, lineOf(visit.line), order % 256);
      const { id, sealed } = sealVisit(subkeys, hour, tags, fields);
      visits.push({ hour, rows: Buffer.concat([tags.venueTag, id, tags.visitorTag, sealed]) });
      const name = Buffer.concat([tags.venueTag, id]).toString('hex');
      if (needsNote(visit)) addText(hour, subkeys, noteOf(visit, name));
    }
    for (const [order, text] of corrections.texts.entries()) {
      const hour = hourOf(text.atMs);
      textIds.push(addText(hour, keys.forWriting(hour), textFields(text, lineOf(text.line), order)));
    }
  });
  return { visits, texts, textIds, lines: [...named].map(([id, name]) => ({ id, name })) };
}

/** The holder's key of an hour, sealed to the holders. Errors: `central.hour-unpublished`, `central.hour-forged`. */
export function openedCorrections(
  { ring }: CorrectionSealer,
  pinned: WrappingGateway,
  hour: number,
  published: readonly PublishedHour[],
): OpenedHour | null {
  const held = ring.read(hour)?.held;
  if (held === undefined) return null;
  try {
    const { envelopes } = wrapHour(held, pinned, hour, published);
    return { hour, keyId: keyIdOf(held.key), algorithm: held.algorithm, tagBits, envelopes };
  } finally {
    held.key.fill(0);
  }
}
