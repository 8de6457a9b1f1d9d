import { wholeText } from '../../export/export.ts';
import type { Column } from '../../export/visit-columns.ts';
import type { Branch, Venue } from '../../store/records.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Configured } from '../configured.ts';
import { spokenCsv } from '../officer/spoken-csv.ts';

interface CsvPlace extends Branch {
  readonly number: string;
}

const csvColumns: readonly Column<CsvPlace>[] = [
  { key: 'number', kind: 'text', width: 16, value: ({ number }) => formatNational(number) },
  { key: 'name', kind: 'text', width: 24, value: ({ name }) => name },
  { key: 'address', kind: 'text', width: 40, value: ({ address }) => address },
];

/** Places as `venue import` reads them back: one line for each, several for a number that several share. */
export function venueCsv(venues: readonly Venue[], invocation: Configured): Uint8Array {
  const writer = spokenCsv(csvColumns, invocation);
  const places = venues.flatMap(({ number, name, address, branches }) =>
    [{ name, address }, ...branches].map((place) => ({ number, ...place })),
  );
  return wholeText(writer, places);
}
