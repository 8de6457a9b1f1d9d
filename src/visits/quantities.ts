import { type DigitGroup, isLatinLetter } from './digit-groups.ts';

/**
 * Marks the groups of digits that are a quantity or a time: `2명`, `15,000원`, `₩8000`, `14:30`, `11/23`,
 * `2020.11.23`, `2020. 11. 23.` No number joins across a marked group. A count that was typed directly
 * after a number in groups is split off: `031-324-21142명` ends in 2114, because numbers end in four digits. (Without
 * separators, as in `03132421142명`, the split is unknown, and the whole is not a number.)
 */
export function markQuantities(text: string, groups: DigitGroup[]): void {
  for (let i = 0; i < groups.length; i += 1) {
    const group = groups[i];
    if (!group) continue;
    group.quantity = hasUnit(text, group) || hasCurrency(text, group) ? 'count' : false;
    if (group.quantity && group.gap !== 'break' && isNumberWithCount(group))
      groups.splice(i, 1, ...partCount(group));
  }
  for (let i = 0; i < groups.length; ) i += markDateAt(groups, i);
}

const lastDigits = 4;
const isNumberWithCount = ({ digits }: DigitGroup) =>
  digits.length > lastDigits && digits.length <= lastDigits + 2 && digits.charAt(lastDigits) !== '0';

function partCount(group: DigitGroup): [number: DigitGroup, count: DigitGroup] {
  const middle = group.start + lastDigits;
  return [
    { ...group, digits: group.digits.slice(0, lastDigits), end: middle, quantity: false },
    { ...group, digits: group.digits.slice(lastDigits), start: middle, gap: 'break', plus: false },
  ];
}

// A venue's name may begin with the same syllable (명지대, 분당점, 시청): then other syllables follow.
const unit =
  /(?:[명분인원시층호개](?=$|[^가-힣]|[이입임요에씩쯤경])|[名人円元]|(?:p|ppl|people|persons?|pax|won|krw|am|pm)(?![a-z]))/iy;
const mostCounted = 3;

function hasUnit(text: string, group: DigitGroup): boolean {
  let at = group.end;
  if (group.digits.length <= mostCounted && text.charCodeAt(at) === 0x20) at += 1;
  const next = text.charCodeAt(at);
  if (!(next >= 0x4e00) && !isLatinLetter(next)) return false;
  unit.lastIndex = at;
  return unit.test(text);
}

function hasCurrency(text: string, group: DigitGroup): boolean {
  return group.start > 0 && '₩￦$€¥£'.includes(text.charAt(group.start - 1));
}

const isTied = (group: DigitGroup | undefined): boolean =>
  group !== undefined && group.gap !== 'break' && group.gap !== 'loose';

const within = (group: DigitGroup | undefined, longest: number, largest: number): boolean =>
  group !== undefined && group.digits.length <= longest && Number(group.digits) <= largest;

const isYear = (group: DigitGroup | undefined): boolean => /^(?:19|20)[0-9]{2}$/.test(group?.digits ?? '');

/** Marks the date or time that begins at `start`; returns how many groups to advance. */
function markDateAt(groups: readonly DigitGroup[], start: number): number {
  const length = dateLength(groups, start);
  if (length === 0) return 1;
  for (let i = start; i < start + length; i += 1) {
    const group = groups[i];
    if (group) group.quantity = 'date';
  }
  const next = groups[start + length];
  if (next) next.gap = 'break';
  return length;
}

function dateLength(groups: readonly DigitGroup[], start: number): number {
  const [first, second, third] = [groups[start], groups[start + 1], groups[start + 2]];
  if (!first || !second || first.plus || isTied(first) || !isTied(second)) return 0;
  const thirdTied = isTied(third);
  if (isYear(first)) return thirdTied && within(second, 2, 12) && within(third, 2, 31) ? 3 : 0;
  if (!within(first, 2, 31) || !within(second, 2, 59)) return 0;
  if (second.gap === 'dotted') return third?.gap === 'dotted' && Number(first.digits) <= 12 ? 2 : 0;
  if (!thirdTied) return 2;
  const fourth = groups[start + 3];
  if (isTied(fourth)) return isTimeWithMs(second, third, fourth) ? 4 : 0;
  return within(third, 2, 59) || isYear(third) ? 3 : 0;
}

/** 14:30:00.000, as programs write it. */
function isTimeWithMs(...[second, third, fourth]: (DigitGroup | undefined)[]): boolean {
  return second?.gap === 'listed' && third?.gap === 'listed' && fourth?.digits.length === 3;
}
