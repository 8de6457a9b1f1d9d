import { isQuoted, parametersOf, parseInteger, unquote } from './parameters.ts';

export type Registration = 'home' | 'roaming' | 'sms-only' | 'searching' | 'denied' | 'none';

const states: Readonly<Record<number, Registration>> = {
  0: 'none',
  1: 'home',
  2: 'searching',
  3: 'denied',
  5: 'roaming',
  6: 'sms-only',
  7: 'sms-only',
  9: 'home',
  10: 'roaming',
};

/**
 * Reads +CREG, +CGREG and +CEREG, answers and notifications alike (fault D6): the first whole numbers count, and
 * a second one of few digits is the state. `+CREG: 000,001`, `+CREG: 1, E006B, ABE0016`, `+CREG: 2,1,"0B,"01",7`.
 */
export function parseRegistration(line: string): Registration | null {
  const parameters = parametersOf(line);
  const isState = (parameter: string | undefined) => /^\d{1,3}$/.test(parameter ?? '');
  const state = isState(parameters[1]) ? parameters[1] : parameters[0];
  return isState(state) ? (states[Number(state)] ?? null) : null;
}

const order: readonly Registration[] = ['home', 'roaming', 'sms-only', 'searching', 'denied', 'none'];

/** The best of what the domains say: registered in one of them is registered (fault D5). */
export function bestRegistration(states: readonly (Registration | null)[]): Registration | null {
  return order.find((state) => states.includes(state)) ?? null;
}

/** Registered in a way that texts come through. */
export function isRegistered(state: Registration): boolean {
  return state === 'home' || state === 'roaming' || state === 'sms-only';
}

/** 0 to 31, 99 for unknown (3GPP TS 27.007 §8.5); LTE's own scale from 100 on counts as unknown. */
export function parseSignal(line: string): number | null {
  const value = parseInteger(parametersOf(line)[0]);
  if (value === null || value < 0) return null;
  return value <= 31 ? value : 99;
}

/** `+COPS: 0,0,"Operator",2` → `Operator`; null while there is none. */
export function parseOperator(line: string): string | null {
  const name = parametersOf(line)[2];
  return name !== undefined && name !== '' && isQuoted(name) ? unquote(name) || null : null;
}

/** `+CFUN: 1` → 1; a modem that answers as to a test (`(0-1,4-7),(0-1)`, ZTE) does not tell. */
export function parseFunctionality(line: string): number | null {
  return parseInteger(parametersOf(line)[0]);
}
