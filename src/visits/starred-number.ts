import { digitGroups } from './digit-groups.ts';
import { readHiddenDigits, readLooseDigits, startIn } from './spelled-digits.ts';

/** Fewer digits than these are found by chance in any longer number. */
const fewestDigits = 8;
const country = '82';

/**
 * The digits that a number (canonical) has in every way of writing it: without the 0 or + that it begins with; a mobile
 * number after any country code or none, another with its 0, or with 82. Empty if it is not a long number.
 */
function formsOf(canonical: string): readonly string[] {
  const digits = canonical.replace(/^\+/, '');
  if (!/^\d+$/.test(digits) || digits.length < fewestDigits) return [];
  if (!digits.startsWith('0')) return [digits];
  const rest = digits.slice(1);
  return digits.startsWith('01') ? [rest] : [digits, `${country}${rest}`];
}

/** A mobile number behind its 010, which people leave out among themselves; null if it is none. */
function withoutPrefix(canonical: string): string | null {
  return /^010\d{8}$/.test(canonical) ? canonical.slice(3) : null;
}

/**
 * The text with stars for the digits of a number (canonical) wherever they stand, in any notation that visitors use:
 * 010 5550 0123, +82 10-5550-0123, full width, in syllables or circles; a mobile number also without its 010, if what is
 * left of it stands in groups of its own. Null if the text does not have it. Signs between the digits stay.
 */
export function starNumber(text: string, canonical: string): string | null {
  const forms = formsOf(canonical);
  if (forms.length === 0) return null;
  const stars = new Set<number>();
  const rest = withoutPrefix(canonical);
  for (const read of [readHiddenDigits(text), readLooseDigits(text)]) {
    const found = digitsIn(text, read);
    starForms(found, forms, stars);
    if (rest !== null) starRest(found, rest, stars);
  }
  if (stars.size === 0) return null;
  let starred = '';
  for (let at = 0; at < text.length; at += 1) starred += stars.has(at) ? '*' : text.charAt(at);
  return starred;
}

function starForms({ digits, places }: FoundDigits, forms: readonly string[], stars: Set<number>): void {
  for (const form of forms)
    for (let at = digits.indexOf(form); at >= 0; at = digits.indexOf(form, at + 1))
      for (let index = firstOf(digits, at); index < at + form.length; index += 1)
        starAt(places[index], stars);
}

/** Eight digits inside a longer group are any other number's. */
function starRest({ digits, places, ends }: FoundDigits, rest: string, stars: Set<number>): void {
  for (let at = digits.indexOf(rest); at >= 0; at = digits.indexOf(rest, at + 1)) {
    if (!(at === 0 || ends.has(at)) || !ends.has(at + rest.length)) continue;
    for (let index = at; index < at + rest.length; index += 1) starAt(places[index], stars);
  }
}

/** With the 0 before it, and the country code before that: what is left of them would say what was there. */
function firstOf(digits: string, at: number): number {
  const before = digits.slice(Math.max(0, at - 5), at);
  return at - (/(?:(?:00)?82)?0?$/.exec(before)?.[0].length ?? 0);
}

/** The place of one digit: the whole group if signs that nobody sees stand between its digits. */
interface Place {
  readonly start: number;
  readonly end: number;
}

interface FoundDigits {
  readonly digits: string;
  readonly places: readonly Place[];
  /** How many digits there are up to the end of each group. */
  readonly ends: ReadonlySet<number>;
}

/** `read`: the text with digits in it that stand for others. */
function digitsIn(text: string, read: string): FoundDigits {
  let digits = '';
  const places: Place[] = [];
  const ends = new Set<number>();
  for (const group of digitGroups(read)) {
    const { end } = group;
    const start = startIn(text, group);
    const isPlain = end - start === group.digits.length;
    for (let index = 0; index < group.digits.length; index += 1)
      places.push(isPlain ? { start: start + index, end: start + index + 1 } : { start, end });
    digits += group.digits;
    ends.add(digits.length);
  }
  return { digits, places, ends };
}

function starAt(place: Place | undefined, stars: Set<number>): void {
  if (place === undefined) return;
  for (let at = place.start; at < place.end; at += 1) stars.add(at);
}
