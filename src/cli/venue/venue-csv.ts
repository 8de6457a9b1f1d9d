import type { Zone } from '../../base/zone.ts';
import { csvWriter } from '../../export/csv.ts';
import type { Column } from '../../export/visit-columns.ts';
import type { Branch, Venue } from '../../store/register-types.ts';
import { formatNational } from '../../visits/phone-number.ts';

interface Place extends Branch {
  readonly number: string;
}

const columns: readonly Column<Place>[] = [
  { key: 'number', kind: 'text', width: 16, value: ({ number }) => formatNational(number) },
  { key: 'name', kind: 'text', width: 24, value: ({ name }) => name },
  { key: 'address', kind: 'text', width: 40, value: ({ address }) => address },
];

/** Venues as `venue import` reads them back: a line for each place, several for a number that several share. */
export function venueCsv(venues: readonly Venue[], zone: Zone): Uint8Array {
  const writer = csvWriter(columns, { zone });
  const places = venues.flatMap(({ number, name, address, branches }) =>
    [{ name, address }, ...branches].map((place) => ({ number, ...place })),
  );
  return Buffer.concat([writer.begin(), writer.rows(places), writer.end()]);
}
