import { printable } from '../../base/printable.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { type ListedVenue, placesOf } from '../../visits/venue-list/merge-venue.ts';
import type { Language } from '../../words/bilingual.ts';
import { venueWords } from '../../words/commands/venue.ts';

interface Change {
  readonly before: ListedVenue | null;
  /** Null: it is registered no more. */
  readonly after: ListedVenue | null;
}

/** `031-324-2114  City Hall (1199 Jungbu-daero) -> Town Hall (1199 Jungbu-daero)` */
export function changeLine({ before, after }: Change, language: Language): string {
  const number = formatNational((after ?? before)?.number ?? '');
  return `${number}  ${calledText(before, language)} -> ${calledText(after, language)}`;
}

/** A venue's places with their addresses, or that it is not registered. */
function calledText(venue: ListedVenue | null, language: Language): string {
  const { show, unregistered } = venueWords[language];
  if (venue === null) return unregistered;
  const places = placesOf(venue).map(({ name, address }) => {
    const where = address === null ? '' : ` (${printable(address)})`;
    return `${printable(name ?? show.noName)}${where}`;
  });
  const removed = venue.removedAtMs === null ? '' : ` [${unregistered}]`;
  return `${places.join(' / ')}${removed}`;
}

export function changeJson({ before, after }: Change): object {
  const json = (venue: ListedVenue | null) => {
    if (venue === null) return null;
    const { name, address, branches, removedAtMs } = venue;
    return { name, address, branches, registered: removedAtMs === null };
  };
  return {
    number: formatNational((after ?? before)?.number ?? ''),
    before: json(before),
    after: json(after),
  };
}
