import { digitGroups } from './digit-groups.ts';
import { readSpelledDigits, stripWebMark } from './spelled-digits.ts';

/** Fewer digits carry no meaning of their own: a count, a table number. */
const fewestDigits = 4;

/**
 * A key that is equal for texts with the same content, however they are written: the digits if there are enough of them,
 * else the words. Empty for a text without content, which resembles no other.
 */
export function likenessOf(text: string): string {
  const body = stripWebMark(text).text.normalize('NFKC');
  const digits = digitGroups(readSpelledDigits(body))
    .map((group) => group.digits)
    .join('');
  if (digits.length >= fewestDigits) return digits;
  return body.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
