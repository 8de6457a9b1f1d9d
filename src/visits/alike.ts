import { digitGroups } from './digit-groups.ts';
import { readSpelledDigits, stripWebMark } from './spelled-digits.ts';

/** Fewer digits than these say nothing by themselves: a count, a table. */
const fewestDigits = 4;

/**
 * What texts that say the same have in common, however they are written: their digits where there are enough of them,
 * else their words. Empty for a text that says nothing, to which none is alike.
 */
export function likenessOf(text: string): string {
  const body = stripWebMark(text).text.normalize('NFKC');
  const digits = digitGroups(readSpelledDigits(body))
    .map((group) => group.digits)
    .join('');
  if (digits.length >= fewestDigits) return digits;
  return body.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
