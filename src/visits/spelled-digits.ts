import { isDiallingPrefix } from './numbering-plan.ts';

/**
 * Digits that are written as something else, turned into digits in place (the text keeps its length).
 *
 * Korean syllables (공삼일 삼이사 이일일사). Each of them also occurs in ordinary words (구이, 사이, 이사), so they count only in
 * a run of seven or more without other characters and without other Hangul next to it. An ending (입니다) or a count of
 * people (이명) may follow; spaces, hyphens and the spoken 에 or 의 may separate them. A shorter run counts if it is a
 * dialling prefix with digits after it (공일공-5550-0123): otherwise the rest would be taken for a local number.
 *
 * The letter O counts as a zero if it stands among digits without another letter near it (O31-324-2114), for the same
 * reason.
 */
const syllables = '공영일이삼사오육륙칠팔구';
const values = '001234566789';

const run = new RegExp(`[${syllables}](?:[${syllables}에의\\s.-]*[${syllables}])?`, 'g');
const anySyllable = new RegExp(`[${syllables}]`);
const hangul = /[가-힣]/;
const ending = /^(?:입니다|입니당|임|요|번|으로|로)(?![가-힣])/;
const people = /^\s?[명분]/;
const digitsFollow = /^[\s.)-]{0,3}[0-9]/;

const fewest = 7;
const most = 22;

function toDigits(spelled: string): string {
  let digits = '';
  for (const letter of spelled) {
    const at = syllables.indexOf(letter);
    digits += at < 0 ? letter.replace(/[에의]/, ' ') : values.charAt(at);
  }
  return digits;
}

function readRun(spelled: string, before: string, after: string): string {
  const count = people.test(after) ? spelled.search(/\s\S{1,2}$/) : -1;
  if (count > 0) return readRun(spelled.slice(0, count), before, '') + spelled.slice(count);
  if (hangul.test(after.charAt(0)) && !ending.test(after)) return spelled;
  const firstSpace = spelled.search(/\s/);
  const whole = hangul.test(before) ? firstSpace : 0;
  if (whole >= 0 && isLongEnough(spelled.slice(whole))) return withDigitsFrom(spelled, whole);
  const lastWord = lastWordOf(spelled);
  const prefix = lastWord > 0 || !hangul.test(before) ? toDigits(spelled.slice(lastWord)) : '';
  return isDiallingPrefix(prefix) && digitsFollow.test(after) ? withDigitsFrom(spelled, lastWord) : spelled;
}

function lastWordOf(spelled: string): number {
  let at = spelled.length - 1;
  while (at > 0 && !/\s/.test(spelled.charAt(at - 1))) at -= 1;
  return at;
}

function isLongEnough(spelled: string): boolean {
  const count = toDigits(spelled).replace(/[^0-9]/g, '').length;
  return count >= fewest && count <= most;
}

const withDigitsFrom = (spelled: string, at: number) => spelled.slice(0, at) + toDigits(spelled.slice(at));

function readSyllables(text: string): string {
  if (!anySyllable.test(text)) return text;
  return text.replace(run, (spelled, at: number) =>
    readRun(spelled, text.charAt(at - 1), text.slice(at + spelled.length, at + spelled.length + 6)),
  );
}

function readLetterZeros(text: string): string {
  if (!/[0-9][oO]|[oO][0-9]/.test(text)) return text;
  return text.replace(/[0-9oO]+/g, (found, at: number) => {
    const alone = !/[a-z]/i.test(text.charAt(at - 1)) && !/[a-z]/i.test(text.charAt(at + found.length));
    return alone && /[0-9]/.test(found) ? found.replace(/[oO]/g, '0') : found;
  });
}

/** The zero of each kind of digits in circles and the like; one to nine follow the first sign of the second. */
const enclosed: readonly (readonly [zero: string, one: string])[] = [
  ['⓪', '①'],
  ['⓿', '❶'],
  ['⓪', '➀'],
  ['⓿', '➊'],
  ['⓪', '⓵'],
];
const enclosedDigits = new Map(
  enclosed.flatMap(([zero, one]) => [
    [zero, '0'] as const,
    ...Array.from(
      { length: 9 },
      (_, at) => [String.fromCharCode(one.charCodeAt(0) + at), String(at + 1)] as const,
    ),
  ]),
);

/** Superscripts, subscripts, digits in brackets or circles, mathematical digits in five styles, those of old displays. */
const styled =
  /[\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u24ff\u2776-\u2792\u{1d7ce}-\u{1d7ff}\u{1fbf0}-\u{1fbf9}]/gu;

/** A styled sign as the one digit that it stands for; a pair of units becomes a sign that nobody sees and the digit. */
function plainDigit(sign: string): string {
  const digit = enclosedDigits.get(sign) ?? sign.normalize('NFKC').replace(/[^0-9]/g, '');
  return digit.length === 1 ? digit.padStart(sign.length, '\u200b') : sign;
}

/** Where a group that was found in hidden or loose digits begins in the text as written: not within a pair of units. */
export function startIn(text: string, { start }: { readonly start: number }): number {
  return (text.charCodeAt(start) & 0xfc00) === 0xdc00 ? start - 1 : start;
}

const group = new RegExp(`(?<![가-힣])[${syllables}]{2,4}(?![가-힣])`, 'g');
const digitsBefore = /[0-9][\s.)-]{0,3}$/;

/**
 * The same, and reads more as digits than a place's number may rest on: styled digits, and short groups of syllables
 * beside digits (010 이삼사오 6789). To hide numbers, not to find places; of the same length.
 */
export function readHiddenDigits(text: string): string {
  const plain = readSpelledDigits(text.replace(styled, plainDigit));
  if (!anySyllable.test(plain)) return plain;
  const once = (read: string) =>
    read.replace(group, (spelled, at: number) => {
      const near =
        digitsBefore.test(read.slice(Math.max(0, at - 4), at)) ||
        digitsFollow.test(read.slice(at + spelled.length, at + spelled.length + 4));
      return near ? toDigits(spelled) : spelled;
    });
  // The second group of two is beside digits when the first has become some.
  return once(once(plain));
}

const loose = new Map<string, string>([
  ...[...syllables].map((letter, at) => [letter, values.charAt(at)] as const),
  ...[...'〇一二三四五六七八九'].map((letter, at) => [letter, String(at)] as const),
  ...(['零', 'ㅇ', 'O', 'o'] as const).map((letter) => [letter, '0'] as const),
  ...(['I', 'l', '|', 'ㅣ'] as const).map((letter) => [letter, '1'] as const),
]);

/** Every sign as a digit that can stand for one, in whatever word: to look for a known number only. Of the same length. */
export function readLooseDigits(text: string): string {
  return text.replace(styled, plainDigit).replace(/./gsu, (sign) => loose.get(sign) ?? sign);
}

/** `text` with spelled digits as digits; of the same length. */
export function readSpelledDigits(text: string): string {
  return readLetterZeros(readSyllables(text));
}

const mark = /^(?:\s*[[［(【]\s*(?:[wｗ][eｅ][bｂ]|웹)\s*발신\s*[\]］)】])+\s*/i;

/**
 * Takes the carrier's `[Web발신]` off the beginning of a text. It means that a web service sent the text for a
 * number registered with it: still a visit, but less certain than one from the phone itself.
 */
export function stripWebMark(text: string): { readonly text: string; readonly webSent: boolean } {
  const found = mark.exec(text);
  return found ? { text: text.slice(found[0].length), webSent: true } : { text, webSent: false };
}
