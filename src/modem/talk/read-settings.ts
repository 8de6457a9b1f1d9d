import {
  bestRegistration,
  isRegistered,
  type MemoryUse,
  parametersOf,
  parseIccid,
  parseImsi,
  parseInteger,
  parseMemoryUses,
  parseRegistration,
  parseSimLock,
  type Registration,
  type SimLock,
} from '../../at/answers.ts';
import { bareQuery, type Command, prefixOf, query } from '../../at/command.ts';
import { meaningOf } from '../../at/final-result.ts';
import { type Indication, parseIndication } from '../../at/message-indication.ts';
import type { ModemFamily, PinTries } from '../families.ts';
import type { CommandReply } from './channel.ts';
import type { Session } from './session.ts';

/** `0` for PDU mode, `1` for text mode; null if the modem does not say. */
export function readMessageMode(session: Session): Promise<string | null> {
  return session.read('AT+CMGF?', '+CMGF', (line) => parametersOf(line)[0] ?? null);
}

/** Which memories are in use, with their room; empty if the modem does not say. */
export async function readMemoryUses(session: Session): Promise<MemoryUse[]> {
  return (await session.read('AT+CPMS?', '+CPMS', parseMemoryUses)) ?? [];
}

/** How texts are announced; null if the modem does not say. */
export function readIndication(session: Session): Promise<Indication | null> {
  return session.read('AT+CNMI?', '+CNMI', parseIndication);
}

/** The message service's phase, 0 or 1 (3GPP TS 27.005 §3.2.1); null if the modem does not say. */
export function readService(session: Session): Promise<number | null> {
  return session.read('AT+CSMS?', '+CSMS', (line) => parseInteger(parametersOf(line)[0]));
}

/** The question whose reply `simLockOf` reads. */
export const simLockQuery: Command = query('AT+CPIN?', '+CPIN');

/** Whether the SIM is there and open, from the line of the answer or from its error (fault A8). */
export function simLockOf(reply: CommandReply): SimLock {
  if (reply.ok) return parseSimLock(reply.lines);
  const meaning = reply.error === null ? null : meaningOf(reply.error);
  if (meaning === 'pin-wanted') return 'pin';
  if (meaning === 'puk-wanted') return 'other';
  if (meaning === 'sim-absent') return 'absent';
  return meaning === 'sim-failure' ? 'failed' : 'not-ready';
}

/** The subscriber number; null if the SIM does not say. */
export async function readImsi(session: Session): Promise<string | null> {
  return parseImsi((await session.ask(bareQuery('AT+CIMI'))) ?? []);
}

/** Tries left for the PIN; null if the family has no question for it or the answer does not say. */
export async function readPinTries(session: Session, tries: PinTries | null): Promise<number | null> {
  if (tries === null) return null;
  const line = (await session.ask(query(tries.ask, tries.prefix)))?.[0];
  const numbers = line === undefined ? [] : parametersOf(line).map(parseInteger);
  return numbers.filter((number) => number !== null).at(tries.place) ?? null;
}

/**
 * The packet domain is asked only if the others leave it open: texts come through any of them (fault D5). A state that no
 * table has is not a registration; null if the modem does not answer.
 */
export async function readRegistration(session: Session): Promise<Registration | null> {
  const states: (Registration | null)[] = [];
  for (const name of ['CREG', 'CEREG', 'CGREG']) {
    const best = bestRegistration(states);
    if (name === 'CGREG' && (best === null || isRegistered(best))) break;
    states.push(await session.read(`AT+${name}?`, `+${name}`, readState));
  }
  return bestRegistration(states);
}

function readState(line: string): Registration {
  return parseRegistration(line) ?? 'none';
}

/** The SIM's serial number, by the questions of the family; null if the SIM does not say. */
export async function readIccid(session: Session, family: ModemFamily): Promise<string | null> {
  for (const text of family.iccid) {
    // A few answer under the name without its first letter, or under another's name.
    const prefixes = [prefixOf(text), '+CCID', '+ICCID', '^ICCID', '+QCCID'];
    const command = { text, prefixes, bare: (line: string) => /\d{18}/.test(line), deadlineMs: 5_000 };
    const iccid = parseIccid((await session.ask(command)) ?? []);
    if (iccid !== null) return iccid;
  }
  return null;
}
