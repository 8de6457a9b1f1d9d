import { listsWith } from '../audit/audit-noise.ts';
import type { DestroyedRows } from '../audit/audit-types.ts';
import type { Connection } from '../database/database.ts';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';
import { associatedData, decodeVisitor, lookupTag, sealedIn } from '../sealing/bound-data.ts';
import { unseal } from '../sealing/seal.ts';
import { venueTag } from '../sealing/tags.ts';
import { partsOfSender } from '../tables/parts.ts';
import { countedAs, textsOfHour } from '../tables/texts.ts';
import { countOfPlace } from '../tables/visit-tables.ts';
import { visitorRows } from '../tables/visitor-rows.ts';
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
): Pick<Traces, 'asVenue' | 'pseudonyms'> & { readonly rows: readonly TracedRow[] } {
  const forms = numberForms(visitor);
  const venues = visitsAtVenue(db);
  const sealedRows = visitorRows({ db, keys }, visitor);
  const found: TracedRow[][] = [];
  let asVenue = 0;
  for (const hour of hours) {
    const subkeys = keys.forReading(hour);
    if (subkeys === null) continue;
    const texts = textsOf(db, keys, hour, visitor, forms);
    const sealed = sealedRows(hour, subkeys);
    found.push(
      oldVisitsOf(db, subkeys, hour, visitor),
      sealed.map((row) => ({ kind: 'visits', hour, ...row })),
      partsOfSender({ db, keys }, hour, visitor).map(({ id }) => ({ kind: 'parts', hour, id })),
      texts,
    );
    asVenue += venues(hour, subkeys, visitor);
  }
  let pseudonyms = 0;
  for (const _ of listsWith(db, keys, visitor)) pseudonyms += 1;
  return { rows: found.flat(), asVenue, pseudonyms };
}

/** How many visits of an hour there are to a place. */
function visitsAtVenue(db: Connection): (hour: number, keys: Subkeys, venue: string) => number {
  const old = db
    .prepare<[number, string], number>('SELECT count(*) FROM visits WHERE hour = ? AND venue = ?')
    .pluck();
  const sealed = countOfPlace(db);
  return (hour, keys, venue) => (old.get(hour, venue) ?? 0) + sealed(hour, venueTag(keys, venue));
}

/** How many there are of each kind. */
export function countTraces(rows: readonly Pick<TracedRow, 'kind'>[]): Required<DestroyedRows> {
  const counts = { visits: 0, unresolved: 0, undecodable: 0, notices: 0, parts: 0 };
  for (const { kind } of rows) counts[kind] += 1;
  return counts;
}

type VisitRow = [venue: string, at: number, id: number, sealed: Buffer];

/** Of the form before. A row with the tag that cannot be opened was tampered with, and is taken for the visitor's. */
function oldVisitsOf(db: Connection, keys: Subkeys, hour: number, visitor: string): TracedRow[] {
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

function textsOf(
  db: Connection,
  keys: HourKeys,
  hour: number,
  visitor: string,
  forms: NumberForms,
): TracedRow[] {
  const rows: TracedRow[] = [];
  for (const { id, fields } of textsOfHour({ db, keys }, hour)) {
    if (fields === null) continue;
    const { sender, pdu, kind } = fields;
    const own = sender === visitor || (sender === null && printHolds(pdu, forms));
    if (own) rows.push({ kind: countedAs[kind], hour, id });
  }
  return rows;
}
