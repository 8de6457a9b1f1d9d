import { memo } from '../base/memo.ts';
import type { Records } from '../store/records.ts';
import { mistypingCost, nearMissIndex } from '../visits/near-miss.ts';
import { numbersNear } from '../visits/typed-digits.ts';

/**
 * The registered places, by what is one slip of the finger away from their numbers. A number that is not registered
 * itself tells nothing about its neighbours: most such numbers exist.
 */
export interface NearPlaces {
  /** The numbers near that place's, which may have been removed, that no place is or was registered under. */
  numbersNear(venue: string): readonly string[];
  /** The registered places that a visitor of this unregistered number may have meant: the likeliest, or several alike. */
  meantBy(number: string): readonly string[];
  /** The places that a text may mean, of these or of all that are registered: the likeliest, or several alike. */
  meantIn(text: string, sender: string | null, among?: ReadonlySet<string>): readonly string[];
}

export async function nearPlaces(
  records: Pick<Records, 'venueNumbers'>,
  areaCode: string,
): Promise<NearPlaces> {
  const known = new Set(await records.venueNumbers('all'));
  const registered = await records.venueNumbers('registered');
  const isKnown = (number: string) => known.has(number);
  const isOpen = new Set(registered);
  // An index of a city's places takes a fifth of a second: it is made when it is asked for.
  let index: ReturnType<typeof nearMissIndex> | null = null;
  const indexes = new WeakMap<ReadonlySet<string>, ReturnType<typeof nearMissIndex>>();
  const indexOf = (among: ReadonlySet<string> | undefined) => {
    if (among === undefined) {
      index ??= nearMissIndex(registered, areaCode);
      return index;
    }
    const made = indexes.get(among) ?? nearMissIndex([...among].filter(isKnown), areaCode);
    indexes.set(among, made);
    return made;
  };
  const meantBy = memo(mostRemembered, (number: string) => {
    const near = numbersNear(number).filter((venue) => isOpen.has(venue));
    return likeliest(near.map((venue) => ({ venue, cost: mistypingCost(number, venue) })));
  });
  return {
    numbersNear: (venue) => (isKnown(venue) ? numbersNear(venue).filter((number) => !isKnown(number)) : []),
    meantBy: (number) => (isKnown(number) ? [] : meantBy(number)),
    meantIn: (text, sender, among) => likeliest(indexOf(among).of(text, sender)),
  };
}

/** More mistyped numbers than a month has. */
const mostRemembered = 50_000;

/** More places than these say that nothing is known. */
const mostAlike = 3;

function likeliest(near: readonly { readonly venue: string; readonly cost: number }[]): string[] {
  const lowest = near.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY);
  const alike = near.filter(({ cost }) => cost === lowest).map(({ venue }) => venue);
  return alike.length > mostAlike ? [] : alike;
}
