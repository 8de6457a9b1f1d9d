import { planRowOf } from './numbering-plan.ts';

/** `00`, a carrier's `001` … `009`, or one of the five-digit `003xx` and `007xx`, before the country code. */
const dialledFromAbroad = /^00(?:[1-9]|[37][0-9]{2})?82/;

/** The shortest that can follow 82 is a nationwide number: eight digits. */
const shortestAfterCountry = 8;

/**
 * How many leading digits say "Korea": the country code 82 with an international prefix before it, if any.
 * 0 where there is none. A bare 82 counts when what follows is long enough to be a whole number.
 */
export function countryPrefixLength(digits: string, plus: boolean): number {
  if (digits.startsWith('82')) return plus || digits.length >= 2 + shortestAfterCountry ? 2 : 0;
  if (plus || !digits.startsWith('00')) return 0;
  return dialledFromAbroad.exec(digits)?.[0].length ?? 0;
}

/** What stands behind the country code, in national form: the leading 0 is put back where it was left out. */
export function nationalFromAbroad(rest: string): string {
  if (rest.startsWith('0') || planRowOf(rest) !== null) return rest;
  return `0${rest}`;
}
