/** Places, each known by its index: those that it begins with, then those that are met. */
export class PlaceIndex {
  readonly numbers: string[];
  #indexes: Map<string, number> | null = null;

  constructor(numbers: readonly string[]) {
    this.numbers = [...numbers];
  }

  indexOf(number: string): number {
    this.#indexes ??= new Map(this.numbers.map((each, index) => [each, index]));
    const known = this.#indexes.get(number);
    if (known !== undefined) return known;
    const index = this.numbers.push(number) - 1;
    this.#indexes.set(number, index);
    return index;
  }
}

/**
 * Visits by the index of their place. An array has room for all of them, because a week of a city's places has millions
 * of sums of an hour and a place: a `Map` of them takes longer than to count.
 */
export class VenueSums {
  #visits = new Int32Array(0);

  static of(visits: Int32Array<ArrayBuffer>): VenueSums {
    const sums = new VenueSums();
    sums.#visits = visits;
    return sums;
  }

  get visits(): Int32Array<ArrayBuffer> {
    return this.#visits;
  }

  /** Before places of a lower index than `places` are counted. */
  reserve(places: number): void {
    if (places <= this.#visits.length) return;
    const larger = new Int32Array(Math.max(places, this.#visits.length * 2));
    larger.set(this.#visits);
    this.#visits = larger;
  }

  add(place: number, visits: number): void {
    if (place >= this.#visits.length) this.reserve(place + 1);
    this.#visits[place] = (this.#visits[place] ?? 0) + visits;
  }

  /** Those that are not 0. */
  *byVenue(numbers: readonly string[]): Generator<readonly [venue: string, visits: number]> {
    for (const [place, visits] of this.#visits.entries())
      if (visits > 0) yield [numbers[place] as string, visits];
  }
}
