import { type DigitGroup, digitGroups } from './digit-groups.ts';
import { countryPrefixLength, isVenueNumber, nationalFromAbroad } from './numbering-plan.ts';
import { markQuantities } from './quantities.ts';
import { readSpelledDigits } from './spelled-digits.ts';

const fewestDigits = 5;
const mostDigits = 16;
/** In a text full of numbers only the first ones are considered. */
const mostTyped = 60;
/** Digits that stand together are probably meant as a whole, so a part of them costs more than any typo in the whole. */
const partCost = 4;

interface Typed {
  /** In national form. */
  readonly digits: string;
  /** The extra cost if these digits are only a part of what stands together. */
  readonly extra: number;
}

/** All digits in `text` that a reader might take for one number. */
export function typedIn(text: string): readonly Typed[] {
  const plain = readSpelledDigits(text);
  const groups = digitGroups(plain);
  markQuantities(plain, groups);
  const typed: Typed[] = [];
  for (let first = 0; first < groups.length && typed.length < mostTyped; first += 1)
    typed.push(...typedFrom(groups, first));
  return typed;
}

function typedFrom(groups: readonly DigitGroup[], first: number): Typed[] {
  const begins = first === 0 || parted(groups, first);
  const typed: Typed[] = [];
  let digits = '';
  for (let last = first; last < groups.length; last += 1) {
    const group = groups[last];
    if (group === undefined || group.quantity || (last > first && parted(groups, last))) break;
    digits += group.digits;
    if (digits.length > mostDigits) break;
    const country = countryPrefixLength(digits, groups[first]?.plus ?? false);
    const national = country > 0 ? nationalFromAbroad(digits.slice(country)) : digits;
    const whole = begins && parted(groups, last + 1);
    if (national.length >= fewestDigits) typed.push({ digits: national, extra: whole ? 0 : partCost });
  }
  return typed;
}

/** Whether group `at` is separate from the one before it. */
function parted(groups: readonly DigitGroup[], at: number): boolean {
  const [before, group] = [groups[at - 1], groups[at]];
  return group === undefined || group.gap === 'break' || Boolean(group.quantity || before?.quantity);
}

const digits = [...'0123456789'];

/** Every number that a place can have and that is one typo away from `venue` (near-miss.ts). */
export function numbersNear(venue: string): string[] {
  const near = new Set<string>();
  for (let at = 0; at <= venue.length; at += 1) {
    const [before, here, after] = [venue.slice(0, at), venue.charAt(at), venue.slice(at + 1)];
    near.add(before + after);
    near.add(before + after.charAt(0) + here + after.slice(1));
    for (const digit of digits) near.add(before + digit + after).add(before + digit + here + after);
  }
  near.delete(venue);
  return [...near].filter(isVenueNumber);
}
