import { groupsOf } from './numbering-plan.ts';

/**
 * Country codes in use (ITU-T E.164, list of assigned codes): one digit, two, or three. A table of its own, because to
 * mask a number no more has to be known of a country than how long its code is.
 */
const assigned =
  /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2(?:1[1-368]|[2346]\d|5[0-8]|9[01789])|3(?:5\d|7\d|8[0-35-79])|42[013]|5[09]\d|6(?:[78]\d|9[0-2])|8(?:00|08|5[02356]|7[08]|8[01236-8])|9(?:6[0-8]|7[0-79]|9[2-68]))/;

/** The country code of a number in E.164 (`+8613800000000` has `86`), or null where none is assigned. */
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

/**
 * The canonical number, masked. One rule: what says the kind or the country stays, the last four digits stay,
 * all between is four stars however long it was: `010-****-0123`, `031-****-2114`, `+86-****-0000`. What has no
 * middle loses its end: `1577-****`. What is no telephone number (short codes, names, stray digits) keeps its
 * first character. Nothing stays nothing.
 */
export function maskNumber(canonical: string): string {
  const groups = groupsOf(canonical);
  if (groups) {
    const [prefix, middle, last] = groups;
    return middle === '' ? `${prefix}-${hidden}` : `${prefix}-${hidden}-${last}`;
  }
  if (canonical === '') return '';
  if (canonical.startsWith('+')) return maskForeign(canonical);
  return `${[...canonical][0]}${hidden}`;
}

const shortestWithEnd = 8;

function maskForeign(canonical: string): string {
  const code = callingCodeOf(canonical);
  if (code === null || canonical.length - 1 - code.length < shortestWithEnd)
    return `${canonical.slice(0, 2)}${hidden}`;
  return `+${code}-${hidden}-${canonical.slice(-4)}`;
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
