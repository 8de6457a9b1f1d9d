import { inBatches } from '../../base/batches.ts';
import type { Missed } from '../../store/database/row-batches.ts';
import { hourEndMs, hourOf, hourStartMs } from '../../store/hour.ts';
import type { AssignedQuery, AssignedText, StoredText, TextQuery, Window } from '../../store/records.ts';
import { idAt } from '../../store/sealing/visit-row.ts';
import { type Note, openSealedText, type TextFields } from '../../store/tables/sealed-texts.ts';
import { compareTexts, storedText } from '../../store/tables/texts.ts';
import type { CentralReader } from './central-reader.ts';
import {
  byDay,
  type GatewayHour,
  gatewayHours,
  type HourKeysOfGateways,
  openKeys,
  refNumber,
} from './gateway-hours.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';

/** A sealed text of a gateway's hour. */
export interface CentralText {
  readonly hour: GatewayHour;
  readonly id: number;
  /** Null if it does not open. A text's line is the number of `LinesOfGateways`. */
  readonly fields: TextFields | Note | null;
}

interface TextRow {
  readonly hour: number;
  readonly gatewayNo: number;
  readonly keyNo: number;
  readonly id: number;
  readonly sealed: Buffer;
}

const columns = 't.hour, t.gateway AS "gatewayNo", t.key_no AS "keyNo", t.id::float8 AS id, t.sealed';

/** Every sealed text of these hours, notes too, in no order. */
export async function textsOfHours(
  reader: CentralReader,
  hours: readonly GatewayHour[],
  keys: HourKeysOfGateways,
  lines: LinesOfGateways,
): Promise<CentralText[]> {
  if (hours.length === 0) return [];
  const rows = await reader.ask<TextRow>(
    `SELECT ${columns} FROM visitlog.texts t WHERE t.hour BETWEEN $1 AND $2`,
    [hours[0]?.hour, hours.at(-1)?.hour],
  );
  return opened(rows, hours, keys, lines);
}

function opened(
  rows: readonly TextRow[],
  hours: readonly GatewayHour[],
  keys: HourKeysOfGateways,
  lines: LinesOfGateways,
): CentralText[] {
  const names = new Map(hours.map((hour) => [refNumber(hour), hour]));
  return rows.flatMap((row) => {
    const hour = names.get(refNumber(row));
    if (hour === undefined) return [];
    const fields = openSealedText(keys.of(hour), hour.hour, row.id, row.sealed);
    return { hour, id: row.id, fields: fields && withLine(fields, hour, lines) };
  });
}

function withLine<T extends TextFields | Note>(
  fields: T,
  { gatewayNo }: GatewayHour,
  lines: LinesOfGateways,
): T {
  return fields.kind === 'note' ? fields : { ...fields, line: lines.numberOf(gatewayNo, fields.line) };
}

/** The texts of a window, a day of hours at a time. */
export async function* textsByDay(
  reader: CentralReader,
  window: Window,
  lines: LinesOfGateways,
): AsyncGenerator<readonly CentralText[]> {
  yield* textsOfDays(reader, await gatewayHours(reader, window, 'with-texts'), lines);
}

/** Few hours have any: the keys of the others are not opened for it. */
async function* textsOfDays(
  reader: CentralReader,
  hours: readonly GatewayHour[],
  lines: LinesOfGateways,
): AsyncGenerator<readonly CentralText[]> {
  for (const day of byDay(hours)) {
    const keys = await openKeys(reader, day);
    try {
      yield await textsOfHours(reader, day, keys, lines);
    } finally {
      keys.close();
    }
  }
}

/** Texts in order of time. */
export async function* openedTexts(
  reader: CentralReader,
  query: TextQuery,
  linesOf: () => Promise<LinesOfGateways>,
  missed: Missed,
): AsyncGenerator<readonly StoredText[]> {
  const hours = await gatewayHours(reader, query, 'with-texts');
  if (hours.length === 0) return;
  const lines = await linesOf();
  for await (const day of textsOfDays(reader, hours, lines)) {
    const found: (TextFields & { readonly id: number })[] = [];
    for (const { id, fields } of day) {
      if (fields === null) missed();
      else if (fields.kind !== 'note' && isWanted(fields, query)) found.push({ id, ...fields });
    }
    found.sort(compareTexts);
    yield* inBatches(named(found, reader, lines));
  }
}

function isWanted({ at, kind }: TextFields, { fromMs, toMs, kinds }: TextQuery): boolean {
  return at >= fromMs && at < toMs && (kinds?.includes(kind) ?? true);
}

function* named(
  found: readonly (TextFields & { readonly id: number })[],
  { retentionMs }: CentralReader,
  lines: LinesOfGateways,
): Generator<StoredText> {
  for (const { id, ...fields } of found) yield storedText({ lines, retentionMs }, id, fields);
}

/** The sealed texts of these ids, wherever they lie. Two gateways may have given one id. */
export async function textsOfIds(
  reader: CentralReader,
  ids: readonly number[],
  lines: LinesOfGateways,
): Promise<CentralText[]> {
  const rows = await reader.ask<TextRow>(`SELECT ${columns} FROM visitlog.texts t WHERE t.id = ANY ($1)`, [
    ids,
  ]);
  if (rows.length === 0) return [];
  const wanted = new Set(rows.map(({ hour }) => hour));
  const all = [...wanted].sort((a, b) => a - b);
  const window = { fromMs: hourStartMs(all[0] ?? 0), toMs: hourEndMs(all.at(-1) ?? 0) };
  const hours = (await gatewayHours(reader, window)).filter(({ hour }) => wanted.has(hour));
  const keys = await openKeys(reader, hours);
  try {
    return opened(rows, hours, keys, lines);
  } finally {
    keys.close();
  }
}

/** The text of an id. */
export async function textOf(
  reader: CentralReader,
  window: Window,
  id: number,
  lines: LinesOfGateways,
): Promise<StoredText | null> {
  for (const { fields } of await textsOfIds(reader, [id], lines))
    if (fields !== null && fields.kind !== 'note' && isWanted(fields, window))
      return storedText({ lines, retentionMs: reader.retentionMs }, id, fields);
  return null;
}

/** The notes of one hour's visits, by the name of the row that they belong to. */
export function notesIn(texts: readonly CentralText[]): Map<string, Note> {
  const notes = new Map<string, Note>();
  for (const { fields } of texts) if (fields?.kind === 'note') notes.set(fields.row, fields);
  return notes;
}

/** A visit that staff assigned, with the rows that it lies in. */
export interface CentralAssigned extends AssignedText {
  readonly hour: GatewayHour;
  /** Names the visit's row within its hour. */
  readonly row: string;
  readonly noteId: number;
}

/** Texts that staff assigned, by the time of their visits. */
export async function assignedTexts(
  reader: CentralReader,
  { ids, ...window }: AssignedQuery,
  lines: LinesOfGateways,
): Promise<CentralAssigned[]> {
  const wanted = ids === undefined ? null : new Set(ids);
  const found: CentralAssigned[] = [];
  for await (const day of textsByDay(reader, window, lines))
    for (const { fields, id: noteId, hour } of day) {
      if (fields?.kind !== 'note' || fields.assigned === undefined) continue;
      const { visit, text } = fields.assigned;
      if (visit.atMs < window.fromMs || visit.atMs >= window.toMs) continue;
      if (wanted !== null && !wanted.has(text.id)) continue;
      const visitId = Buffer.from(fields.row, 'hex').readUInt32BE(idAt);
      const kept = { ...text, expiresAtMs: text.atMs + reader.retentionMs };
      found.push({ visitId, visit, text: kept, hour, row: fields.row, noteId });
    }
  return found.sort(
    (a, b) =>
      hourOf(a.visit.atMs) - hourOf(b.visit.atMs) || a.visit.atMs - b.visit.atMs || a.visitId - b.visitId,
  );
}
