import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable, printableJson } from '../../base/printable.ts';
import { formatMinute, type Zone } from '../../base/zone.ts';
import { wholeText } from '../../export/export.ts';
import type { Column } from '../../export/visit-columns.ts';
import type { Branch, Venue } from '../../store/records.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { parseVenue } from '../../visits/resolve.ts';
import { venueWords } from '../../words/commands/venue.ts';
import { type Configured, configured } from '../configured.ts';
import { placeJson, placeNumber, unknownPlace } from '../officer/places.ts';
import { spokenCsv } from '../officer/spoken-csv.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { listUnregistered } from './venue-unregistered.ts';

interface ListFlags {
  readonly search?: string;
  readonly unregistered?: boolean;
  readonly json?: boolean;
  readonly format: 'table' | 'csv' | 'json';
}

export async function listVenues(given: Invocation, flags: ListFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  const { config } = invocation;
  return withRegister(invocation, 'reader', async (register) => {
    if (flags.unregistered) return listUnregistered(invocation, register, flags.json ? 'json' : flags.format);
    const all = await register.venues();
    const venues = matching(all, flags.search, config.numbering.areaCode);
    if (venues.length === 0) throw all.length === 0 ? fault('venue.none') : fault('venue.no-match');
    await writeVenues(invocation, venues, flags.json ? 'json' : flags.format);
    return exitCode.done;
  });
}

export async function writeVenues(
  invocation: Configured,
  venues: readonly Venue[],
  format: 'table' | 'csv' | 'json',
): Promise<void> {
  const { shell } = invocation;
  if (format === 'csv') shell.stdout.write(venueCsv(venues, invocation));
  else await writeLine(shell.stdout, format === 'json' ? venuesJson(venues) : venuesTable(venues, shell));
}

/** Each word stands in the name, the address or the number of one place, however it is spaced. */
export function matching(
  venues: readonly Venue[],
  search: string | undefined,
  areaCode: string,
): readonly Venue[] {
  if (search === undefined) return venues;
  const number = parseVenue(search, areaCode);
  const digits = search.replace(/\D/g, '');
  const isNumber = digits.length >= 3 && /^[\d\s().+-]+$/.test(search.normalize('NFKC'));
  const words = search.trim().split(/\s+/).map(plain);
  return venues.filter((venue) => {
    if (venue.number === number || (isNumber && venue.number.includes(digits))) return true;
    return [venue, ...venue.branches].some(({ name, address }) => {
      const place = `${plain(name ?? '')}\n${plain(address ?? '')}\n${venue.number}`;
      return words.every((word) => place.includes(word));
    });
  });
}

/** ASCII and Hangul syllables, which have one form. */
const composed = /^[\x20-\x7e\uac00-\ud7a3]*$/;

function plain(text: string): string {
  return (composed.test(text) ? text : text.normalize('NFKC')).toLowerCase().replace(/\s/g, '');
}

function venuesJson(venues: readonly Venue[]): string {
  return venues.map((venue) => printableJson(placeJson(venue))).join('\n');
}

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

function venuesTable(venues: readonly Venue[], { language }: Shell): string {
  const { heads, andMore } = venueWords[language];
  const rows = venues.map(({ number, name, address, branches }) => {
    const called = printable(name ?? '');
    const title = branches.length === 0 ? called : andMore(called, branches.length);
    return [formatNational(number), title, printable(address ?? '')];
  });
  return formatTable([heads.number, heads.name, heads.address], rows).join('\n');
}

interface ShowFlags {
  readonly json?: boolean;
}

export async function showVenue(given: Invocation, typed: string, flags: ShowFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  const { shell, config, zone } = invocation;
  return withRegister(invocation, 'reader', async (register) => {
    const venue = await register.venueOf(placeNumber(typed, config.numbering.areaCode));
    if (venue === null) throw unknownPlace(typed);
    const visits = await register.visitsAt(venue.number);
    const removedAt = venue.removedAtMs === null ? null : zone.format(venue.removedAtMs);
    await writeLine(
      shell.stdout,
      flags.json
        ? printableJson({ ...placeJson(venue), removed_at: removedAt, visits })
        : venueText(venue, visits, zone, shell),
    );
    return exitCode.done;
  });
}

function venueText(venue: Venue, visits: number, zone: Zone, { language }: Shell): string {
  const words = venueWords[language].show;
  const { number, issued, removedAtMs } = venue;
  const places = [venue, ...venue.branches].map(({ name, address }) => {
    const where = address === null ? '' : ` (${printable(address)})`;
    return `  ${printable(name ?? words.noName)}${where}`;
  });
  return [
    `${formatNational(number)}${issued ? `  ${words.issued}` : ''}`,
    ...places,
    words.visits(visits),
    ...(removedAtMs === null ? [] : [words.removed(formatMinute(zone, removedAtMs))]),
  ].join('\n');
}
