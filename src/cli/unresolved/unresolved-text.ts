import { fault } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { Register, StoredText } from '../../store/register-types.ts';
import { likenessOf } from '../../visits/alike.ts';
import { maskText } from '../../visits/mask-text.ts';
import { type NearMiss, type NearMissIndex, nearMissIndex } from '../../visits/near-miss.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { shownTyped } from '../officer/places.ts';

/** The ids that `12,15` and `16` name. Error: `unresolved.id`. */
export function parseIds(typed: readonly string[]): number[] {
  const ids = typed.flatMap((word) => word.split(',')).map((word) => word.trim());
  const wrong = ids.find((id) => !/^[1-9]\d{0,14}$/.test(id));
  if (wrong !== undefined) throw fault('unresolved.id', { typed: shownTyped(wrong) });
  return [...new Set(ids.map(Number))];
}

/** Error: `unresolved.unknown`. */
export function textOf(register: Register, id: number): StoredText {
  const text = register.textOf(id);
  if (text === null || text.kind === 'notice') throw fault('unresolved.unknown', { id });
  return text;
}

/** The texts that say the same as the one of that id, it among them. Error: `unresolved.says-nothing`. */
export function textsLike(register: Register, id: number): StoredText[] {
  const wanted = likenessOf(textOf(register, id).text ?? '');
  if (wanted === '') throw fault('unresolved.says-nothing', { id });
  const all = register.texts({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, kinds: ['unresolved'] });
  return [...all].filter(({ text }) => text !== null && likenessOf(text) === wanted);
}

/** The registered places, by what a text may nearly name. */
export function nearMissesOf(register: Register, areaCode: string): NearMissIndex {
  return nearMissIndex(
    register.venues().map(({ number }) => number),
    areaCode,
  );
}

/** Why a text is not a visit. */
export function whyText({ kind, reason }: StoredText, language: Language): string {
  const words = unresolvedWords[language];
  return kind === 'undecodable' ? words.undecodable(reason) : (words.why[reason] ?? reason);
}

const longest = 40;

/** The words on one line, masked. */
export function maskedLine({ text }: StoredText, language: Language): string {
  if (text === null) return unresolvedWords[language].noText;
  const line = printable(maskText(text).replace(/\s+/g, ' '));
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** `031-324-2114 City Hall: a digit off` */
export function nearText({ venue, reason }: NearMiss, register: Register, language: Language): string {
  const name = register.venueOf(venue)?.name ?? null;
  const title = name === null ? formatNational(venue) : `${formatNational(venue)} ${printable(name)}`;
  return `${title}: ${unresolvedWords[language].near[reason]}`;
}

export function nearJson({ venue, reason }: NearMiss, register: Register): object {
  return { venue: formatNational(venue), venue_name: register.venueOf(venue)?.name ?? null, why: reason };
}
