/** A place as a list has it. */
export interface ListedPlace {
  readonly name: string | null;
  readonly address: string | null;
}

/** Longer than the name or the address of any place; what is longer was pasted, or is another column. */
export const longestName = 200;
export const longestAddress = 400;

/** A registered venue: its first place, and the further ones that share its number. */
export interface ListedVenue extends ListedPlace {
  readonly number: string;
  readonly issued: boolean;
  readonly branches: readonly ListedPlace[];
  readonly removedAtMs: number | null;
}

interface Incoming {
  readonly number: string;
  readonly issued: boolean;
  /** All places of the number, at least one. */
  readonly places: readonly ListedPlace[];
  /** Whether the venue keeps its earlier places beside them. */
  readonly keepBranches: boolean;
}

export type VenueOutcome = 'added' | 'changed' | 'unchanged' | 'revived';

/** A venue after new data for it was merged in. A name or address that is not given stays as it was. */
export function mergeVenue(
  known: ListedVenue | null,
  { number, issued, places, keepBranches }: Incoming,
): { readonly venue: ListedVenue; readonly outcome: VenueOutcome } {
  const before = known === null ? [] : placesOf(known);
  const [first, ...branches] = keepBranches ? beside(before, places) : instead(before, places);
  const venue = { number, ...(first ?? nowhere), issued, branches, removedAtMs: null };
  return { venue, outcome: venueOutcomeOf(known, venue) };
}

const nowhere: ListedPlace = { name: null, address: null };

export function placesOf({ name, address, branches }: ListedVenue): ListedPlace[] {
  return [{ name, address }, ...branches];
}

function instead(before: readonly ListedPlace[], places: readonly ListedPlace[]): ListedPlace[] {
  const now = distinct(places);
  return now.map((place) => {
    const same = before.find(({ name }) => name === place.name || now.length + before.length === 2);
    return { name: place.name ?? same?.name ?? null, address: place.address ?? same?.address ?? null };
  });
}

function beside(before: readonly ListedPlace[], places: readonly ListedPlace[]): ListedPlace[] {
  const told = before.filter(({ name, address }) => name !== null || address !== null);
  const kept = told.filter(({ name }) => !places.some((place) => place.name === name));
  return distinct([...kept, ...instead(told, places)]);
}

function distinct(places: readonly ListedPlace[]): ListedPlace[] {
  const byText = new Map(places.map((place) => [JSON.stringify([place.name, place.address]), place]));
  return [...byText.values()];
}

const isSame = (one: ListedPlace, other: ListedPlace) =>
  one.name === other.name && one.address === other.address;

function venueOutcomeOf(known: ListedVenue | null, venue: ListedVenue): VenueOutcome {
  if (known === null) return 'added';
  if (known.removedAtMs !== null) return 'revived';
  const [one, other] = [placesOf(known), placesOf(venue)];
  const same =
    known.issued === venue.issued &&
    one.length === other.length &&
    one.every((place, at) => isSame(place, other[at] ?? nowhere));
  return same ? 'unchanged' : 'changed';
}
