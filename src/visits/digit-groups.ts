import { character, classOf } from './characters.ts';

/**
 * What stands between a group of digits and the one before it.
 * - `joined`: one dash or dot and nothing else, `range`: one tilde. The groups are one thing, as typed.
 * - `listed`: one slash, comma or colon; `dotted`: a dot and a space (how Korean dates are written);
 *   `loose`: spaces, brackets, several signs. The groups may be one number or several.
 * - `break`: anything else, or nothing before it. They are apart.
 */
export type Gap = 'joined' | 'range' | 'listed' | 'dotted' | 'loose' | 'break';

export interface DigitGroup {
  /** ASCII digits. */
  readonly digits: string;
  /** UTF-16 offsets in the text: `start` inclusive, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  gap: Gap;
  /** A plus sign stands before it, with nothing between but a space or a bracket. */
  readonly plus: boolean;
  /** It counts something (people, money, hours) or belongs to a date: no part of a number. */
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

function note(between: Between, found: number): void {
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
      note(between, found);
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
