import { printable } from '../../base/printable.ts';
import type { Zone } from '../../base/zone.ts';
import type { Register, StoredText } from '../../store/register-types.ts';
import { maskText } from '../../visits/mask-text.ts';
import { type NearMiss, type NearMissIndex, nearMissIndex } from '../../visits/near-miss.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';

/** The registered venues, by what a text may nearly name. */
export function nearMissesOf(register: Register, areaCode: string): NearMissIndex {
  return nearMissIndex(
    register.venues().map(({ number }) => number),
    areaCode,
  );
}

/** Why a text is no visit. */
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

export const minuteOf = (zone: Zone, epochMs: number): string =>
  zone.format(epochMs).slice(0, 16).replace('T', ' ');
