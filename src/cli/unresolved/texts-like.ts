import { fault } from '../../base/errors.ts';
import type { Records, StoredText } from '../../store/records.ts';
import { digitGroups } from '../../visits/digit-groups.ts';
import { readSpelledDigits, stripWebMark } from '../../visits/spelled-digits.ts';
import { textKindsOf, textOf } from '../officer/kept-texts.ts';

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

/** The texts that say the same as the one of that id, it among them. Error: `unresolved.says-nothing`. */
export async function textsLike(register: Records, id: number): Promise<StoredText[]> {
  const wanted = likenessOf((await textOf(register, id)).text ?? '');
  if (wanted === '') throw fault('unresolved.says-nothing', { id });
  const all = register.texts({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, kinds: textKindsOf('unresolved') });
  const alike: StoredText[] = [];
  for await (const texts of all)
    for (const text of texts)
      if ((text.sender !== null || text.id === id) && likenessOf(text.text ?? '') === wanted)
        alike.push(text);
  return alike;
}
