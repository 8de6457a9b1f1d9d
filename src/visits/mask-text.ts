import { type DigitGroup, digitGroups } from './digit-groups.ts';
import { type ShownDigits, usualDigits } from './phone-number.ts';
import { markQuantities } from './quantities.ts';
import { readHiddenDigits, startIn } from './spelled-digits.ts';

/** The shortest digits that can be a person's number: a local one. */
const fewestDigits = 7;
/** The longest telephone number; a longer one may be a resident's or a card's number and is masked whole. */
const mostDigits = 12;
/** An area code or 010 stays, and the last digits, as in `maskNumber`. */
const shownBefore = 3;

/**
 * A text in which every run of digits that could be a person's number is masked: `010-****-**23`, `***-**14`,
 * spelled-out digits too. Dates, times, counts and issued codes stay, and runs whose digits are public. The signs between
 * the digits stay.
 */
export function maskText(
  text: string,
  digits: ShownDigits = usualDigits,
  isPublic: (digits: string) => boolean = () => false,
): string {
  const plain = readHiddenDigits(text);
  const groups = digitGroups(plain);
  markQuantities(plain, groups);
  let masked = '';
  let done = 0;
  for (let first = 0; first < groups.length; ) {
    const last = runEnd(groups, first);
    const run = groups.slice(first, last + 1);
    const stars = isPublic(run.map((group) => group.digits).join('')) ? null : starsFor(run, digits);
    for (let i = first; i <= last && stars; i += 1) {
      const group = groups[i];
      if (!group) continue;
      masked += text.slice(done, startIn(text, group)) + shown(group, stars);
      done = group.end;
    }
    first = last + 1;
  }
  return masked + text.slice(done);
}

/** 010x5550x0123 is not a venue's number, but a reader may see a person's number in it. */
function isNear(group: DigitGroup | undefined, next: DigitGroup): boolean {
  if (!group || group.digits.length < 3 || next.digits.length < 3) return false;
  return next.start - group.end <= 2;
}

interface Stars {
  /** How many digits at the beginning of the run stay; after them all are hidden but the last ones. */
  before: number;
  hidden: number;
}

function shown(group: DigitGroup, stars: Stars): string {
  let text = '';
  for (const digit of group.digits) {
    if (stars.before > 0) {
      stars.before -= 1;
      text += digit;
    } else if (stars.hidden > 0) {
      stars.hidden -= 1;
      text += '*';
    } else text += digit;
  }
  return text;
}

const isPlainQuantity = ({ quantity, digits }: DigitGroup) =>
  quantity === 'date' || (quantity === 'count' && digits.length <= 3);

/** The last group of the run that `first` begins: what a reader might take for one number. */
function runEnd(groups: readonly DigitGroup[], first: number): number {
  let last = first;
  if (groups[first] && isPlainQuantity(groups[first])) return first;
  for (let next = groups[last + 1]; next; next = groups[last + 1]) {
    if (isPlainQuantity(next) || (next.gap === 'break' && !isNear(groups[last], next))) break;
    last += 1;
  }
  return last;
}

function starsFor(run: readonly DigitGroup[], shownAfter: ShownDigits): Stars | null {
  const length = run.reduce((sum, { digits }) => sum + digits.length, 0);
  if (length < fewestDigits) return null;
  if (length > mostDigits) return { before: 0, hidden: length };
  const before = run[0]?.digits.startsWith('0') ? shownBefore : 0;
  return { before, hidden: length - before - shownAfter };
}
