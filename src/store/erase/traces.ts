import { listsWith } from '../audit/audit-noise.ts';
import type { DestroyedRows } from '../audit/audit-types.ts';
import type { Connection } from '../database/database.ts';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';
import { associatedData, decodeVisitor, lookupTag, sealedIn } from '../sealing/bound-data.ts';
import { unseal } from '../sealing/seal.ts';
import { openTextBody, textKinds } from '../tables/texts.ts';
import type { TracedRow, Traces } from './erase-types.ts';

/** Fewer digits than these are found by chance in any longer number. */
const leastDigits = 8;
const country = '82';

/**
 * How a number (canonical) can lie in a PDU or a text: its digits, national and with the country, and the same as the
 * semi-octets of an address field (3GPP TS 23.040 §9.1.2.3) in hexadecimal. Empty if it is not a long number.
 */
interface NumberForms {
  readonly digits: readonly string[];
  readonly semiOctets: readonly string[];
}

function numberForms(canonical: string): NumberForms {
  const plain = canonical.replace(/^\+/, '');
  if (!/^\d+$/.test(plain) || plain.length < leastDigits) return { digits: [], semiOctets: [] };
  const digits = plain.startsWith('0') ? [plain, `${country}${plain.slice(1)}`] : [plain];
  return { digits, semiOctets: digits.map(semiOctetsOf) };
}

function semiOctetsOf(digits: string): string {
  const even = digits.length % 2 === 0 ? digits : `${digits}F`;
  return even.replace(/(.)(.)/g, '$2$1');
}

/** Whether what a modem printed contains a number (canonical), as an address or as it is typed. */
export function isPrintedIn(print: string, canonical: string): boolean {
  return printHolds(print, numberForms(canonical));
}

function printHolds(print: string, { digits, semiOctets }: NumberForms): boolean {
  const upper = print.toUpperCase();
  return [...digits, ...semiOctets].some((form) => upper.includes(form));
}

/**
 * Looks a visitor (canonical) up in every hour that has a key. Visits and parts are found by the hour's tag; texts are
 * opened one by one, because what could not be decoded has no sender, and its PDU may still hold the number.
 */
export function findTraces(
  db: Connection,
  keys: HourKeys,
  hours: readonly number[],
  visitor: string,
): Pick<Traces, 'rows' | 'asVenue' | 'pseudonyms'> {
  const forms = numberForms(visitor);
  const venues = db
    .prepare<[number, string], number>('SELECT count(*) FROM visits WHERE hour = ? AND venue = ?')
    .pluck();
  const found: TracedRow[][] = [];
  let asVenue = 0;
  for (const hour of hours) {
    const subkeys = keys.forReading(hour);
    if (subkeys === null) continue;
    const texts = textsOf(db, subkeys, hour, visitor, forms);
    found.push(visitsOf(db, subkeys, hour, visitor), partsOf(db, subkeys, hour, visitor), texts);
    asVenue += venues.get(hour, visitor) ?? 0;
  }
  let pseudonyms = 0;
  for (const _ of listsWith(db, keys, visitor)) pseudonyms += 1;
  return { rows: found.flat(), asVenue, pseudonyms };
}

/** How many there are of each kind. */
export function countTraces(rows: readonly TracedRow[]): Required<DestroyedRows> {
  const counts = { visits: 0, unresolved: 0, undecodable: 0, notices: 0, parts: 0 };
  for (const { kind } of rows) counts[kind] += 1;
  return counts;
}

type VisitRow = [venue: string, at: number, id: number, sealed: Buffer];

/** A row with the tag that cannot be opened was tampered with, and is taken for the visitor's. */
function visitsOf(db: Connection, keys: Subkeys, hour: number, visitor: string): TracedRow[] {
  return db
    .prepare<[number, Buffer], VisitRow>(
      'SELECT venue, visited_at, id, sealed FROM visits INDEXED BY visits_by_visitor WHERE hour = ? AND tag = ?',
    )
    .raw()
    .all(hour, lookupTag(keys, visitor))
    .filter(([venue, at, id, sealed]) => {
      const plain = unseal(keys, sealed, associatedData(sealedIn.visits, hour, id, at, venue));
      return plain === null || decodeVisitor(plain) === visitor;
    })
    .map(([venue, at, id]) => ({ kind: 'visits', hour, venue, at, id }));
}

function partsOf(db: Connection, keys: Subkeys, hour: number, visitor: string): TracedRow[] {
  return db
    .prepare<[number, Buffer], number>('SELECT id FROM parts WHERE hour = ? AND tag = ?')
    .pluck()
    .all(hour, lookupTag(keys, visitor))
    .map((id) => ({ kind: 'parts', hour, id }));
}

type TextRow = [id: number, at: number, kind: number, sealed: Buffer];

function textsOf(
  db: Connection,
  keys: Subkeys,
  hour: number,
  visitor: string,
  forms: NumberForms,
): TracedRow[] {
  const all = db
    .prepare<[number], TextRow>('SELECT id, at, kind, sealed FROM texts WHERE hour = ?')
    .raw()
    .iterate(hour);
  const rows: TracedRow[] = [];
  for (const [id, atMs, kind, sealed] of all) {
    const body = openTextBody(keys, hour, id, atMs, sealed);
    if (body === null) continue;
    const own = body.sender === visitor || (body.sender === null && printHolds(body.pdu, forms));
    if (own) rows.push({ kind: textKinds[kind] ?? 'undecodable', hour, id });
  }
  return rows;
}
