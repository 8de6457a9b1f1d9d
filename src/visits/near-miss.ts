import { groupsOf, isAreaCode } from './numbering-plan.ts';
import { typedIn } from './typed-digits.ts';

/**
 * One typo.
 * - `swapped`: two neighbouring digits; `digit-near`: one is wrong, and its key lies beside the right one;
 *   `digit-wrong`: another one; `digit-missing`; `digit-doubled`: a key was pressed twice; `digit-extra`.
 */
type Mistyping = 'swapped' | 'digit-near' | 'digit-wrong' | 'digit-missing' | 'digit-doubled' | 'digit-extra';

/** How `typed` differs from `meant` by exactly one typo, or null. */
export function mistypingBetween(typed: string, meant: string): Mistyping | null {
  if (typed === meant) return null;
  const start = commonStart(typed, meant);
  const [a, b] = [typed.slice(start), meant.slice(start)];
  if (a.length === b.length) {
    if (a.slice(1) === b.slice(1))
      return areNeighbours(a.charAt(0), b.charAt(0)) ? 'digit-near' : 'digit-wrong';
    const swapped = a.charAt(0) === b.charAt(1) && a.charAt(1) === b.charAt(0) && a.slice(2) === b.slice(2);
    return swapped ? 'swapped' : null;
  }
  if (a === b.slice(1)) return 'digit-missing';
  if (a.slice(1) !== b) return null;
  return typed.charAt(start) === typed.charAt(start - 1) ? 'digit-doubled' : 'digit-extra';
}

function commonStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charAt(at) === other.charAt(at)) at += 1;
  return at;
}

/** The rows of a telephone's keypad (ITU-T E.161). */
const keypad = ['123', '456', '789', ' 0 '];

function areNeighbours(one: string, other: string): boolean {
  const [a, b] = [placeOnKeypad(one), placeOnKeypad(other)];
  return Math.abs(a.row - b.row) + Math.abs(a.column - b.column) === 1;
}

function placeOnKeypad(digit: string): { readonly row: number; readonly column: number } {
  const row = keypad.findIndex((keys) => keys.includes(digit));
  return { row, column: keypad[row]?.indexOf(digit) ?? -1 };
}

/**
 * How what was typed differs from a venue's number.
 * - `same`: not at all; the text was refused for another reason, or the venue was registered since;
 * - a typo in one digit;
 * - `area-doubled`: 031 031-324-2114; `area-extra`: 031 before a number that takes none;
 * - `area-missing`: the number of another area, or a 070, without its beginning; `zero-missing`: 31-324-2114;
 * - `area-wrong`: another area's code before it.
 */
export type NearMissReason =
  | 'same'
  | Mistyping
  | 'area-doubled'
  | 'area-extra'
  | 'area-missing'
  | 'area-wrong'
  | 'zero-missing';

export interface NearMiss {
  /** Canonical. */
  readonly venue: string;
  readonly reason: NearMissReason;
  /** The lower, the likelier; 0 for `same`. */
  readonly cost: number;
}

export interface NearMissIndex {
  /**
   * The venues that `text` nearly names, the likeliest first. `sender`, canonical, is never taken for a typo. Takes
   * any string, and considers a bounded part of it.
   */
  of(text: string, sender: string | null): readonly NearMiss[];
}

const costs: Readonly<Record<NearMissReason, number>> = {
  same: 0,
  swapped: 1,
  'area-doubled': 1,
  'area-extra': 1,
  'area-missing': 1,
  'zero-missing': 1,
  'digit-doubled': 1,
  'digit-near': 2,
  'digit-missing': 2,
  'digit-extra': 3,
  'digit-wrong': 3,
  'area-wrong': 3,
};

/** How unlikely it is that `typed` was meant as `meant`, of two numbers that one typo parts; the lower, the likelier. */
export function mistypingCost(typed: string, meant: string): number {
  const mistyping = mistypingBetween(typed, meant);
  return mistyping === null ? Number.POSITIVE_INFINITY : costs[mistyping];
}

/**
 * An index of venues' numbers and codes: as they are, without any one of their digits, and without their prefix. A text is
 * looked up without a scan of all venues.
 */
export function nearMissIndex(venues: Iterable<string>, areaCode: string): NearMissIndex {
  const byDigits = new Map<string, string[]>();
  const byTail = new Map<string, string[]>();
  for (const venue of venues) {
    add(byDigits, venue, venue);
    for (const shorter of withoutOne(venue)) add(byDigits, shorter, venue);
    const tail = tailOf(venue);
    if (tail !== null) add(byTail, tail, venue);
  }
  return {
    of(text, sender) {
      const found = new Map<string, NearMiss>();
      for (const { digits, extra } of typedIn(text)) {
        if (digits === sender) continue;
        const addMiss: AddNearMiss = (venue, reason) => {
          const cost = costs[reason] + extra;
          if ((found.get(venue)?.cost ?? Number.POSITIVE_INFINITY) > cost)
            found.set(venue, { venue, reason, cost });
        };
        lookUp(digits, areaCode, byDigits, addMiss);
        lookUpPrefixes(digits, areaCode, { byDigits, byTail }, addMiss);
      }
      return [...found.values()].sort(
        (one, other) => one.cost - other.cost || (one.venue < other.venue ? -1 : 1),
      );
    },
  };
}

type Index = ReadonlyMap<string, readonly string[]>;
type AddNearMiss = (venue: string, reason: NearMissReason) => void;

function add(index: Map<string, string[]>, key: string, venue: string): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [venue]);
  else if (known.at(-1) !== venue) known.push(venue);
}

/** `digits` without one of them: every way that gives another string. */
function* withoutOne(digits: string): Generator<string> {
  for (let at = 0; at < digits.length; at += 1)
    if (at === 0 || digits.charAt(at) !== digits.charAt(at - 1))
      yield digits.slice(0, at) + digits.slice(at + 1);
}

function tailOf(venue: string): string | null {
  const groups = groupsOf(venue);
  return groups === null || groups[1] === '' ? null : groups[1] + groups[2];
}

/** As typed, and as a local number of the city. */
function lookUp(typed: string, areaCode: string, byDigits: Index, addMiss: AddNearMiss): void {
  const forms = typed.startsWith('0') ? [typed] : [typed, areaCode + typed];
  for (const form of forms) {
    for (const key of [form, ...withoutOne(form)]) {
      for (const venue of byDigits.get(key) ?? []) {
        if (venue === form) addMiss(venue, 'same');
        else {
          const mistyping = mistypingBetween(form, venue);
          if (mistyping !== null) addMiss(venue, mistyping);
        }
      }
    }
  }
}

function lookUpPrefixes(
  typed: string,
  areaCode: string,
  { byDigits, byTail }: { readonly byDigits: Index; readonly byTail: Index },
  addMiss: AddNearMiss,
): void {
  const exact = (digits: string, reason: NearMissReason) => {
    if (byDigits.get(digits)?.includes(digits)) addMiss(digits, reason);
  };
  if (!typed.startsWith('0')) exact(`0${typed}`, 'zero-missing');
  for (const venue of byTail.get(typed) ?? []) addMiss(venue, 'area-missing');
  for (const length of [2, 3, 4]) {
    const [prefix, rest] = [typed.slice(0, length), typed.slice(length)];
    if (prefix !== areaCode && !isAreaCode(prefix) && !isAreaCode(`0${prefix}`)) continue;
    const doubled = rest.startsWith(prefix) || `0${rest}`.startsWith(prefix);
    exact(rest, doubled ? 'area-doubled' : 'area-extra');
    exact(`0${rest}`, doubled ? 'area-doubled' : 'area-extra');
    for (const venue of byTail.get(rest) ?? []) addMiss(venue, 'area-wrong');
  }
}
