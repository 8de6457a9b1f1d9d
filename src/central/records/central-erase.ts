import type { DestroyedRows } from '../../store/audit/audit-types.ts';
import type { VisitorFinder } from '../../store/erase/erase-types.ts';
import { isMention, starredText } from '../../store/erase/mentions.ts';
import { isPrintedIn } from '../../store/erase/traces.ts';
import type { StoredText, Window } from '../../store/records.ts';
import { ever, fieldsAt, openedBytes, rowNameAt, visitorInRow } from '../../store/sealing/opened-rows.ts';
import { notedBit } from '../../store/sealing/visit-row.ts';
import { countedAs, storedText } from '../../store/tables/texts.ts';
import {
  addCorrections,
  type Corrector,
  type PlacedText,
  type PlacedVisit,
  removeTexts,
  removeVisits,
  unstored,
} from './central-corrections.ts';
import type { CentralReader } from './central-reader.ts';
import { type CentralText, textsByDay, textsOfHours } from './central-texts.ts';
import {
  byDay,
  byHour,
  gatewayHours,
  type HourKeysOfGateways,
  openKeys,
  refNumber,
} from './gateway-hours.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';
import { openHourOfGateways } from './open-rows.ts';
import {
  countWithTags,
  rowsOf,
  rowsWithTags,
  type SealedRows,
  venueSearch,
  visitorSearch,
} from './sealed-rows.ts';

type TextCount = 'unresolved' | 'undecodable' | 'notices';

/** A row of a visitor in the central register. */
export type CentralTrace =
  | ({ readonly kind: 'visits' } & PlacedVisit)
  | ({ readonly kind: TextCount } & PlacedText);

/** Another's text that has the number. */
interface Mention extends PlacedText {
  readonly text: StoredText;
}

export interface CentralTraces {
  readonly rows: readonly CentralTrace[];
  readonly mentions: readonly Mention[];
  /** Texts that were assigned to a place, are another's, and have the number. */
  readonly assigned: readonly (PlacedVisit & Required<Pick<NoteOfAssigned, 'assigned'>>)[];
  /** Visits to a place that was typed as this number. */
  readonly asVenue: number;
}

type NoteOfAssigned = Extract<NonNullable<CentralText['fields']>, { readonly kind: 'note' }>;

/** Looks a visitor (canonical) up in every hour that opens. Texts are opened one by one (store/erase/traces.ts). */
export async function findCentralTraces(
  reader: CentralReader,
  window: Window,
  finder: VisitorFinder,
  lines: LinesOfGateways,
): Promise<CentralTraces> {
  const texts = await findTexts(reader, window, finder, lines);
  const rows: CentralTrace[] = [];
  let asVenue = 0;
  for (const day of byDay(await gatewayHours(reader, window))) {
    const keys = await openKeys(reader, day);
    try {
      const sealed = await rowsWithTags(reader, day, keys, visitorSearch(finder.visitor));
      rows.push(...(await visitsAmong(reader, sealed, keys, finder.visitor, lines)));
      asVenue += rowsOf(await countWithTags(reader, day, keys, venueSearch([finder.visitor])));
    } finally {
      keys.close();
    }
  }
  return { rows: [...rows, ...texts.own], mentions: texts.mentions, assigned: texts.assigned, asVenue };
}

interface TextTraces extends Pick<CentralTraces, 'mentions' | 'assigned'> {
  readonly own: readonly CentralTrace[];
}

async function findTexts(
  reader: CentralReader,
  window: Window,
  finder: VisitorFinder,
  lines: LinesOfGateways,
): Promise<TextTraces> {
  const own: CentralTrace[] = [];
  const mentions: Mention[] = [];
  const assigned: CentralTraces['assigned'][number][] = [];
  for await (const texts of textsByDay(reader, window, lines))
    for (const { hour, id, fields } of texts) {
      if (fields === null) continue;
      if (fields.kind === 'note') {
        if (isAssignedMention(fields, finder))
          assigned.push({ hour, row: fields.row, noteId: id, assigned: fields.assigned });
        continue;
      }
      const text = storedText({ lines, retentionMs: reader.retentionMs }, id, fields);
      if (isOwnText(text, finder)) own.push({ kind: countedAs[fields.kind], hour, id });
      else if (isMention(text, finder)) mentions.push({ hour, id, text });
    }
  return { own, mentions, assigned };
}

function isOwnText({ sender, pdu }: StoredText, { visitor }: VisitorFinder): boolean {
  return sender === visitor || (sender === null && isPrintedIn(pdu, visitor));
}

function isAssignedMention(
  note: NoteOfAssigned,
  finder: VisitorFinder,
): note is NoteOfAssigned & Required<Pick<NoteOfAssigned, 'assigned'>> {
  return note.assigned !== undefined && isMention({ ...note.assigned.text, expiresAtMs: 0 }, finder);
}

/** The visitor's rows among those that share the tag. */
async function visitsAmong(
  reader: CentralReader,
  sealed: readonly SealedRows[],
  keys: HourKeysOfGateways,
  visitor: string,
  lines: LinesOfGateways,
): Promise<CentralTrace[]> {
  const found: CentralTrace[] = [];
  const filter = { ...ever, visitor: visitorInRow(visitor) };
  for (const [hour, group] of byHour(sealed.map((rows) => ({ hour: rows.hour.hour, rows })))) {
    for (const { rows } of group) {
      const { octets, isNoted } = openHourOfGateways(hour, [rows], keys, lines, filter);
      const texts = isNoted ? await textsOfHours(reader, [rows.hour], keys, lines) : [];
      for (let at = 0; at < octets.length; at += openedBytes) {
        const fields = fieldsAt(octets, at);
        const row = rowNameAt(octets, at);
        const noted = (fields.flags & notedBit) === 0 ? null : noteOf(texts, rows, row);
        if ((noted?.visitor ?? fields.visitor) === visitor)
          found.push({ kind: 'visits', hour: rows.hour, row, noteId: noted?.id ?? null });
      }
    }
  }
  return found;
}

function noteOf(
  texts: readonly CentralText[],
  { hour }: SealedRows,
  row: string,
): { readonly id: number; readonly visitor?: string } | null {
  for (const { id, fields, hour: its } of texts)
    if (fields?.kind === 'note' && fields.row === row && refNumber(its) === refNumber(hour))
      return { id, ...(fields.visitor === undefined ? {} : { visitor: fields.visitor }) };
  return null;
}

/** Rows that go in one transaction. */
const rowsAtOnce = 500;

/** Rows that went, of the hours that they were of. */
export interface RemovedTraces {
  readonly rows: Required<DestroyedRows>;
  /** Ascending. */
  readonly hours: readonly number[];
}

/** Removes rows; `ledger` gets what each transaction has removed, once it is committed. */
export async function removeTraces(
  { transact }: Corrector,
  traces: readonly CentralTrace[],
  ledger: (removed: RemovedTraces) => void,
): Promise<RemovedTraces> {
  const gone: CentralTrace[] = [];
  for (let from = 0; from < traces.length; from += rowsAtOnce) {
    const some = traces.slice(from, from + rowsAtOnce);
    const visits = some.filter((trace) => trace.kind === 'visits');
    const texts = some.filter((trace) => trace.kind !== 'visits');
    const removed = await transact(async (inside) => {
      const goneVisits = await removeVisits(inside, visits);
      const goneTexts = await removeTexts(inside, texts);
      return [
        ...visits.filter((_, index) => goneVisits.has(index)),
        ...texts.filter((_, index) => goneTexts.has(index)),
      ];
    });
    if (removed.length > 0) ledger(summed(removed));
    gone.push(...removed);
  }
  return summed(gone);
}

function summed(traces: readonly CentralTrace[]): RemovedTraces {
  const rows = { visits: 0, unresolved: 0, undecodable: 0, notices: 0, parts: 0 };
  for (const { kind } of traces) rows[kind] += 1;
  return { rows, hours: [...new Set(traces.map(({ hour }) => hour.hour))].sort((a, b) => a - b) };
}

/** Puts stars in the place of the number in the texts of others; how many there were. */
export async function starTraces(
  corrector: Corrector,
  { mentions, assigned }: Pick<CentralTraces, 'mentions' | 'assigned'>,
  finder: VisitorFinder,
): Promise<number> {
  let starred = 0;
  for (const mention of mentions)
    starred += await corrector.transact(async (inside) => {
      const gone = await removeTexts(inside, [mention]);
      if (gone.size === 0) return 0;
      const text = unstored(starredText(mention.text, finder));
      await addCorrections(corrector, inside, { visits: [], texts: [text] });
      return 1;
    });
  for (const each of assigned)
    starred += await corrector.transact(async (inside) => {
      const gone = await removeVisits(inside, [each]);
      if (gone.size === 0) return 0;
      const { visit, text } = each.assigned;
      const madeOf = starredText({ ...text, expiresAtMs: 0 }, finder);
      await addCorrections(corrector, inside, { visits: [{ ...visit, madeOf }], texts: [] });
      return 1;
    });
  return starred;
}
