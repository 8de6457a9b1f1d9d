import { type Languages, noLanguages } from './gsm7.ts';
import { lastElement, type Udh, type UdhElement } from './udh.ts';

const singleId = 0x24;
const lockingId = 0x25;
const highest = 13;

/** The national tables that a header asks for; 0 if it asks for none, or for one that does not exist. */
export function languagesOf(udh: Udh | null): Languages {
  if (udh === null || udh.elements.length === 0) return noLanguages;
  return { locking: language(udh, lockingId), single: language(udh, singleId) };
}

function language(udh: Udh, id: number): number {
  const read = ({ id: found, octets }: UdhElement): number | null =>
    found === id && octets.length === 1 && octets[0]! <= highest ? octets[0]! : null;
  return lastElement(udh, read) ?? 0;
}

/** The elements that ask for national tables. */
export function languageElements({ locking, single }: Languages): UdhElement[] {
  const elements: UdhElement[] = [];
  if (single > 0) elements.push({ id: singleId, octets: Uint8Array.of(single) });
  if (locking > 0) elements.push({ id: lockingId, octets: Uint8Array.of(locking) });
  return elements;
}

/** National languages by identifier (3GPP TS 23.038 §6.2.1.2.4); 0 is none. */
export const languageNames = [
  'none',
  'turkish',
  'spanish',
  'portuguese',
  'bengali',
  'gujarati',
  'hindi',
  'kannada',
  'malayalam',
  'oriya',
  'punjabi',
  'tamil',
  'telugu',
  'urdu',
] as const;
export type LanguageName = (typeof languageNames)[number];

/** The name of a language identifier, 0–13; null for 0 and for the reserved ones. */
export function languageName(language: number): LanguageName | null {
  return language === 0 ? null : (languageNames[language] ?? null);
}
