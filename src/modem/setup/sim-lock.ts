import { query } from '../../at/command.ts';
import { meaningOf } from '../../at/final-result.ts';
import { parametersOf, parseInteger } from '../../at/parameters.ts';
import { parseSimLock, type SimLock } from '../../at/sim.ts';
import type { PinTries } from '../families.ts';
import type { Reply } from '../talk/reply.ts';

/** The question that `simLockOf` reads the answer of. */
export const askSimLock = query('AT+CPIN?', '+CPIN');

/** Whether the SIM is there and open, in the line of the answer or in its error (fault A8). */
export function simLockOf(reply: Reply): SimLock {
  if (reply.ok) return parseSimLock(reply.lines);
  const meaning = reply.error === null ? null : meaningOf(reply.error);
  if (meaning === 'pin-wanted') return 'pin';
  if (meaning === 'puk-wanted') return 'other';
  return meaning === 'sim-absent' ? 'absent' : 'not-ready';
}

export const askPinTries = ({ ask, prefix }: PinTries) => query(ask, prefix);

/** Tries left for the PIN, or null where the answer does not say. */
export function pinTriesOf({ place }: PinTries, reply: Reply): number | null {
  const line = reply.ok ? reply.lines[0] : undefined;
  const numbers = line === undefined ? [] : parametersOf(line).map(parseInteger);
  return numbers.filter((number) => number !== null).at(place) ?? null;
}
