import { fault } from '../../base/errors.ts';
import type { Records, Venue } from '../../store/records.ts';
import { readNumberCell } from '../../visits/venue-list/number-cell.ts';
import { venueWords } from '../../words/commands/venue.ts';
import { type Shell, writeLine } from '../shell.ts';
import type { VenueList } from './list-file.ts';

/** The registered places of a list; says which of its lines name none. Error: `venue.no-match`. */
export async function listedVenues(
  shell: Shell,
  register: Records,
  { records, columns }: VenueList,
  areaCode: string,
): Promise<Venue[]> {
  const known = new Map((await register.venues()).map((venue) => [venue.number, venue]));
  const found: Venue[] = [];
  let unreadable = 0;
  let unregistered = 0;
  for (const { cells } of records) {
    const read = readNumberCell(cells[columns.number] ?? '', areaCode);
    if ('doubt' in read) unreadable += 1;
    else
      for (const number of read.numbers) {
        const venue = known.get(number);
        if (venue === undefined) unregistered += 1;
        else found.push(venue);
      }
  }
  const words = venueWords[shell.language].remove;
  if (unreadable + unregistered > 0)
    await writeLine(shell.stderr, `visitlog: ${words.leftOut(unregistered, unreadable)}`);
  if (found.length === 0) throw fault('venue.no-match');
  return distinct(found);
}

/** Each place once, in the order given. */
export function distinct(venues: readonly Venue[]): Venue[] {
  return [...new Map(venues.map((venue) => [venue.number, venue])).values()];
}
