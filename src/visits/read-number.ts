import { countryPrefixLength, groupsOf, isVenueNumber, nationalFromAbroad } from './numbering-plan.ts';

/** Consecutive groups of digits, read as one. */
export interface Written {
  /** All digits, run together. */
  readonly digits: string;
  /** Where one group ends and the next begins: offsets in `digits`, ascending. */
  readonly cuts: readonly number[];
  /** A plus sign stands before them. */
  readonly plus: boolean;
  /** Every digit stands alone (0 3 1 3 2 …): the cuts carry no meaning. */
  readonly spelledOut: boolean;
}

interface ReadNumber {
  /** National digits with the leading 0. */
  readonly national: string;
  /** The area code was left out and has been added. */
  readonly completed: boolean;
}

const localNumber = /^[2-9][0-9]{6,7}$/;

/**
 * The venue's number that the digits are, when the plan allows it and the groups are its groups: a cut may stand
 * behind the country code, behind the prefix and before the last four digits, nowhere else. So 031-324-2114,
 * 0313242114 and 031 3242114 are one number, and 3242114 with a lone 2 behind it never is.
 */
export function readNumber(written: Written, areaCode: string): ReadNumber | null {
  const country = countryPrefixLength(written.digits, written.plus);
  if (written.plus && country === 0) return null;
  const completed = country === 0 && localNumber.test(written.digits);
  const national = nationalOf(written.digits, country, completed ? areaCode : '');
  if (!isVenueNumber(national)) return null;
  const shift = national.length - written.digits.length;
  const fits = written.spelledOut || written.cuts.every((cut) => isCut(national, cut, shift, country));
  return fits ? { national, completed } : null;
}

function nationalOf(digits: string, country: number, areaCode: string): string {
  return country > 0 ? nationalFromAbroad(digits.slice(country)) : areaCode + digits;
}

function isCut(national: string, cut: number, shift: number, country: number): boolean {
  if (cut <= country) return true;
  const at = cut + shift;
  const prefix = groupsOf(national)?.[0] ?? '';
  // (0) between country and area code; 050-7123-4567, though 0507 is the prefix.
  const alsoAllowed = (at === 1 && country > 0) || (at === 3 && prefix.startsWith('050'));
  return alsoAllowed || at === prefix.length || at === national.length - 4;
}

/** Whether eight digits are a day of this century, YYYYMMDD, and so perhaps not a local number. */
export function isDay(digits: string): boolean {
  return /^20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$/.test(digits);
}

/** Whether eight digits are two times of day, hhmmhhmm. */
export function isTimeSpan(digits: string): boolean {
  return /^(?:(?:[01][0-9]|2[0-4])[0-5][0-9]){2}$/.test(digits);
}
