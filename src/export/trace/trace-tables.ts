import { formatNational, maskNumber, type ShownDigits } from '../../visits/phone-number.ts';
import type { Column } from '../visit-columns.ts';
import type { TraceRow } from './trace-columns.ts';

/** Whoever met a case, or a contact, as one row of the list of those to be called. */
export interface ContactPerson {
  readonly contactNumber: number;
  readonly visitor: string;
  /** Whom they met, in order: cases, or contacts. */
  readonly cases: readonly number[];
  readonly through: readonly number[];
  /** 1: a case was met; 2: a contact was. */
  readonly degree: 1 | 2;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly meetings: number;
  readonly places: readonly string[];
  /** Of the meeting that was nearest in time. */
  readonly closestMinutes: number;
  /** Every meeting rests on a mistyped number or text. */
  readonly isNear: boolean;
}

/** The contacts of a trace's rows, one each, in their order. */
export function contactPeople(rows: readonly TraceRow[]): ContactPerson[] {
  const byContact = new Map<number, TraceRow[]>();
  for (const row of rows) {
    if (row.contactNumber === null) continue;
    const known = byContact.get(row.contactNumber);
    if (known === undefined) byContact.set(row.contactNumber, [row]);
    else known.push(row);
  }
  return [...byContact].map(([contactNumber, own]) => personOf(contactNumber, own));
}

function personOf(contactNumber: number, rows: readonly TraceRow[]): ContactPerson {
  const times = rows.map(({ visitedAtMs }) => visitedAtMs);
  const minutes = rows.map(({ minutesAfter }) => Math.abs(minutesAfter ?? 0));
  return {
    contactNumber,
    visitor: rows[0]?.visitor ?? '',
    cases: inOrder(rows.map(({ caseNumber }) => caseNumber)),
    through: inOrder(rows.map(({ through }) => through)),
    degree: rows[0]?.degree ?? 1,
    firstMs: Math.min(...times),
    lastMs: Math.max(...times),
    meetings: rows.length,
    places: [...new Set(rows.map(({ place }) => place.name ?? formatNational(place.number)))],
    closestMinutes: Math.min(...minutes),
    isNear: rows.every(({ nearMiss }) => nearMiss !== undefined),
  };
}

/** Each once. */
function inOrder(numbers: readonly (number | null)[]): number[] {
  return [...new Set(numbers.filter((number) => number !== null))].sort((a, b) => a - b);
}

/** The columns of a list of people to be called; the last two are to be filled in by hand. */
export function peopleColumns({
  reveal,
  digits,
  depth,
}: {
  readonly reveal: boolean;
  readonly digits?: ShownDigits | undefined;
  readonly depth: 1 | 2;
}): readonly Column<ContactPerson>[] {
  const format = reveal ? formatNational : (number: string) => maskNumber(number, digits);
  const empty = { kind: 'text', value: () => null } as const;
  const steps: readonly Column<ContactPerson>[] = [
    { key: 'degree', kind: 'number', width: 5, value: ({ degree }) => degree },
    { key: 'through', kind: 'text', width: 9, value: ({ through }) => through.join(', ') },
  ];
  return [
    { key: 'no', kind: 'number', width: 6, value: ({ contactNumber }) => contactNumber },
    { key: 'visitor', kind: 'text', width: 17, value: ({ visitor }) => format(visitor) },
    { key: 'case', kind: 'text', width: 9, value: ({ cases }) => cases.join(', ') },
    ...(depth === 2 ? steps : []),
    { key: 'first_met', kind: 'instant', width: 20, value: ({ firstMs }) => firstMs },
    { key: 'last_met', kind: 'instant', width: 20, value: ({ lastMs }) => lastMs },
    { key: 'places', kind: 'text', width: 34, value: ({ places }) => places.join(', ') },
    { key: 'meetings', kind: 'number', width: 8, value: ({ meetings }) => meetings },
    { key: 'closest_minutes', kind: 'number', width: 10, value: ({ closestMinutes }) => closestMinutes },
    { key: 'match', kind: 'text', width: 9, value: ({ isNear }) => (isNear ? 'near' : 'exact') },
    { key: 'call_result', width: 18, ...empty },
    { key: 'remark', width: 22, ...empty },
  ];
}

/** A stop of a case's route. */
export interface Stop {
  readonly row: TraceRow;
  readonly number: number;
}

/** The cases' own visits, in order of time. */
export function routeStops(rows: readonly TraceRow[]): Stop[] {
  return rows
    .filter(({ contactNumber }) => contactNumber === null)
    .sort((a, b) => (a.caseNumber ?? 0) - (b.caseNumber ?? 0) || a.visitedAtMs - b.visitedAtMs)
    .map((row, index) => ({ row, number: index + 1 }));
}

/** The order in which cities publish a route: area, place, address, time. */
export const routeColumns: readonly Column<Stop>[] = [
  { key: 'no', kind: 'number', width: 6, value: ({ number }) => number },
  { key: 'case', kind: 'number', width: 9, value: ({ row }) => row.caseNumber },
  { key: 'area', kind: 'text', width: 22, value: ({ row }) => areaOf(row.place.address) },
  {
    key: 'venue_name',
    kind: 'text',
    width: 30,
    value: ({ row }) => row.place.name ?? formatNational(row.place.number),
  },
  { key: 'venue_address', kind: 'text', width: 50, value: ({ row }) => row.place.address },
  { key: 'visited_at', kind: 'instant', width: 20, value: ({ row }) => row.visitedAtMs },
  {
    key: 'match',
    kind: 'text',
    width: 9,
    value: ({ row }) => (row.nearMiss === undefined ? 'exact' : 'near'),
  },
];

/** `용인시 수지구` of `경기도 용인시 수지구 성복2로 126`; null if the address does not begin with an area. */
export function areaOf(address: string | null): string | null {
  const words = address?.trim().split(/\s+/) ?? [];
  const parts: string[] = [];
  for (const word of words) {
    if (!/[가-힣](?:도|시|군|구|읍|면)$/.test(word)) break;
    parts.push(word);
  }
  const local = parts.filter((word) => !word.endsWith('도'));
  return (local.length > 0 ? local : parts).join(' ') || null;
}
