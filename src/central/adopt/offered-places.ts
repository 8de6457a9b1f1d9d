import type { Branch, Venue } from '../../store/records.ts';

/** So long a name or an address may be, in characters: what is longer no place has. */
const longest = { name: 200, address: 400 } as const;
const mostBranches = 200;

type Listed = [string | null, string | null];
type Offered = [
  number: string,
  name: string | null,
  address: string | null,
  issued: boolean,
  removedAtMs: number | null,
  ...branches: Listed[],
];

/** Places as a gateway offers them: JSON, one array for each. */
export function formatOffer(venues: readonly Venue[]): string {
  return JSON.stringify(
    venues.map(({ number, name, address, issued, removedAtMs, branches }): Offered => {
      const further = branches.map((branch): Listed => [branch.name, branch.address]);
      return [number, name, address, issued, removedAtMs, ...further];
    }),
  );
}

/** Null if it is not what `formatOffer` makes: whoever has seized a gateway can offer anything. */
export function parseOffer(text: string): readonly Venue[] | null {
  let offered: unknown;
  try {
    offered = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(offered)) return null;
  const venues = new Map<string, Venue>();
  for (const each of offered) {
    const venue = venueIn(each);
    if (venue === null || venues.has(venue.number)) return null;
    venues.set(venue.number, venue);
  }
  return [...venues.values()];
}

function venueIn(offered: unknown): Venue | null {
  if (!Array.isArray(offered) || offered.length < 5 || offered.length > 5 + mostBranches) return null;
  const [number, name, address, issued, removedAtMs, ...further] = offered as unknown[];
  const place = placeIn([name, address]);
  const branches = further.map(placeIn);
  if (place === null || branches.includes(null)) return null;
  if (typeof number !== 'string' || !/^\d{3,20}$/.test(number) || typeof issued !== 'boolean') return null;
  if (removedAtMs !== null && !(Number.isSafeInteger(removedAtMs) && Number(removedAtMs) >= 0)) return null;
  return {
    ...{ number, ...place, issued },
    branches: branches.filter((branch) => branch !== null),
    removedAtMs: removedAtMs as number | null,
  };
}

function placeIn(listed: unknown): Branch | null {
  if (!Array.isArray(listed) || listed.length !== 2) return null;
  const [name, address] = listed as unknown[];
  return isText(name, longest.name) && isText(address, longest.address) ? { name, address } : null;
}

function isText(value: unknown, most: number): value is string | null {
  return value === null || (typeof value === 'string' && value.length <= most);
}
