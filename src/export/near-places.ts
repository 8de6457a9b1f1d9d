import type { Records } from '../store/records.ts';
import { mistypingCost, type NearMissIndex, nearMissIndex } from '../visits/near-miss.ts';
import { numbersNear } from '../visits/typed-digits.ts';

/**
 * The registered places, by what is one slip of the finger away from their numbers. A number that is not registered
 * itself tells nothing about its neighbours: most such numbers exist.
 */
export interface NearPlaces {
  /** The numbers near that place's, which may have been removed, that no place is or was registered under. */
  numbersNear(venue: string): Promise<readonly string[]>;
  /** The registered places that a visitor of this unregistered number may have meant: the likeliest, or several alike. */
  meantBy(number: string): Promise<readonly string[]>;
  /** The places that a text may mean, of these or of all that are registered: the likeliest, or several alike. */
  meantIn(text: string, sender: string | null, among?: ReadonlySet<string>): Promise<readonly string[]>;
}

export function nearPlaces(records: Pick<Records, 'venueNumbers'>, areaCode: string): NearPlaces {
  const places = new AskedPlaces(records);
  // An index of a city's places takes a fifth of a second: it is made when it is asked for.
  let index: NearMissIndex | null = null;
  const indexes = new WeakMap<ReadonlySet<string>, NearMissIndex>();
  const indexOf = async (among: ReadonlySet<string> | undefined) => {
    if (among === undefined) {
      index ??= nearMissIndex(await records.venueNumbers('registered'), areaCode);
      return index;
    }
    const made = indexes.get(among) ?? nearMissIndex(await places.known([...among]), areaCode);
    indexes.set(among, made);
    return made;
  };
  return {
    async numbersNear(venue) {
      const near = numbersNear(venue);
      const known = new Set(await places.known([venue, ...near]));
      return known.has(venue) ? near.filter((number) => !known.has(number)) : [];
    },
    async meantBy(number) {
      if ((await places.known([number])).length > 0) return [];
      const near = await places.registered(numbersNear(number));
      return likeliest(near.map((venue) => ({ venue, cost: mistypingCost(number, venue) })));
    },
    meantIn: async (text, sender, among) => likeliest((await indexOf(among)).of(text, sender)),
  };
}

/** Questions about some numbers that take as long as to read all of a city's. */
const mostQuestions = 100;

/**
 * Which of some numbers are places'. A question about one place concerns some ninety numbers: those are looked up. Whoever
 * asks many gets all numbers read once.
 */
class AskedPlaces {
  readonly #records: Pick<Records, 'venueNumbers'>;
  readonly #all = new Map<'all' | 'registered', Promise<ReadonlySet<string>>>();
  #questions = 0;

  constructor(records: Pick<Records, 'venueNumbers'>) {
    this.#records = records;
  }

  /** Those that a place is or was registered under, in the order given. */
  known(numbers: readonly string[]): Promise<string[]> {
    return this.#of('all', numbers);
  }

  registered(numbers: readonly string[]): Promise<string[]> {
    return this.#of('registered', numbers);
  }

  async #of(which: 'all' | 'registered', numbers: readonly string[]): Promise<string[]> {
    if (numbers.length === 0) return [];
    this.#questions += 1;
    const found =
      this.#questions > mostQuestions
        ? await this.#allOf(which)
        : new Set(await this.#records.venueNumbers(which, numbers));
    return numbers.filter((number) => found.has(number));
  }

  #allOf(which: 'all' | 'registered'): Promise<ReadonlySet<string>> {
    const known = this.#all.get(which) ?? this.#records.venueNumbers(which).then((all) => new Set(all));
    this.#all.set(which, known);
    return known;
  }
}

/** More places than these say that nothing is known. */
const mostAlike = 3;

function likeliest(near: readonly { readonly venue: string; readonly cost: number }[]): string[] {
  const lowest = near.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY);
  const alike = near.filter(({ cost }) => cost === lowest).map(({ venue }) => venue);
  return alike.length > mostAlike ? [] : alike;
}
