import { fault } from '../../base/errors.ts';
import { type DigitGroup, digitGroups } from '../../visits/digit-groups.ts';
import { maskNumber } from '../../visits/phone-number.ts';
import { parseTypedNumber, type Sender } from '../../visits/sender.ts';
import { readHiddenDigits, startIn } from '../../visits/spelled-digits.ts';

/** The most groups of one number, as in +82 10 5550 0123. */
const mostGroups = 5;

/** The text with its telephone numbers masked, if their form shows that they are telephone numbers. */
function hideNumbers(text: string): string {
  const groups = digitGroups(readHiddenDigits(text));
  let hidden = '';
  let done = 0;
  for (let first = 0; first < groups.length; first += 1) {
    const found = numberAt(groups, first);
    const [begin, last] = found === null ? [] : [groups[first], groups[found.last]];
    if (found === null || begin === undefined || last === undefined) continue;
    // A masked number from abroad brings its own plus sign.
    const before = text.slice(done, startIn(text, begin)).replace(/[+＋][ (]?$/, '');
    hidden += before + found.masked;
    done = last.end;
    first = found.last;
  }
  return hidden + text.slice(done);
}

interface Found {
  readonly last: number;
  readonly masked: string;
}

const maskedResident = '******-*******';

/** A resident registration number: date of birth, then seven digits. */
function isResident(digits: string): boolean {
  return /^\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[0-9]\d{6}$/.test(digits);
}

/** The longest number that begins with this group. */
function numberAt(groups: readonly DigitGroup[], first: number): Found | null {
  let digits = '';
  let found: Found | null = null;
  for (let at = first; at < Math.min(groups.length, first + mostGroups); at += 1) {
    const group = groups[at];
    if (group === undefined || (at > first && group.gap === 'break')) break;
    digits += group.digits;
    const sender = personalNumber(digits, groups[first]?.plus ?? false);
    if (sender !== null) found = { last: at, masked: maskNumber(sender.canonical) };
    if (at - first < 2 && [6, 13].includes(groups[first]?.digits.length ?? 0) && isResident(digits))
      found = { last: at, masked: maskedResident };
  }
  return found;
}

/** The number if the form of the digits shows that it is one, not a date, a case number or a count. */
function personalNumber(digits: string, plus: boolean): Sender | null {
  if (plus) return parseTypedNumber(`+${digits}`);
  if (/^(?:0\d{8,11}|(?:00)?82\d{9,10}|00\d{9,17})$/.test(digits)) return parseTypedNumber(digits);
  const mobile = /^1\d{8,9}$/.test(digits) ? parseTypedNumber(digits) : null;
  return mobile?.kind === 'mobile' ? mobile : null;
}

/** More than a reason needs; what is longer was pasted. */
const longest = 500;

/**
 * What an officer typed, with telephone numbers masked: the audit log outlives the visitors' records and must not keep
 * one. It masks less than the gateway's log, so that case numbers and dates stay.
 * Error: `usage.text-too-long`.
 */
export function officerText(option: '--reason' | '--case', typed: string): string {
  const text = typed.length <= 2 * longest ? withoutNumbers(typed.trim()) : typed;
  if (text.length <= longest) return text;
  throw fault('usage.text-too-long', { option, longest });
}

/** The shortest telephone number that is looked for if no plus sign marks it as one. */
const shortestNumber = 9;

/** The text with its telephone numbers masked. */
export function withoutNumbers(text: string): string {
  const groups = digitGroups(readHiddenDigits(text));
  const digits = groups.reduce((sum, group) => sum + group.digits.length, 0);
  if (digits < shortestNumber && !groups.some(({ plus }) => plus)) return text;
  return hideNumbers(text);
}
