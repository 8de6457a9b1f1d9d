/**
 * The meaning of each character for reading numbers in a text. One table over the 65,536 UTF-16 units; a character that is
 * not named in it (letters of other scripts, most of Hangul, halves of emoji) separates.
 */
export const character = {
  other: 0,
  /** 1 … 10: the digits 0 … 9. */
  firstDigit: 1,
  lastDigit: 10,
  /** Invisible: direction marks that phones paste in, keycap parts, joiners. */
  invisible: 11,
  space: 12,
  dash: 13,
  dot: 14,
  tilde: 15,
  slash: 16,
  comma: 17,
  colon: 18,
  bracket: 19,
  plus: 20,
} as const;

/** The zero of each script whose digits a phone in Korea may type; the other nine follow it. */
const zeros = [
  0x0030, // ASCII
  0x0660, // Arabic
  0x06f0, // Persian, Urdu
  0x0966, // Nepali, Hindi
  0x09e6, // Bengali
  0x0e50, // Thai
  0x1040, // Burmese
  0x17e0, // Khmer
  0xff10, // full width
];

const named: readonly (readonly [keyof typeof character, string])[] = [
  ['invisible', '\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\u20e3\ufeff'],
  ['invisible', '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'],
  [
    'space',
    ' \t\r\n\v\f\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
  ],
  ['space', '\u2028\u2029\u202f\u205f\u3000\u3164'],
  // Hyphens and dashes of every kind, the Hangul vowel ㅡ and the long-vowel mark that stand in for them, and
  // the signs next to the digits of a telephone's keypad.
  ['dash', '-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207b\u208b\u2212\u2500\u2501\u30fc\u3161\u1173'],
  ['dash', '\ufe58\ufe63\uff0d\uff70_\uff3f=\uff1d*\uff0a#\uff03'],
  ['dot', '.\u00b7\u2022\u2024\u2027\u2219\u22c5\u3002\u30fb\u318d\uff0e\uff61\uff65'],
  ['tilde', '~\u02dc\u223c\u223d\u301c\u3030\uff5e'],
  ['slash', '/\\|\u2044\u2215\uff0f\uff3c\uff5c'],
  ['comma', ',;\u3001\uff0c\uff1b\uff64'],
  ['colon', ':\uff1a\u2236'],
  ['bracket', '()[]{}<>\uff08\uff09\uff3b\uff3d\uff5b\uff5d\uff1c\uff1e'],
  ['bracket', '\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011\u3014\u3015'],
  ['plus', '+\uff0b'],
];

const classes = new Uint8Array(0x1_0000);
for (const zero of zeros) {
  for (let digit = 0; digit < 10; digit += 1) classes[zero + digit] = character.firstDigit + digit;
}
for (const [name, members] of named) {
  for (let i = 0; i < members.length; i += 1) classes[members.charCodeAt(i)] = character[name];
}

/** The class of a UTF-16 unit, one of `character` (or between its first and last digit). */
function classOf(unit: number): number {
  return classes[unit] ?? character.other;
}

/** Whether `text` has no visible character. */
export function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const found = classOf(text.charCodeAt(i));
    if (found !== character.space && found !== character.invisible) return false;
  }
  return true;
}

/** Whether the UTF-16 unit is a Latin letter, ASCII or full width. */
export function isLatinLetter(unit: number): boolean {
  const folded = unit & ~0x20;
  return (
    (folded >= 0x41 && folded <= 0x5a) ||
    (unit >= 0xff21 && unit <= 0xff3a) ||
    (unit >= 0xff41 && unit <= 0xff5a)
  );
}

/**
 * The characters between a group of digits and the one before it.
 * - `joined`: one dash or dot and nothing else, `range`: one tilde. The groups are one thing, as typed.
 * - `listed`: one slash, comma or colon; `dotted`: a dot and a space (how Korean dates are written);
 *   `loose`: spaces, brackets, several signs. The groups may be one number or several.
 * - `break`: anything else, or nothing before it. They are apart.
 */
type Gap = 'joined' | 'range' | 'listed' | 'dotted' | 'loose' | 'break';

export interface DigitGroup {
  /** ASCII digits. */
  readonly digits: string;
  /** UTF-16 offsets in the text: `start` inclusive, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  gap: Gap;
  /** A plus sign precedes it, with at most spaces and brackets between. */
  readonly plus: boolean;
  /** A count (people, money, hours) or part of a date: not part of a number. */
  quantity: false | 'count' | 'date';
}

interface Between {
  broken: boolean;
  signs: number;
  sign: number;
  spaced: boolean;
  plus: boolean;
}

const nothingBetween = (broken: boolean): Between => ({
  broken,
  signs: 0,
  sign: character.other,
  spaced: false,
  plus: false,
});

const mostSigns = 3;

function addSign(between: Between, found: number): void {
  if (found === character.space || found === character.bracket) {
    between.spaced = true;
  } else if (found === character.plus) {
    between.plus = true;
    between.broken = true;
  } else if (found === character.other) {
    between.broken = true;
    between.plus = false;
  } else if (found !== character.invisible) {
    between.signs += 1;
    between.sign = found;
    between.plus = false;
  }
}

function gapOf(between: Between): Gap {
  if (between.broken || between.signs > mostSigns) return 'break';
  if (between.signs !== 1) return 'loose';
  if (between.spaced) return between.sign === character.dot ? 'dotted' : 'loose';
  if (between.sign === character.tilde) return 'range';
  return between.sign === character.dash || between.sign === character.dot ? 'joined' : 'listed';
}

const isDigit = (found: number) => found >= character.firstDigit && found <= character.lastDigit;

/** The groups of digits in `text`, of whatever script, in order. One pass. */
export function digitGroups(text: string): DigitGroup[] {
  const groups: DigitGroup[] = [];
  let between = nothingBetween(true);
  for (let i = 0; i < text.length; i += 1) {
    const found = classOf(text.charCodeAt(i));
    if (!isDigit(found)) {
      addSign(between, found);
      continue;
    }
    const group = groupAt(text, i, between);
    groups.push(group);
    i = group.end - 1;
    between = nothingBetween(false);
  }
  return groups;
}

function groupAt(text: string, start: number, between: Between): DigitGroup {
  let digits = '';
  let end = start;
  for (let i = start; i < text.length; i += 1) {
    const found = classOf(text.charCodeAt(i));
    if (isDigit(found)) {
      digits += String.fromCharCode(48 + found - character.firstDigit);
      end = i + 1;
    } else if (found !== character.invisible) break;
  }
  return { digits, start, end, gap: gapOf(between), plus: between.plus, quantity: false };
}
