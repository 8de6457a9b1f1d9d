import { fault } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { KeptKind, NewText, TextKind } from '../../store/intake.ts';
import { keptKinds } from '../../store/intake.ts';
import type { Records, StoredText } from '../../store/records.ts';
import { maskText } from '../../visits/mask-text.ts';
import { type NearestPlace, type NearestPlaces, nearestPlaces } from '../../visits/nearest-places.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import type { Shell } from '../shell.ts';
import { shownTyped } from './places.ts';

/** The command that lists and shows each kind of what is kept; a kind without one does not compile. */
export const shownBy = {
  visit: 'export',
  unresolved: 'unresolved',
  undecodable: 'unresolved',
  notice: 'notices',
  part: 'waiting',
  direct: 'waiting',
} as const satisfies Readonly<Record<KeptKind, string>>;

/** A command that lists and shows texts that are not visits. */
export type TextCommand = Exclude<(typeof shownBy)[KeptKind], 'export'>;

/** The kinds of texts that a command lists and shows. */
export function textKindsOf(command: TextCommand): TextKind[] {
  return keptKinds.filter((kind): kind is TextKind => shownBy[kind] === command);
}

/** What is kept of an arrival that is not a visit. */
export interface KeptText
  extends Pick<
    NewText,
    'sender' | 'text' | 'pdu' | 'announcedLength' | 'atMs' | 'receivedAtMs' | 'line' | 'reason'
  > {
  readonly id: number | string;
  readonly kind: Exclude<KeptKind, 'visit'>;
  readonly expiresAtMs: number;
}

/** The ids that `12,15` and `16` name. Errors: `unresolved.id`, `notices.id`. */
export function parseIds(
  typed: readonly string[],
  command: 'unresolved' | 'notices' = 'unresolved',
): number[] {
  const ids = typed.flatMap((word) => word.split(',')).map((word) => word.trim());
  const wrong = ids.find((id) => !/^[1-9]\d{0,14}$/.test(id));
  if (wrong !== undefined) throw fault(`${command}.id`, { typed: shownTyped(wrong) });
  return [...new Set(ids.map(Number))];
}

/** Errors: `unresolved.unknown`, `notices.unknown`. */
export async function textOf(
  register: Records,
  id: number,
  command: 'unresolved' | 'notices' = 'unresolved',
): Promise<StoredText> {
  const text = await register.textOf(id);
  if (text === null || shownBy[text.kind] !== command) throw fault(`${command}.unknown`, { id });
  return text;
}

/** The registered places, by what a text may nearly name. */
export async function nearestPlacesOf(register: Records, areaCode: string): Promise<NearestPlaces> {
  const places = (await register.venues()).map(({ number, name, branches }) => ({
    number,
    names: [name, ...branches.map((branch) => branch.name)].filter((each) => each !== null),
  }));
  return nearestPlaces(places, areaCode);
}

const longest = 40;

/** The words on one line, masked. */
export function maskedLine(
  { text }: Pick<KeptText, 'text'>,
  { language, maskedDigits }: Pick<Shell, 'language' | 'maskedDigits'>,
): string {
  if (text === null) return unresolvedWords[language].noText;
  const line = printable(maskText(text, maskedDigits).replace(/\s+/g, ' '));
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** `031-324-2114 City Hall: a digit off` */
export async function nearText(
  { venue, reason }: NearestPlace,
  register: Records,
  language: Language,
): Promise<string> {
  const name = (await register.venueOf(venue))?.name ?? null;
  const title = name === null ? formatNational(venue) : `${formatNational(venue)} ${printable(name)}`;
  return `${title}: ${unresolvedWords[language].near[reason]}`;
}

export interface NearJson {
  readonly venue: string;
  readonly venue_name: string | null;
  readonly why: string;
}

export async function nearJson({ venue, reason }: NearestPlace, register: Records): Promise<NearJson> {
  return {
    venue: formatNational(venue),
    venue_name: (await register.venueOf(venue))?.name ?? null,
    why: reason,
  };
}
