/**
 * Korea's numbering plan as a table: which national numbers exist, how they are grouped, and which of them can
 * be a venue. (전기통신번호관리세칙; the digits after 010 and 070 begin with 2–9 because 0 and 1 would collide
 * with other services when the prefix is left out.)
 *
 * - 010 has 2–9 behind it: 2–6 are granted, 7–9 hold the numbers that moved in from 011–019.
 * - 012 numbers machines (a modem's SIM can be one). Nobody runs a place on it: known, but never a venue.
 * - 030 (messages) and 060 (paid information) belong to services, not to places: not in the table.
 * - 050x is 11 or 12 digits, 070 is 11, 080 is 10.
 * - 15xx, 16xx, 18xx are 8 digits and take no area code. Their last two digits are alike (1577, 1588, 1899), but
 *   for four older grants. Others (1578…) are not in the plan: a typo, not a venue.
 */
export type NumberKind =
  | 'landline'
  | 'mobile'
  | 'machine'
  | 'internet'
  | 'personal'
  | 'toll-free'
  | 'nationwide';

interface PlanRow {
  readonly kind: NumberKind;
  /** The leading digits, which are also the first group when the number is written. */
  readonly prefix: string;
  /** The digits that may stand directly behind the prefix. */
  readonly next: string;
  /** Digits in all, smallest and largest. */
  readonly shortest: number;
  readonly longest: number;
  /** Whether a place can have such a number. */
  readonly venue: boolean;
}

const anyDigit = '0123456789';
const exchange = '23456789';

const areaCodes = '02 031 032 033 041 042 043 044 051 052 053 054 055 061 062 063 064'.split(' ');
const oldMobileCodes = ['011', '016', '017', '018', '019'];
const personalCodes = [...anyDigit].map((digit) => `050${digit}`);
const olderNationwideCodes = ['1660', '1661', '1668', '1670'];
const nationwideCodes = [
  ...['15', '16', '18'].flatMap((lead) => [...anyDigit].map((digit) => `${lead}${digit}${digit}`)),
  ...olderNationwideCodes,
];

const row = (kind: NumberKind, prefix: string, next: string, shortest: number, longest: number): PlanRow => ({
  kind,
  prefix,
  next,
  shortest,
  longest,
  venue: kind !== 'machine',
});

const rows: readonly PlanRow[] = [
  ...areaCodes.map((code) => row('landline', code, exchange, code.length + 7, code.length + 8)),
  row('mobile', '010', exchange, 11, 11),
  ...oldMobileCodes.map((code) => row('mobile', code, exchange, 10, 11)),
  row('machine', '012', anyDigit, 11, 11),
  row('internet', '070', exchange, 11, 11),
  ...personalCodes.map((code) => row('personal', code, anyDigit, 11, 12)),
  row('toll-free', '080', anyDigit, 10, 10),
  ...nationwideCodes.map((code) => row('nationwide', code, anyDigit, 8, 8)),
];

const byPrefix = new Map(rows.map((entry) => [entry.prefix, entry]));
const digitsOnly = /^[0-9]+$/;

/** The row that allows `national` (digits, with its leading 0), or null if the plan has no such number. */
export function planRowOf(national: string): PlanRow | null {
  const found =
    byPrefix.get(national.slice(0, 3)) ??
    byPrefix.get(national.slice(0, 4)) ??
    byPrefix.get(national.slice(0, 2));
  if (!found || national.length < found.shortest || national.length > found.longest) return null;
  if (!found.next.includes(national.charAt(found.prefix.length))) return null;
  return digitsOnly.test(national) ? found : null;
}

/** Whether `national` (digits, with its leading 0) is a number that a place can have. */
export function isVenueNumber(national: string): boolean {
  return planRowOf(national)?.venue ?? false;
}

/**
 * Whether `national` is a number of a person (mobile, 050x) or of a machine. It is a place only if one is registered under
 * it. A landline or a 070 may be somebody's home, and no plan tells.
 */
export function isPrivateNumber(national: string): boolean {
  const kind = planRowOf(national)?.kind;
  return kind === 'mobile' || kind === 'personal' || kind === 'machine';
}

/** Whether `digits` are an area code, `02` or `031` … `064`. */
export function isAreaCode(digits: string): boolean {
  return byPrefix.get(digits)?.kind === 'landline';
}

/** Whether `digits` are what a full number begins with, and no number yet: an area code, `010`, `070`, `0507` … */
export function isDiallingPrefix(digits: string): boolean {
  return digits === '050' || (digits.startsWith('0') && byPrefix.has(digits));
}

/** Prefix, middle and last four of a national number that the plan allows; the middle of a 15xx is empty. */
export function groupsOf(national: string): readonly [prefix: string, middle: string, last: string] | null {
  const found = planRowOf(national);
  if (!found) return null;
  return [found.prefix, national.slice(found.prefix.length, -4), national.slice(-4)];
}

/** `00`, a carrier's `001` … `009`, or one of the five-digit `003xx` and `007xx`, before the country code. */
const dialledFromAbroad = /^00(?:[1-9]|[37][0-9]{2})?82/;

/** The shortest that can follow 82 is a nationwide number: eight digits. */
const shortestAfterCountry = 8;

/**
 * How many leading digits say "Korea": the country code 82 with an international prefix before it, if any.
 * 0 if there is none. A bare 82 counts when what follows is long enough to be a whole number.
 */
export function countryPrefixLength(digits: string, plus: boolean): number {
  if (digits.startsWith('82')) return plus || digits.length >= 2 + shortestAfterCountry ? 2 : 0;
  if (plus || !digits.startsWith('00')) return 0;
  return dialledFromAbroad.exec(digits)?.[0].length ?? 0;
}

/** The number after the country code in national form, with its leading 0. */
export function nationalFromAbroad(rest: string): string {
  if (rest.startsWith('0') || planRowOf(rest) !== null) return rest;
  return `0${rest}`;
}
