import type { Records, StoredText } from '../../store/records.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { stripWebMark } from '../../visits/spelled-digits.ts';
import type { NearPlaces } from '../near-places.ts';
import { joined, type TracedVisit, type VenueWindow } from './case-visits.ts';

type Named = Pick<Records, 'placeOf'>;

/** A visit to an unregistered number as one to the place that it is near to; `nearMiss` keeps the number. */
export async function visitNear(records: Named, visit: TracedVisit, venue: string): Promise<TracedVisit> {
  const place = await records.placeOf(venue, visit.visitedAtMs);
  return { ...visit, venue, place, nearMiss: formatNational(visit.venue) };
}

/** The unresolved texts of the windows that nearly name the venue of one of them, as visits to it. */
export async function* textsNear(
  records: Named & Pick<Records, 'texts'>,
  windows: readonly VenueWindow[],
  near: NearPlaces,
): AsyncGenerator<TracedVisit> {
  const venues = new Set(windows.map(({ venue }) => venue));
  for (const span of joined(windows))
    for await (const texts of records.texts({ ...span, kinds: ['unresolved'] }))
      yield* textsAsVisits(records, texts, near, venues);
}

/** Of these texts those that nearly name a place, as visits to it; `among` are the places, if not all. */
export async function* textsAsVisits(
  records: Named,
  texts: readonly StoredText[],
  near: NearPlaces,
  among?: ReadonlySet<string>,
): AsyncGenerator<TracedVisit> {
  for (const text of texts) {
    if (text.text === null || text.sender === null) continue;
    for (const venue of await near.meantIn(text.text, text.sender, among))
      yield await textAsVisit(records, text, text.sender, text.text, venue);
  }
}

async function textAsVisit(
  records: Named,
  { id, atMs, receivedAtMs, line, source, expiresAtMs }: StoredText,
  visitor: string,
  words: string,
  venue: string,
): Promise<TracedVisit> {
  return {
    id,
    visitedAtMs: atMs,
    visitor,
    venue,
    place: await records.placeOf(venue, atMs),
    receivedAtMs,
    line,
    timeSource: source,
    webSent: stripWebMark(words).webSent,
    expiresAtMs,
    correctedBy: null,
    nearMiss: words,
  };
}
