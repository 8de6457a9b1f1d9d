import type { SimLock } from '../../at/answers.ts';
import { setting } from '../../at/command.ts';
import { meaningOf } from '../../at/final-result.ts';
import { minuteMs } from '../../base/amounts.ts';
import { AppError } from '../../base/errors.ts';
import type { ModemFamily } from '../families.ts';
import type { LineStatus, SimReason } from '../line-report.ts';
import { askAgainMs } from '../recover/recovery.ts';
import type { Resets } from '../recover/reset.ts';
import type { ServiceProofs } from '../recover/service-proofs.ts';
import { simReasonOf, simTroubleOf } from '../recover/sim-trouble.ts';
import type { CommandReply } from '../talk/channel.ts';
import { readIccid, readImsi, readPinTries, simLockOf, simLockQuery } from '../talk/read-settings.ts';
import type { Session } from '../talk/session.ts';
import type { IdentityWatch } from './identity.ts';

/**
 * Which SIM has refused a PIN that was on file, and which PIN. The key is the SIM's ICCID, or `imei:` and the modem's
 * IMEI if the modem gives no ICCID before the PIN; for the PIN that was tried, the same with the PIN behind it.
 */
export interface PinRefusals {
  failed(simKey: string): boolean;
  /** On disk before it returns: it is called before the PIN is sent. */
  remember(simKey: string): void;
  forget(simKey: string): void;
}

export interface SimParts {
  readonly status: LineStatus;
  readonly identity: IdentityWatch;
  readonly resets: Resets;
  readonly proofs: ServiceProofs;
  /** The PIN on file, read only if the SIM requires one; null if there is none. @throws AppError if it is unreadable */
  readonly pin: () => string | null;
  readonly pinRefusals: PinRefusals;
}

/** A SIM of which the modem says so for so long may be in use all the same; the radio was off and on once before that. */
const doubtfulAfterMs: Partial<Record<SimLock, number>> = {
  'not-ready': 30_000,
  absent: 2 * minuteMs,
  failed: 2 * minuteMs,
};
/** How long a person may take before the SIM is asked again. */
const personMs = 30_000;
/** What a SIM needs to read a PIN. */
const pinMs = 1_000;
/** With fewer tries left, the PIN on file is not tried: the last ones are for a person (fault D1). */
const leastPinTries = 3;

/** Waits without limit until the SIM is there and open, and reads its numbers. @throws LineReset */
export async function openSim(session: Session, family: ModemFamily, parts: SimParts): Promise<void> {
  const { status, identity, resets, pinRefusals, proofs } = parts;
  let waitedMs = 0;
  let isProven = true;
  for (let attempt = 0; ; attempt += 1) {
    const reply = await session.run(simLockQuery);
    const lock = simLockOf(reply);
    if (lock === 'ready') break;
    if (isDoubtful(lock, reply, waitedMs) && (await readImsi(session)) !== null) {
      isProven = lock === 'unknown' || lock === 'not-ready';
      break;
    }
    if (lock === 'pin') await enterPin(session, family, parts);
    else if (lock === 'other') {
      status.enter('pin-needed', 'sim.locked');
      await session.pause(personMs);
    } else {
      const failure = lock === 'not-ready' || lock === 'unknown' ? 'busy' : lock;
      status.waitForSim(simReasonOf(failure));
      await resets.resetIfDue(session, simTroubleOf(failure, identity.hadSim));
      waitedMs += askAgainMs(attempt);
      await session.pause(askAgainMs(attempt));
    }
  }
  const iccid = await readIccid(session, family);
  identity.recordSim(iccid, await readImsi(session));
  if (isProven) proofs.record('sim');
  // An open SIM has restored its tries or asks for no PIN any more: what it once refused is past.
  for (const key of simKeys(status)) {
    if (!pinRefusals.failed(key)) continue;
    pinRefusals.forget(key);
    pinRefusals.forget(`${key} ${pinOnFile(parts).digits}`);
  }
}

/** The answer may be wrong: a SIM that gives its IMSI is in use. */
function isDoubtful(lock: SimLock, reply: CommandReply, waitedMs: number): boolean {
  if (lock === 'unknown' || isUnknownTo(reply)) return true;
  return waitedMs >= (doubtfulAfterMs[lock] ?? Infinity);
}

/** A plain refusal says nothing of the SIM: the modem may not know the question. */
function isUnknownTo(reply: CommandReply): boolean {
  return !reply.ok && reply.error !== null && meaningOf(reply.error) === 'refused';
}

/**
 * Tries the PIN on file once. The try is on disk before it is made, and until the SIM is seen open (fault D1). If
 * something prevents it, a person has to act; until then the SIM is asked again from time to time.
 */
async function enterPin(session: Session, family: ModemFamily, parts: SimParts): Promise<void> {
  const { status, pinRefusals } = parts;
  status.learn({ iccid: await readIccid(session, family) });
  const [key] = simKeys(status);
  const pin = pinOnFile(parts);
  const obstacle = pin.obstacle ?? (await obstacleTo(session, family, key, pin.digits, pinRefusals));
  if (obstacle !== null || pin.digits === null) {
    status.enter('pin-needed', obstacle);
    await session.pause(personMs);
    return;
  }
  const tried = `${key} ${pin.digits}`;
  pinRefusals.remember(tried);
  pinRefusals.remember(key);
  const reply = await session.run(setting(`AT+CPIN="${pin.digits}"`, ['+CPIN']));
  if (reply.ok) pinRefusals.forget(tried);
  status.log(reply.ok ? 'info' : 'warn', 'line.pin-sent', { accepted: reply.ok });
  await session.pause(pinMs);
}

/** An unreadable or world-readable file needs a person just as a missing one does. */
function pinOnFile({ pin }: SimParts): { readonly digits: string | null; readonly obstacle: string | null } {
  try {
    return { digits: pin(), obstacle: null };
  } catch (error) {
    if (error instanceof AppError) return { digits: null, obstacle: error.code };
    throw error;
  }
}

/**
 * A SIM that has refused a PIN gets another one only if the modem says that all its tries are left: then somebody has
 * entered the right one since, in a telephone. The same one it never gets again.
 */
async function obstacleTo(
  session: Session,
  family: ModemFamily,
  key: string,
  pin: string | null,
  pinRefusals: PinRefusals,
): Promise<SimReason | 'pin.malformed' | null> {
  const wasRefused = pinRefusals.failed(key);
  if (pin === null) return wasRefused ? 'pin.refused' : 'pin.missing';
  if (pinRefusals.failed(`${key} ${pin}`)) return 'pin.refused';
  if (!/^\d{4,8}$/.test(pin)) return 'pin.malformed';
  const left = await readPinTries(session, family.pinTries);
  if (wasRefused && (left === null || left < leastPinTries)) return 'pin.refused';
  return left !== null && left < leastPinTries ? 'pin.tries-low' : null;
}

/** The best name of the SIM first. Some SIMs give their ICCID only after the PIN. */
function simKeys({ report }: LineStatus): [string, ...string[]] {
  const byModem = `imei:${report.imei ?? 'unknown'}`;
  return report.iccid === null ? [byModem] : [report.iccid, byModem];
}
