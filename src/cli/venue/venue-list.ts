import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable, printableJson } from '../../base/printable.ts';
import { formatMinute, type Zone } from '../../base/zone.ts';
import type { Venue } from '../../store/records.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { parseVenue } from '../../visits/resolve.ts';
import { venueWords } from '../../words/commands/venue.ts';
import { type Configured, configured } from '../configured.ts';
import { formatLongTable } from '../long-table.ts';
import { placeJson, placeNumber, unknownPlace } from '../officer/places.ts';
import { sayElsewhere } from '../officer/say-elsewhere.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';

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
    if (flags.unregistered) {
      await sayElsewhere(invocation);
      const { listUnregistered } = await import('./venue-unregistered.ts');
      return listUnregistered(invocation, register, flags.json ? 'json' : flags.format);
    }
    const { areaCode } = config.numbering;
    const words = flags.search === undefined ? null : wordsOf(flags.search, areaCode);
    const among = words === null ? await register.venues() : await register.venuesWith(words);
    const venues = matching(among, flags.search, areaCode);
    if (venues.length === 0)
      throw (await register.venueNumbers()).length === 0 ? fault('venue.none') : fault('venue.no-match');
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
  if (format === 'csv') {
    const { venueCsv } = await import('./venue-csv.ts');
    shell.stdout.write(venueCsv(venues, invocation));
  } else
    await writeLine(shell.stdout, format === 'json' ? venuesJson(venues) : await venuesTable(venues, shell));
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
  const isNumber = digits.length >= 3 && isTypedNumber(search);
  const words = plainWords(search);
  return venues.filter((venue) => {
    if (venue.number === number || (isNumber && venue.number.includes(digits))) return true;
    return [venue, ...venue.branches].some(({ name, address }) => {
      const place = `${name ?? ''}${apart}${address ?? ''}`;
      // Most have it as it was typed.
      if (composed.test(place) && words.every((word) => place.includes(word))) return true;
      const plainPlace = plain(place);
      return words.every((word) => plainPlace.includes(word) || venue.number.includes(word));
    });
  });
}

/** What a register can look for; null if it may be a number, which has other forms. */
function wordsOf(search: string, areaCode: string): readonly string[] | null {
  return isTypedNumber(search) || parseVenue(search, areaCode) !== null ? null : plainWords(search);
}

function isTypedNumber(search: string): boolean {
  return /^[\d\s().+-]+$/.test(search.normalize('NFKC'));
}

function plainWords(search: string): string[] {
  return search.trim().split(/\s+/).map(plain);
}

/** No word of a search goes from the name into the address. */
const apart = '\x7f';
/** ASCII without capitals, and Hangul syllables: they have one form, and most of a list needs nothing else. */
const composed = /^[\x20-@[-\x7f\uac00-\ud7a3]*$/;

function plain(text: string): string {
  const one = composed.test(text) ? text : text.normalize('NFKC').toLowerCase();
  return one.replace(/\s+/g, '');
}

function venuesJson(venues: readonly Venue[]): string {
  return venues.map((venue) => printableJson(placeJson(venue))).join('\n');
}

async function venuesTable(venues: readonly Venue[], { language }: Shell): Promise<string> {
  const { heads, andMore } = venueWords[language];
  const rows = venues.map(({ number, name, address, branches }) => {
    const called = printable(name ?? '');
    const title = branches.length === 0 ? called : andMore(called, branches.length);
    return [formatNational(number), title, printable(address ?? '')];
  });
  return (await formatLongTable([heads.number, heads.name, heads.address], rows)).join('\n');
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
    await sayElsewhere(invocation);
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
