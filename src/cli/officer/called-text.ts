import { printable } from '../../base/printable.ts';
import { type ListedVenue, placesOf } from '../../visits/venue-list/merge-venue.ts';
import type { Language } from '../../words/bilingual.ts';
import { venueWords } from '../../words/commands/venue.ts';

/** A venue's places with their addresses, or that it is not registered. */
export function calledText(venue: ListedVenue | null, language: Language): string {
  const { show, unregistered } = venueWords[language];
  if (venue === null) return unregistered;
  const places = placesOf(venue).map(({ name, address }) => {
    const where = address === null ? '' : ` (${printable(address)})`;
    return `${printable(name ?? show.noName)}${where}`;
  });
  const removed = venue.removedAtMs === null ? '' : ` [${unregistered}]`;
  return `${places.join(' / ')}${removed}`;
}

export function calledJson({ name, address, branches, removedAtMs }: ListedVenue): object {
  return { name, address, branches, registered: removedAtMs === null };
}
