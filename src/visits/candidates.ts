import { type DigitGroup, isLatinLetter } from './digit-groups.ts';
import { isDay, isTimeSpan, readNumber, type Written } from './read-number.ts';
import { beginsRow, blockEnd, isSingle, type Span, writtenAs } from './span.ts';

/** Consecutive groups of digits that are a number, or six digits that may be an issued code. */
export type NumberCandidate =
  | { readonly kind: 'number'; readonly national: string; readonly completed: boolean; readonly last: number }
  | { readonly kind: 'code'; readonly code: string; readonly last: number };

/** Country prefix 7, number 12, a tail of 4. */
const mostDigits = 23;
/** Carrier, country, 0, prefix, middle, last, tail; more groups only if every digit stands alone. */
const mostGroups = 7;

/**
 * The longest candidate that begins with group `first`. It ends where a joined block of groups ends: no part
 * of `110-324-2114-55` is taken out. Only a short tail may hang on the last block, an extension or a count
 * (324-2114~5, 324-2114-2).
 */
export function candidateAt(
  text: string,
  groups: readonly DigitGroup[],
  first: number,
  areaCode: string,
): NumberCandidate | null {
  const ends = blockEnds(groups, first);
  for (let i = ends.length - 1; i >= 0; i -= 1) {
    const found = readWithTail({ text, groups, first, last: ends[i] ?? first }, areaCode);
    if (found) return found;
  }
  return null;
}

function blockEnds(groups: readonly DigitGroup[], first: number): number[] {
  const ends: number[] = [];
  let digits = 0;
  let row = beginsRow(groups, first);
  for (let at = first; at < groups.length; ) {
    const next = groups[at];
    if (!next || (at > first && (next.gap === 'break' || next.quantity))) break;
    const end = blockEnd(groups, at);
    for (; at <= end; at += 1) {
      digits += groups[at]?.digits.length ?? 0;
      row &&= isSingle(groups[at]);
    }
    if (digits > mostDigits || (!row && end - first >= mostGroups)) break;
    ends.push(end);
  }
  return ends;
}

function readWithTail(span: Span, areaCode: string): NumberCandidate | null {
  const { groups, first, last } = span;
  const whole = read(span, areaCode);
  if (whole || last === first || !isTail(groups[last])) return whole;
  const body = read({ ...span, last: last - 1 }, areaCode);
  return body && { ...body, last };
}

function isTail(group: DigitGroup | undefined): boolean {
  if (group?.gap === 'range') return group.digits.length <= 4;
  return group?.gap === 'joined' && group.digits.length <= 2;
}

function read(span: Span, areaCode: string): NumberCandidate | null {
  const { text, groups, last } = span;
  const written = writtenAs(span);
  if (!written || text.charAt(groups[last]?.end ?? 0) === '@') return null;
  if (isCode(span, written)) return standsFree(span) ? { kind: 'code', code: written.digits, last } : null;
  const found = readNumber(written, areaCode);
  if (!found || (found.completed && !isSurelyLocal(span, written))) return null;
  return { kind: 'number', national: found.national, completed: found.completed, last };
}

/** 345678, 345-678 or 345 678; a price is written with a comma. */
function isCode({ groups, first, last }: Span, written: Written): boolean {
  if (written.digits.length !== 6 || written.plus || last > first + 1) return false;
  const gap = groups[last]?.gap;
  return first === last || (written.cuts[0] === 3 && (gap === 'joined' || gap === 'loose'));
}

function isSurelyLocal(span: Span, written: Written): boolean {
  const gap = span.last > span.first ? span.groups[span.last]?.gap : undefined;
  if (gap !== 'joined' && isDay(written.digits)) return false;
  if (gap === 'range' && isTimeSpan(written.digits)) return false;
  return standsFree(span);
}

const telephoneWord = /(?:^|[^a-z])(?:tel|phone|ph|hp|call|no|t)$/i;
const longestWord = 5;

/**
 * Whether no Latin letter touches the digits but a word for telephone: `M32421145` (a passport),
 * `shop.kr/3242114` and `3242114abc` are not local numbers, `Tel3242114` is one.
 */
function standsFree({ text, groups, first, last }: Span): boolean {
  const start = groups[first]?.start ?? 0;
  if (isLatinLetter(text.charCodeAt(groups[last]?.end ?? 0))) return false;
  const sign = start > 0 && '/=_'.includes(text.charAt(start - 1)) ? 1 : 0;
  const before = text.slice(Math.max(0, start - sign - longestWord - 1), start - sign);
  return !isLatinLetter(before.charCodeAt(before.length - 1)) || telephoneWord.test(before);
}
