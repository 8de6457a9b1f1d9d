import { maskText } from '../visits/mask-text.ts';

/** Korean mobile numbers in the ways of typing them, with the leading zero or without, and numbers from abroad. */
const personal = /^(?:(?:0|(?:\+|00)?820?)1[016789]|10\d{8}$|\+(?!82)|00(?!82))/;

/**
 * What was typed for a place, as an error may show it: a visitor's number that was typed there by mistake is masked,
 * however many digits of it there are.
 */
export function shownTyped(typed: string): string {
  return personal.test(typed.replace(/[^\d+]/g, '')) ? maskText(typed) : typed;
}
