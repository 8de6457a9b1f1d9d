import type { NumberCandidate } from './candidates.ts';
import type { DigitGroup } from './digit-groups.ts';
import { isAreaCode, isDiallingPrefix } from './numbering-plan.ts';
import { isDay, isTimeSpan } from './read-number.ts';
import { blockEnd, chainEnd, digitsOf, type Span } from './span.ts';

/**
 * How groups that are not a number affect the groups after them, so that half of a longer number is never taken for a
 * local number.
 * - `elsewhere`: a dialling prefix that is not our area code, with no number of its own. It spoils the next
 *   local number even across a word.
 * - `fragment`: an area code without its 0, a lone 0 or another prefix that does not exist, the country code. It
 *   spoils a local number that it touches.
 * - `leftover`: other digits. They spoil a local number that is itself only held together by a space.
 */
export type Doubt = 'none' | 'elsewhere' | 'fragment' | 'leftover';

/** The doubt that the refused groups `first` … `last` leave, `before` being the one that lay on them. */
export function doubtBehind(span: Span, before: Doubt, areaCode: string): Doubt {
  const group = span.groups[span.first];
  if (!group || span.first !== span.last) return 'leftover';
  const { digits } = group;
  if (isDiallingPrefix(digits)) return digits === areaCode ? 'none' : 'elsewhere';
  if (isFragment(group, areaCode)) return 'fragment';
  if (digits.length < 3) return before === 'fragment' && group.gap !== 'break' ? 'fragment' : 'none';
  return isDay(digits) ? 'none' : 'leftover';
}

const longestPrefix = 3;

function isFragment({ digits, gap }: DigitGroup, areaCode: string): boolean {
  if (digits.startsWith('0')) return digits.length <= longestPrefix;
  const withZero = `0${digits}`;
  return gap === 'break' && (digits === '82' || (isAreaCode(withZero) && withZero !== areaCode));
}

/** Whether `candidate` must be refused for what stands before it. Only local numbers can be. */
export function isDoubtful(
  candidate: NumberCandidate,
  groups: readonly DigitGroup[],
  first: number,
  doubt: Doubt,
): boolean {
  if (doubt === 'none' || candidate.kind === 'code' || !candidate.completed) return false;
  if (doubt === 'elsewhere') return true;
  if (groups[first]?.gap === 'break') return false;
  return doubt === 'fragment' || (candidate.last > first && groups[candidate.last]?.gap !== 'joined');
}

/**
 * The last group of what is refused together with group `first`: its block; behind a dialling prefix the next
 * block too, unless that begins a number of its own; behind the country code of another country everything.
 */
export function lastRefused(groups: readonly DigitGroup[], first: number): number {
  if (groups[first]?.plus) return chainEnd(groups, first);
  const last = blockEnd(groups, first);
  const next = groups[last + 1];
  const spoils = first === last && isDiallingPrefix(groups[first]?.digits ?? '');
  if (!spoils || !next || next.quantity || next.gap === 'break' || next.digits.startsWith('0')) return last;
  return blockEnd(groups, last + 1);
}

/**
 * How many groups of a card's number begin at `first`: four or more groups of four digits, or 0. No card begins
 * as a nationwide number does.
 */
export function cardLength(groups: readonly DigitGroup[], first: number): number {
  if (/^1[568]/.test(groups[first]?.digits ?? '')) return 0;
  let count = 0;
  for (let group = groups[first]; group; group = groups[first + count]) {
    if (group.digits.length !== 4 || group.quantity || (count > 0 && group.gap === 'break')) break;
    count += 1;
  }
  return count >= 4 ? count : 0;
}

const fewestDigits = 7;

/** Whether a person would take the span for a telephone number. */
export function looksLikeNumber(span: Span): boolean {
  const digits = digitsOf(span);
  if (digits.length < fewestDigits || isDay(digits)) return false;
  return span.groups[span.last]?.gap !== 'range' || !isTimeSpan(digits);
}
