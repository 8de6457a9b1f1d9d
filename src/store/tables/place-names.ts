import type { Branch, NamedVenue, Venue } from '../records.ts';

interface Known {
  readonly named: NamedVenue;
  readonly nameless: NamedVenue;
  /** From then on it is nameless. */
  readonly removedAtMs: number;
}

const between = ' / ';

/** What the places of visits are called. Each is looked up once, until `forget` or `refresh`. */
export class PlaceNames {
  readonly #find: (number: string) => Venue | null;
  readonly #known = new Map<string, Known>();

  constructor(find: (number: string) => Venue | null) {
    this.#find = find;
  }

  /** Every place that shares the number; nothing for a visit after its removal. */
  namesAt(number: string, visitedAtMs: number): NamedVenue {
    let known = this.#known.get(number);
    if (known === undefined) {
      known = knownBy(number, this.#find(number));
      this.#known.set(number, known);
    }
    return visitedAtMs < known.removedAtMs ? known.named : known.nameless;
  }

  forget(number: string): void {
    this.#known.delete(number);
  }

  refresh(): void {
    this.#known.clear();
  }
}

function knownBy(number: string, venue: Venue | null): Known {
  const nameless = { number, name: null, address: null };
  if (venue === null) return { named: nameless, nameless, removedAtMs: 0 };
  return {
    named: { number, ...joined(venue) },
    nameless,
    removedAtMs: venue.removedAtMs ?? Number.POSITIVE_INFINITY,
  };
}

function joined({ name, address, branches }: Venue): Branch {
  if (branches.length === 0) return { name, address };
  const all = [{ name, address }, ...branches];
  return { name: listed(all.map((one) => one.name)), address: listed(all.map((one) => one.address)) };
}

function listed(texts: readonly (string | null)[]): string | null {
  const known = [...new Set(texts.filter((text) => text !== null))];
  return known.length === 0 ? null : known.join(between);
}
