import { callingCodeOf } from './calling-code.ts';
import { groupsOf } from './numbering-plan.ts';

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
