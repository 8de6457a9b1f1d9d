import { loadedAtUse } from '../base/loaded-at-use.ts';
import { countryPrefixLength, type NumberKind, nationalFromAbroad, planRowOf } from './numbering-plan.ts';

/** TP-OA as decoded: the type of number (3GPP TS 23.040 §9.1.2.5), and digits or an alphanumeric text. */
export interface SenderAddress {
  readonly type:
    | 'unknown'
    | 'international'
    | 'national'
    | 'network-specific'
    | 'subscriber'
    | 'alphanumeric'
    | 'abbreviated'
    | 'reserved';
  readonly value: string;
}

/**
 * - a kind of Korea's plan, or `foreign`;
 * - `short`: six digits at most, or a service code with `*` or `#`;
 * - `alphanumeric`: a name, which no network vouches for;
 * - `other`: digits that no plan has; `none`: no sender at all.
 */
export type SenderKind = NumberKind | 'foreign' | 'short' | 'alphanumeric' | 'other' | 'none';

export interface Sender {
  readonly kind: SenderKind;
  /**
   * One spelling for one sender: national digits of a Korean number (`01055500123`), `+` and E.164 of a foreign
   * one, anything else as received. A name of digits is quoted, so that it never looks like a number.
   */
  readonly canonical: string;
}

/** The numbering plans of the world: megabytes, loaded at the first text from abroad. */
const plansAbroad = loadedAtUse<typeof import('libphonenumber-js/min')>('libphonenumber-js/min');

const longestShort = 6;
/** The fewest digits of a number abroad, country code included; fewer can be possible, but prove nothing. */
const shortestForeign = 9;
const numeric = /^[0-9]+$/;

/**
 * The sender in canonical form. The same Korean number gives the same form however the network announces it:
 * 8210… as international, 010… as national or unknown, 10… without its 0, +82…, 82…, 0082… as unknown.
 */
export function parseSender({ type, value }: SenderAddress): Sender {
  if (type === 'alphanumeric') return parseName(value);
  const trimmed = value.trim();
  if (trimmed === '') return { kind: 'none', canonical: '' };
  const international = type === 'international' || trimmed.startsWith('+');
  const digits = trimmed.startsWith('+') ? trimmed.slice(1) : trimmed;
  if (!numeric.test(digits))
    return { kind: trimmed.length <= longestShort ? 'short' : 'other', canonical: trimmed };
  return (
    (international ? parseInternational(digits) : parseNational(digits, type === 'national')) ?? {
      kind: digits.length <= longestShort ? 'short' : 'other',
      canonical: digits,
    }
  );
}

/**
 * A number as a person types it (`010-5550-0123`, `+82 10 …`, `+86 …`), in the form that `parseSender` gives;
 * null if it is a number neither of Korea's plan nor abroad.
 */
export function parseTypedNumber(typed: string): Sender | null {
  const sender = parseSender({ type: 'unknown', value: typedDigits(typed) });
  return sender.kind === 'foreign' || planRowOf(sender.canonical) ? sender : null;
}

/** Shorter digits that no plan has are a number with a digit missing, as a rule. */
const shortestUnplanned = 11;

/**
 * The same, and also a number that no plan has, as an export shows it: networks deliver texts from such numbers, and
 * whoever sent one can be traced and erased.
 */
export function parseShownVisitor(typed: string): Sender | null {
  const known = parseTypedNumber(typed);
  if (known !== null) return known;
  const sender = parseSender({ type: 'unknown', value: typedDigits(typed) });
  const isLong = numeric.test(sender.canonical) && sender.canonical.length >= shortestUnplanned;
  return sender.kind === 'other' && isLong ? sender : null;
}

function typedDigits(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s().\-‐-―]/g, '');
}

function parseName(value: string): Sender {
  const name = value.trim();
  if (name === '') return { kind: 'none', canonical: '' };
  return { kind: 'alphanumeric', canonical: /^[+*#0-9]+$/.test(name) ? `"${name}"` : name };
}

function parseInternational(digits: string): Sender | null {
  if (digits.startsWith('82')) return parseBehindCountry(digits.slice(2));
  // Some networks call every number international.
  return possibleForeign(digits) ?? korean(digits) ?? unplanned(digits);
}

function parseBehindCountry(rest: string): Sender {
  if (rest.length <= longestShort) return { kind: 'short', canonical: rest };
  const national = nationalFromAbroad(rest);
  return korean(national) ?? { kind: 'other', canonical: national };
}

/** An international number of a country that the metadata does not know, or of a length that it does not. */
function unplanned(digits: string): Sender | null {
  if (digits.startsWith('0') || digits.length < shortestForeign) return null;
  return { kind: 'foreign', canonical: `+${digits}` };
}

function parseNational(digits: string, trunkMayLack: boolean): Sender | null {
  const country = countryPrefixLength(digits, false);
  if (country > 0) return parseBehindCountry(digits.slice(country));
  const withTrunk = korean(`0${digits}`);
  const trunkLacks = trunkMayLack || withTrunk?.kind === 'mobile';
  return korean(digits) ?? (trunkLacks ? withTrunk : null) ?? validForeign(digits);
}

function korean(national: string): Sender | null {
  const row = planRowOf(national);
  return row && { kind: row.kind, canonical: national };
}

function possibleForeign(digits: string): Sender | null {
  const parsed = plansAbroad().parsePhoneNumberFromString(`+${digits}`);
  return parsed?.isPossible() ? { kind: 'foreign', canonical: parsed.number } : null;
}

const internationalPrefixes = ['', '00', '001', '002', '003', '005', '006', '008', '00700'];

/** Digits without an international type that are a valid number abroad after their prefix. */
function validForeign(digits: string): Sender | null {
  for (const prefix of internationalPrefixes) {
    const rest = digits.slice(prefix.length);
    if (!digits.startsWith(prefix) || rest.startsWith('0') || rest.length < shortestForeign) continue;
    const parsed = plansAbroad().parsePhoneNumberFromString(`+${rest}`);
    if (parsed?.isValid()) return { kind: 'foreign', canonical: parsed.number };
  }
  return null;
}
