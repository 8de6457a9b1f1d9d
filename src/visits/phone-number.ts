import { groupsOf } from './numbering-plan.ts';

/**
 * Country codes in use (ITU-T E.164, list of assigned codes): one digit, two, or three. Masking a
 * number needs only the length of a country's code, so that this table suffices.
 */
const assigned =
  /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2(?:1[1-368]|[2346]\d|5[0-8]|9[01789])|3(?:5\d|7\d|8[0-35-79])|42[013]|5[09]\d|6(?:[78]\d|9[0-2])|8(?:00|08|5[02356]|7[08]|8[01236-8])|9(?:6[0-8]|7[0-79]|9[2-68]))/;

/** The country code of a number in E.164 (`+8613800000000` has `86`), or null if none is assigned. */
export function callingCodeOf(e164: string): string | null {
  return assigned.exec(e164.slice(1))?.[0] ?? null;
}

/**
 * The canonical number as people write it: `010-5550-0123`, `02-123-4567`, `1577-1122`. Foreign numbers (`+86…`),
 * codes and names stay as they are.
 */
export function formatNational(canonical: string): string {
  const groups = groupsOf(canonical);
  if (groups === null) return canonical;
  const [prefix, middle, last] = groups;
  return middle === '' ? `${prefix}-${last}` : `${prefix}-${middle}-${last}`;
}

const hidden = '****';

/** How many of its last digits a masked number shows. */
export type ShownDigits = 2 | 4;
/** Four digits, with a place and a second, name a person to whoever knows a few. */
export const usualDigits: ShownDigits = 2;

/**
 * The canonical number, masked. The digits of the kind or the country and the last two digits stay; four stars replace
 * all digits between, however many: `010-****-**23`, `031-****-**14`, `+86-****-**00`, and with four digits shown
 * `010-****-0123`. A number without a middle loses its end: `1577-****`. Anything else (short codes, names, stray digits)
 * keeps its first character; empty stays empty.
 */
export function maskNumber(canonical: string, digits: ShownDigits = usualDigits): string {
  const groups = groupsOf(canonical);
  if (groups) {
    const [prefix, middle, last] = groups;
    return middle === '' ? `${prefix}-${hidden}` : `${prefix}-${hidden}-${endOf(last, digits)}`;
  }
  if (canonical === '') return '';
  if (canonical.startsWith('+')) return maskForeign(canonical, digits);
  return `${[...canonical][0]}${hidden}`;
}

const shortestWithEnd = 8;

function endOf(last: string, digits: ShownDigits): string {
  return last.slice(-digits).padStart(last.length, '*');
}

function maskForeign(canonical: string, digits: ShownDigits): string {
  const code = callingCodeOf(canonical);
  if (code === null || canonical.length - 1 - code.length < shortestWithEnd)
    return `${canonical.slice(0, 2)}${hidden}`;
  return `+${code}-${hidden}-${endOf(canonical.slice(-4), digits)}`;
}

/**
 * A sender's canonical number, or name, that prints masked wherever it lands by accident: in a log, an error, JSON, a
 * debugger.
 */
export class PhoneNumber {
  readonly #canonical: string;

  constructor(canonical: string) {
    this.#canonical = canonical;
  }

  /** The canonical number in the clear. */
  reveal(): string {
    return this.#canonical;
  }

  toString(): string {
    return maskNumber(this.#canonical);
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}
