import type { Branch, PlaceChange, Venue } from '../../store/records.ts';

/**
 * What becomes of a number that stands for other places here and there: `keep` leaves the central one, `replace` puts the
 * offered one in its place, `branch` lets both share the number.
 */
export type Decision = 'keep' | 'replace' | 'branch';

/** A number that both have, for different places, or of which one was removed on one side. */
export interface Difference {
  readonly number: string;
  readonly here: Venue;
  readonly offered: Venue;
}

export interface AdoptionPlan {
  /** Numbers that the central register did not have; those that were removed there still name the visits of their time. */
  readonly added: readonly Venue[];
  /** How many are there as they are offered, or were removed where they come from. */
  readonly same: number;
  readonly differences: readonly Difference[];
  /** Empty for differences while nothing is decided. */
  readonly changes: readonly PlaceChange[];
}

/** What taking over offered places changes. */
export function planAdoption(
  known: readonly Venue[],
  offered: readonly Venue[],
  decision: Decision | null,
): AdoptionPlan {
  const here = new Map(known.map((venue) => [venue.number, venue]));
  const added: Venue[] = [];
  const differences: Difference[] = [];
  let same = 0;
  for (const venue of offered) {
    const its = here.get(venue.number);
    if (its === undefined) added.push(venue);
    else if (isSettled(its, venue)) same += 1;
    else differences.push({ number: venue.number, here: its, offered: venue });
  }
  const decided = decision === null ? [] : differences.flatMap((each) => changeOf(each, decision) ?? []);
  return {
    ...{ added, same, differences },
    changes: [...added.map((after) => ({ before: null, after })), ...decided],
  };
}

/** Nothing is to be decided: it is the same, all that is offered is here already, or it is used no more where it comes from. */
function isSettled(here: Venue, offered: Venue): boolean {
  if (offered.removedAtMs !== null) return true;
  if (here.removedAtMs !== null || here.issued !== offered.issued) return false;
  const known = new Set(placesOf(here).map(textOf));
  return placesOf(offered).every((place) => known.has(textOf(place)));
}

function changeOf({ here, offered }: Difference, decision: Decision): PlaceChange | null {
  if (decision === 'keep') return null;
  if (decision === 'replace' || here.removedAtMs !== null) return { before: here, after: offered };
  const places = [...new Map([...placesOf(here), ...placesOf(offered)].map((each) => [textOf(each), each]))];
  const [first, ...branches] = places.map(([, place]) => place);
  const { number, issued } = here;
  return {
    before: here,
    after: { number, ...(first ?? nowhere), issued: issued || offered.issued, branches, removedAtMs: null },
  };
}

const nowhere: Branch = { name: null, address: null };

function placesOf({ name, address, branches }: Venue): Branch[] {
  return [{ name, address }, ...branches];
}

function textOf({ name, address }: Branch): string {
  return JSON.stringify([name, address]);
}
