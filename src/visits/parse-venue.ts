import { isIssuedCodeForm } from './issued-code.ts';
import { resolveText } from './resolve.ts';

/**
 * The venue that a member of staff names, a number in any of the ways that visitors write it or a six-digit code,
 * in canonical form; null when `text` names none, or more than one.
 */
export function parseVenue(text: string, areaCode: string): string | null {
  const resolution = resolveText(text, { areaCode, sender: null, isIssuedCode: isIssuedCodeForm });
  if (resolution.kind !== 'venues' || resolution.venues.length > 1) return null;
  return resolution.venues[0] ?? null;
}
