import { type AppError, fault } from '../../base/errors.ts';
import type { Records, Venue, VisitQuery } from '../../store/records.ts';
import { maskText } from '../../visits/mask-text.ts';
import { isPrivateNumber } from '../../visits/numbering-plan.ts';
import { formatNational, maskNumber } from '../../visits/phone-number.ts';
import { parseVenue } from '../../visits/resolve.ts';

/** Whether a place is or was registered under a canonical number. */
export type IsRegistered = (number: string) => Promise<boolean>;

export function registeredIn(register: Records): IsRegistered {
  return async (number) => (await register.venueOf(number)) !== null;
}

/**
 * The places of an act as the audit log names them. A visitor's number can be typed as if it were a place's, and the
 * log outlives the visits: such a number is masked, unless a place is registered under it.
 */
export async function auditedPlaces(
  numbers: readonly string[],
  isRegistered: IsRegistered,
): Promise<string[]> {
  const names: string[] = [];
  for (const number of numbers)
    names.push(!isPrivateNumber(number) || (await isRegistered(number)) ? number : maskNumber(number));
  return names;
}

/** Korean mobile numbers, with the leading zero or without, and numbers from abroad. */
const personal = /^(?:(?:0|(?:\+|00)?820?)1[016789]|10\d{8}$|\+(?!82)|00(?!82))/;

/**
 * What was typed for a place, as an error may show it: a visitor's number that was typed there by mistake is masked,
 * however many digits of it there are.
 */
export function shownTyped(typed: string): string {
  return personal.test(typed.replace(/[^\d+]/g, '')) ? maskText(typed) : typed;
}

/** The canonical number of the place that staff typed. Error: `venue.number`. */
export function placeNumber(typed: string, areaCode: string): string {
  const number = parseVenue(typed, areaCode);
  if (number !== null) return number;
  throw fault('venue.number', { typed: shownTyped(typed) });
}

/** The registered place of that number. Errors: `venue.number`, `venue.unknown`. */
export async function registeredPlace(register: Records, typed: string, areaCode: string): Promise<Venue> {
  const venue = await register.venueOf(placeNumber(typed, areaCode));
  if (venue !== null && venue.removedAtMs === null) return venue;
  throw unknownPlace(typed);
}

export function unknownPlace(typed: string): AppError {
  return fault('venue.unknown', { venue: shownTyped(typed) });
}

/** A place as one object for programs. */
export function placeJson({ number, name, address, issued, branches }: Venue): object {
  return { number: formatNational(number), name, address, issued, branches };
}

/** What an officer asked for. */
interface Question {
  readonly query: Pick<VisitQuery, 'venues' | 'line'>;
  readonly config: { readonly lines: readonly { readonly name: string }[] };
  readonly isRegistered: IsRegistered;
}

/** The facts of `export.nothing` and its like. */
interface Mistyped {
  readonly venues?: string;
  readonly line?: string;
}

/** What may be mistyped if nothing was found, so that nobody takes a mistyped number for an empty place. */
export async function mistypedIn(question: Question): Promise<Mistyped> {
  const { query, config } = question;
  const venues = await unregisteredPlaces(question);
  if (venues !== '') return { venues };
  const { line } = query;
  return line === undefined || config.lines.some(({ name }) => name === line) ? {} : { line };
}

/** The numbers asked for that no place has, as the audit log may hold them. */
export async function unregisteredPlaces({ query, isRegistered }: Omit<Question, 'config'>): Promise<string> {
  const unregistered: string[] = [];
  for (const venue of query.venues ?? []) if (!(await isRegistered(venue))) unregistered.push(venue);
  const names = await auditedPlaces(unregistered, async () => false);
  return names.map(formatNational).join(', ');
}
