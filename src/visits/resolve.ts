import { candidateAt, type NumberCandidate } from './candidates.ts';
import { type DigitGroup, digitGroups, isBlank } from './digit-groups.ts';
import { cardLength, type Doubt, doubtBehind, isDoubtful, lastRefused, looksLikeNumber } from './doubts.ts';
import { isIssuedCodeForm } from './issued-code.ts';
import { groupsOf, isPrivateNumber } from './numbering-plan.ts';
import { markQuantities } from './quantities.ts';
import { readLooseDigits, readSpelledDigits, stripWebMark } from './spelled-digits.ts';

/**
 * From a visitor's text to the venues that it names (SPEC.md, What a text may say).
 *
 * The text is cut into groups of digits; the characters between two groups decide whether they may be one number
 * (digit-groups.ts). Read from the left, always the longest:
 *
 * 1. Groups joined by one hyphen or dot are one thing: all of it is a number of the plan, in the number's own
 *    groups, or none of it is. Only a short tail is forgiven (324-2114~5).
 * 2. Groups parted by spaces, brackets, a slash, a comma are one number only if they are separated between
 *    prefix, middle and last four digits. So `031 324 2114` is one, `(031) 324-2114` is one, `324-2114 15771122`
 *    are two, and in `3242114 2` the 2 is ignored.
 * 3. Anything else, a word above all, parts for good. So do people, money, times and dates (quantities.ts).
 * 4. A dialling prefix that finds no number behind it spoils what follows: `031 1588-7777` is not a venue, and the
 *    `324-2114` of `02국 324-2114` is not of our city. So does an area code without its 0 (`2 324-2114`).
 * 5. Four groups of four in a row are a card, not two local numbers.
 * 6. Six digits are a code only when the check digit is right and the code was issued.
 * 7. A number of a person (mobile, 050x) is a place only if a place is registered under it: else it is a friend's, and
 *    whose number it is may stand nowhere in the clear.
 * 8. Nobody is at more than five places at once: a text that names more is a list, and names none.
 *
 * What looks like a number and is not one is reported, never guessed.
 */
export interface ResolveOptions {
  /** The area code that a visitor may leave out, `031`. */
  readonly areaCode: string;
  /** The sender's canonical number, which is never a venue; null if unknown. */
  readonly sender: string | null;
  /** The line's own number, canonical, which is never a venue either. */
  readonly receiving?: string | null;
  readonly isIssuedCode: (code: string) => boolean;
  /** Whether a place is registered under this number; asked of private numbers only. */
  readonly isPlace: (number: string) => boolean;
}

/**
 * Why digits of a text are not a venue. `own-number`: the sender's or the line's number. `private-number`: a person's, under
 * which no place is registered. `too-many-places`: the text names more than five.
 */
export type UnresolvedReason =
  | 'empty'
  | 'no-number'
  | 'not-allowed'
  | 'own-number'
  | 'unknown-code'
  | 'private-number'
  | 'too-many-places';

/** The most places that one text may name. */
const mostVenues = 5;

/** What a text with venues may have besides, the first of them that it has. */
const refusals = ['unknown-code', 'private-number', 'not-allowed'] as const;
type Refusal = (typeof refusals)[number];

export type Resolution =
  | {
      readonly kind: 'venues';
      /** National digits (`0313242114`, `15771122`) or six-digit codes, in the text's order, each once. */
      readonly venues: readonly string[];
      /** Why other digits of the text, which looked like a venue, are not one; or null. */
      readonly refused: Refusal | null;
      readonly webSent: boolean;
    }
  | { readonly kind: 'unresolved'; readonly reason: UnresolvedReason; readonly webSent: boolean };

/** The venues that `text` names, or why it names none. Takes any string, in time linear in its length. */
export function resolveText(text: string, options: ResolveOptions): Resolution {
  const { text: body, webSent } = stripWebMark(text);
  if (isBlank(body)) return { kind: 'unresolved', reason: 'empty', webSent };
  const plain = readSpelledDigits(body.replace(webAddress, blankOut));
  const groups = digitGroups(plain);
  markQuantities(plain, groups);
  const found = readVenues(plain, groups, options);
  if (found.venues.length > mostVenues) return { kind: 'unresolved', reason: 'too-many-places', webSent };
  const refused = refusals.find((reason) => found.reasons.has(reason)) ?? null;
  if (found.venues.length > 0) return { kind: 'venues', venues: found.venues, refused, webSent };
  const reason = refused ?? (found.reasons.has('own-number') ? 'own-number' : 'no-number');
  return { kind: 'unresolved', reason, webSent };
}

const webAddress = /(?:https?:\/\/|www\.)\S+/gi;
const blankOut = (address: string) => 'x'.repeat(address.length);

interface FoundVenues {
  readonly venues: string[];
  readonly reasons: Set<UnresolvedReason>;
}

function readVenues(text: string, groups: readonly DigitGroup[], options: ResolveOptions): FoundVenues {
  const found: FoundVenues = { venues: [], reasons: new Set() };
  let doubt: Doubt = 'none';
  for (let i = 0; i < groups.length && found.venues.length <= mostVenues; ) {
    if (groups[i]?.quantity) {
      if (groups[i]?.digits.startsWith('0') && looksLikeNumber({ text, groups, first: i, last: i }))
        found.reasons.add('not-allowed');
      doubt = 'none';
      i += 1;
      continue;
    }
    const card = cardLength(groups, i);
    const candidate = card > 0 ? null : candidateAt(text, groups, i, options.areaCode);
    if (candidate && !isDoubtful(candidate, groups, i, doubt)) {
      if (isMobileRest(text, groups[i], candidate, options)) found.reasons.add('private-number');
      else addCandidate(candidate, options, found);
      doubt = 'none';
      i = candidate.last + 1;
      continue;
    }
    const last = card > 0 ? i + card - 1 : (candidate?.last ?? lastRefused(groups, i));
    const refused = { text, groups, first: i, last };
    if (looksLikeNumber(refused)) found.reasons.add('not-allowed');
    doubt = doubtBehind(refused, doubt, options.areaCode);
    i = last + 1;
  }
  return found;
}

/**
 * Whether a local number is the rest of a mobile one whose 010 is written in signs that are read as digits nowhere else
 * (⓪①⓪ 5550-0123), or lost its 0 (10 5550-0123).
 */
function isMobileRest(
  text: string,
  group: DigitGroup | undefined,
  candidate: NumberCandidate,
  { areaCode }: ResolveOptions,
): boolean {
  if (group === undefined || candidate.kind === 'code' || !candidate.completed) return false;
  if (candidate.national.length !== areaCode.length + mobileRest) return false;
  const before = readLooseDigits(text.slice(Math.max(0, group.start - longestLead), group.start));
  return lostPrefix.test(before.replace(/\u200b/g, ''));
}

/** Digits of a mobile number behind its 010. */
const mobileRest = 8;
const lostPrefix = /(?:0[\s.-]?|(?:^|[^0-9:/.]))1[\s.-]?0[\s.)-]{0,3}$/;
const longestLead = 12;

function addCandidate(candidate: NumberCandidate, options: ResolveOptions, found: FoundVenues): void {
  if (candidate.kind === 'code') {
    if (!isIssuedCodeForm(candidate.code)) found.reasons.add('not-allowed');
    else if (!options.isIssuedCode(candidate.code)) found.reasons.add('unknown-code');
    else add(found.venues, candidate.code);
  } else if (isOwn(candidate, options)) {
    found.reasons.add('own-number');
  } else if (isPrivateNumber(candidate.national) && !options.isPlace(candidate.national)) {
    found.reasons.add('private-number');
  } else add(found.venues, candidate.national);
}

/** 010 is often left out between mobiles: the local number 5550-0123 of the sender 010-5550-0123 is theirs. */
function isOwn(
  { national, completed }: NumberCandidate & { kind: 'number' },
  { areaCode, sender, receiving }: ResolveOptions,
): boolean {
  if (national === sender || national === receiving) return true;
  const typed = national.slice(areaCode.length);
  return completed && [sender, receiving].some((own) => typed === withoutPrefix(own ?? ''));
}

function withoutPrefix(canonical: string): string | null {
  const groups = groupsOf(canonical);
  return groups && groups[1] + groups[2];
}

function add(venues: string[], venue: string): void {
  if (!venues.includes(venue)) venues.push(venue);
}

/** What staff types or imports is meant as a place; whether one is registered is asked elsewhere. */
export function asTypedByStaff(areaCode: string): ResolveOptions {
  return { areaCode, sender: null, isIssuedCode: isIssuedCodeForm, isPlace: () => true };
}

/**
 * The venue that a member of staff names, a number in any of the ways that visitors write it or a six-digit code,
 * in canonical form; null when `text` names none, or more than one.
 */
export function parseVenue(text: string, areaCode: string): string | null {
  const resolution = resolveText(text, asTypedByStaff(areaCode));
  if (resolution.kind !== 'venues' || resolution.venues.length > 1) return null;
  return resolution.venues[0] ?? null;
}
