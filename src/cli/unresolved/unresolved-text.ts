import { fault } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { Records, StoredText } from '../../store/records.ts';
import { digitGroups } from '../../visits/digit-groups.ts';
import { maskText } from '../../visits/mask-text.ts';
import { type NearMiss, type NearMissIndex, nearMissIndex } from '../../visits/near-miss.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { readSpelledDigits, stripWebMark } from '../../visits/spelled-digits.ts';
import type { Language } from '../../words/bilingual.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { shownTyped } from '../officer/places.ts';
import type { Shell } from '../shell.ts';

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

/** The ids that `12,15` and `16` name. Error: `unresolved.id`. */
export function parseIds(typed: readonly string[]): number[] {
  const ids = typed.flatMap((word) => word.split(',')).map((word) => word.trim());
  const wrong = ids.find((id) => !/^[1-9]\d{0,14}$/.test(id));
  if (wrong !== undefined) throw fault('unresolved.id', { typed: shownTyped(wrong) });
  return [...new Set(ids.map(Number))];
}

/** Error: `unresolved.unknown`. */
export async function textOf(register: Records, id: number): Promise<StoredText> {
  const text = await register.textOf(id);
  if (text === null || text.kind === 'notice') throw fault('unresolved.unknown', { id });
  return text;
}

/** The texts that say the same as the one of that id, it among them. Error: `unresolved.says-nothing`. */
export async function textsLike(register: Records, id: number): Promise<StoredText[]> {
  const wanted = likenessOf((await textOf(register, id)).text ?? '');
  if (wanted === '') throw fault('unresolved.says-nothing', { id });
  const all = register.texts({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, kinds: ['unresolved'] });
  const alike: StoredText[] = [];
  for await (const texts of all)
    for (const text of texts) if (text.text !== null && likenessOf(text.text) === wanted) alike.push(text);
  return alike;
}

/** The registered places, by what a text may nearly name. */
export async function nearMissesOf(register: Records, areaCode: string): Promise<NearMissIndex> {
  return nearMissIndex(
    (await register.venues()).map(({ number }) => number),
    areaCode,
  );
}

const longest = 40;

/** The words on one line, masked. */
export function maskedLine(
  { text }: StoredText,
  { language, maskedDigits }: Pick<Shell, 'language' | 'maskedDigits'>,
): string {
  if (text === null) return unresolvedWords[language].noText;
  const line = printable(maskText(text, maskedDigits).replace(/\s+/g, ' '));
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** `031-324-2114 City Hall: a digit off` */
export async function nearText(
  { venue, reason }: NearMiss,
  register: Records,
  language: Language,
): Promise<string> {
  const name = (await register.venueOf(venue))?.name ?? null;
  const title = name === null ? formatNational(venue) : `${formatNational(venue)} ${printable(name)}`;
  return `${title}: ${unresolvedWords[language].near[reason]}`;
}

export async function nearJson({ venue, reason }: NearMiss, register: Records): Promise<object> {
  return {
    venue: formatNational(venue),
    venue_name: (await register.venueOf(venue))?.name ?? null,
    why: reason,
  };
}
