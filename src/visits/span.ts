import type { DigitGroup } from './digit-groups.ts';
import type { Written } from './read-number.ts';

/** Consecutive groups of digits, `first` to `last`, in the text that they stand in. */
export interface Span {
  readonly text: string;
  readonly groups: readonly DigitGroup[];
  readonly first: number;
  readonly last: number;
}

const isJoined = (group: DigitGroup) => group.gap === 'joined' || group.gap === 'range';

/** The last group of the block that `first` begins: groups tied by `joined` or `range`. */
export function blockEnd(groups: readonly DigitGroup[], first: number): number {
  let last = first;
  for (let next = groups[last + 1]; next && isJoined(next); next = groups[last + 1]) last += 1;
  return last;
}

/** The last group before the first `break` after `first`. */
export function chainEnd(groups: readonly DigitGroup[], first: number): number {
  let last = first;
  for (let next = groups[last + 1]; next && next.gap !== 'break'; next = groups[last + 1]) last += 1;
  return last;
}

/** All digits of the span, run together. */
export function digitsOf({ groups, first, last }: Span): string {
  let digits = '';
  for (let i = first; i <= last; i += 1) digits += groups[i]?.digits ?? '';
  return digits;
}

/** The span as one number's digits and cuts, or null if a group in it is a quantity. */
export function writtenAs(span: Span): Written | null {
  const { groups, first, last } = span;
  const cuts: number[] = [];
  let length = 0;
  for (let i = first; i <= last; i += 1) {
    const group = groups[i];
    if (!group || group.quantity) return null;
    if (i > first) cuts.push(length);
    length += group.digits.length;
  }
  const plus = groups[first]?.plus ?? false;
  return { digits: digitsOf(span), cuts, plus, spelledOut: isWholeRow(span, length) };
}

/** Whether every group is a single digit, and the row of single digits neither begins before nor goes on behind. */
function isWholeRow({ groups, first, last }: Span, length: number): boolean {
  if (last === first || length !== last - first + 1 || !beginsRow(groups, first)) return false;
  return !isSingle(groups[last + 1]) || groups[last + 1]?.gap === 'break';
}

/** Whether group `first` is a single digit with none before it. */
export function beginsRow(groups: readonly DigitGroup[], first: number): boolean {
  if (!isSingle(groups[first])) return false;
  return groups[first]?.gap === 'break' || !isSingle(groups[first - 1]);
}

export const isSingle = (group: DigitGroup | undefined): boolean =>
  group?.digits.length === 1 && !group.quantity;
