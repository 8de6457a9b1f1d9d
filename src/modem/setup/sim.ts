import {
  parametersOf,
  parseIccid,
  parseImsi,
  parseInteger,
  parseSimLock,
  type SimLock,
} from '../../at/answers.ts';
import { bareQuery, query, setting } from '../../at/command.ts';
import { meaningOf } from '../../at/final-result.ts';
import { AppError } from '../../base/errors.ts';
import type { ModemFamily, PinTries } from '../families.ts';
import { attend } from '../recover/reset.ts';
import { ask, pause, run, type Session } from '../session.ts';
import type { Reply } from '../talk/channel.ts';
import { noteSim } from './identity.ts';

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

const personMs = 30_000;

/** Waits without limit until the SIM is there and open, and learns its numbers. */
export async function openSim(session: Session, family: ModemFamily): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const reply = await run(session, askSimLock);
    const lock = simLockOf(reply);
    if (lock === 'ready') break;
    if (lock === 'pin') await enterPin(session, family);
    else if (lock === 'other') {
      session.status.enter('pin-needed', 'sim.locked');
      await pause(session, personMs);
    } else {
      const trouble = troubleOf(session, lock, reply);
      session.status.enter('waiting-for-sim', lock === 'absent' ? 'sim.absent' : reasons[trouble]);
      await attend(session, trouble);
      await pause(session, Math.min(5_000, 1_000 * (attempt + 1)));
    }
  }
  const iccid = await readIccid(session, family);
  const imsi = parseImsi((await ask(session, bareQuery('AT+CIMI'))) ?? []);
  noteSim(session, iccid, imsi);
  session.memory.iccid = iccid ?? session.memory.iccid;
  session.status.learn({ iccid, imsi });
  // An open SIM has counted its tries anew, or asks for no PIN any more: what it once refused is past.
  for (const key of simKeys(session)) if (session.pinAttempts.failed(key)) session.pinAttempts.forget(key);
}

const reasons = { 'sim-failed': 'sim.failed', 'sim-busy': 'sim.busy', 'sim-absent': 'sim.absent' } as const;

/** A SIM that has been in use and is gone can be had back; one that nobody has put in cannot (fault D3). */
function troubleOf(session: Session, lock: SimLock, reply: Reply): keyof typeof reasons {
  const wasInUse = session.memory.iccid !== null;
  if (lock === 'absent') return wasInUse ? 'sim-failed' : 'sim-absent';
  const isFailure = !reply.ok && reply.error !== null && meaningOf(reply.error) === 'sim-failure';
  return isFailure ? 'sim-failed' : 'sim-busy';
}

/**
 * One try for the PIN on file, remembered on disk before it is made and until the SIM is seen open (fault D1).
 * Whatever stands against it needs a person; the SIM is asked again from time to time meanwhile.
 */
async function enterPin(session: Session, family: ModemFamily): Promise<void> {
  session.status.learn({ iccid: await readIccid(session, family) });
  const [key] = simKeys(session);
  const { pin, fault } = pinOnFile(session);
  const obstacle = fault ?? (await obstacleTo(session, family, key, pin));
  if (obstacle !== null || pin === null) {
    session.status.enter('pin-needed', obstacle);
    await pause(session, personMs);
    return;
  }
  session.pinAttempts.remember(key);
  const reply = await run(session, setting(`AT+CPIN="${pin}"`, ['+CPIN']));
  session.tell('info', 'line.pin-sent', { accepted: reply.ok });
  await pause(session, 1_000);
}

/** A file that nobody can read, or everybody, wants a person as much as one that is not there. */
function pinOnFile(session: Session): { readonly pin: string | null; readonly fault: string | null } {
  try {
    return { pin: session.pin(), fault: null };
  } catch (error) {
    if (error instanceof AppError) return { pin: null, fault: error.code };
    throw error;
  }
}

async function obstacleTo(
  session: Session,
  family: ModemFamily,
  key: string,
  pin: string | null,
): Promise<string | null> {
  if (session.pinAttempts.failed(key)) return 'pin.refused';
  if (pin === null) return 'pin.missing';
  if (!/^\d{4,8}$/.test(pin)) return 'pin.malformed';
  const left = await triesLeft(session, family);
  return left !== null && left < 3 ? 'pin.tries-low' : null;
}

async function triesLeft(session: Session, { pinTries }: ModemFamily): Promise<number | null> {
  return pinTries === null ? null : pinTriesOf(pinTries, await run(session, askPinTries(pinTries)));
}

/** The best name of the SIM first. Some tell their ICCID only after the PIN. */
function simKeys(session: Session): [string, ...string[]] {
  const { iccid, imei } = session.status.report;
  const byModem = `imei:${imei ?? 'unknown'}`;
  return iccid === null ? [byModem] : [iccid, byModem];
}

async function readIccid(session: Session, family: ModemFamily): Promise<string | null> {
  for (const text of family.iccid) {
    const prefix = /^AT([+^][A-Z]+)/.exec(text)?.[1] ?? '';
    // A few answer under the name without its first letter or with another's.
    const prefixes = [prefix, '+CCID', '+ICCID', '^ICCID', '+QCCID'];
    const command = { text, prefixes, bare: (line: string) => /\d{18}/.test(line), deadlineMs: 5_000 };
    const iccid = parseIccid((await ask(session, command)) ?? []);
    if (iccid !== null) return iccid;
  }
  return null;
}
