import { type NearMissReason, nearMissIndex } from './near-miss.ts';
import { type CalledPlace, placeNameIndex } from './place-names.ts';

/** How a text comes near to a place: by its number, or because it has the name that this place alone has. */
export type NearestReason = NearMissReason | 'named';

/** A place that a text may mean. */
export interface NearestPlace {
  /** Canonical. */
  readonly venue: string;
  readonly reason: NearestReason;
}

export interface NearestPlaces {
  /** The likeliest first. `sender`, canonical, is never taken for a typo. */
  of(text: string, sender: string | null): readonly NearestPlace[];
}

export function nearestPlaces(places: readonly CalledPlace[], areaCode: string): NearestPlaces {
  const numbers = nearMissIndex(
    places.map(({ number }) => number),
    areaCode,
  );
  const names = placeNameIndex(places);
  return {
    of(text, sender) {
      const near = numbers.of(text, sender);
      const exact = near.filter(({ cost }) => cost === 0);
      const named = names.of(text).map((venue) => ({ venue, reason: 'named' as const }));
      const typos = near.filter(({ cost }) => cost > 0);
      // A name says less than the place's own number, and more than a number with a typo.
      const all = new Map<string, NearestPlace>();
      for (const { venue, reason } of [...exact, ...named, ...typos])
        if (!all.has(venue)) all.set(venue, { venue, reason });
      return [...all.values()];
    },
  };
}
