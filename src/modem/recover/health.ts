import {
  bestRegistration,
  isRegistered,
  parseOperator,
  parseRegistration,
  parseSignal,
  parseSimLock,
  type Registration,
} from '../../at/answers.ts';
import { query } from '../../at/command.ts';
import { announcesStored } from '../../at/message-indication.ts';
import { fault } from '../../base/errors.ts';
import { ask, type Plan, raise, type Session, settingsLost } from '../session.ts';
import { readIndication } from '../setup/indication.ts';
import { readMode } from '../setup/setup.ts';
import { noteRoom, readRooms } from '../setup/storage.ts';
import type { Trouble } from './ladder.ts';
import { attend } from './reset.ts';
import { judgePower } from './watches.ts';

const alarmShare = 0.7;
const searchAlarmMs = 600_000;

const troubles: Readonly<Record<Registration, Trouble | null>> = {
  home: null,
  roaming: null,
  'sms-only': null,
  searching: 'searching',
  denied: 'denied',
  none: 'unregistered',
};

/**
 * Reads back what was set, because modems lose it in silence (fault A11), and learns how the network is.
 * @throws AppError `line.sim-lost`, `line.settings-lost`: the line is to be set up anew
 */
export async function checkHealth(session: Session, plan: Plan): Promise<void> {
  await checkSim(session);
  if ((await readMode(session)) === '1') throw settingsLost('CMGF');
  await checkStorage(session, plan);
  await checkIndication(session, plan);
  await lookAtNetwork(session);
  judgePower(session);
}

async function checkSim(session: Session): Promise<void> {
  const lines = await ask(session, query('AT+CPIN?', '+CPIN'));
  // An error or no answer says nothing for sure; set-up would ask the same and wait.
  if (lines !== null && parseSimLock(lines) !== 'ready') throw fault('line.sim-lost');
}

async function checkStorage(session: Session, plan: Plan): Promise<void> {
  const rooms = await readRooms(session);
  const memory = rooms[0]?.memory ?? null;
  if (memory !== null && memory !== plan.main) throw settingsLost('CPMS');
  noteRoom(session, rooms);
  const { storage } = session.status.report;
  const isFilling = storage !== null && storage.used > storage.total * alarmShare;
  raise(session, 'storage.filling', isFilling);
  if (isFilling)
    session.tell('warn', 'line.storage-filling', {
      memory: storage.memory,
      used: storage.used,
      total: storage.total,
    });
}

async function checkIndication(session: Session, plan: Plan): Promise<void> {
  if (plan.indication === null) return;
  const indication = await readIndication(session);
  if (indication && !announcesStored(indication)) throw settingsLost('CNMI');
}

async function lookAtNetwork(session: Session): Promise<void> {
  const last = async (text: string, prefix: string) => (await ask(session, query(text, prefix)))?.at(-1);
  const signal = await last('AT+CSQ', '+CSQ');
  const registration = await readRegistration(last);
  const operator = await last('AT+COPS?', '+COPS');
  session.status.learn({
    signal: signal === undefined ? null : parseSignal(signal),
    registration,
    operator: operator === undefined ? null : parseOperator(operator),
  });
  await attendNetwork(session, registration);
}

/** The packet domain is asked only where the others leave it open: texts come through any of them (fault D5). */
async function readRegistration(
  last: (text: string, prefix: string) => Promise<string | undefined>,
): Promise<Registration | null> {
  const states: (Registration | null)[] = [];
  for (const name of ['CREG', 'CEREG', 'CGREG']) {
    const best = bestRegistration(states);
    if (name === 'CGREG' && (best === null || isRegistered(best))) break;
    const line = await last(`AT+${name}?`, `+${name}`);
    states.push(line === undefined ? null : parseRegistration(line));
  }
  return bestRegistration(states);
}

/** Denied is told at once; a search that lasts ten minutes is told, and is no error before (fault D8). */
async function attendNetwork(session: Session, registration: Registration | null): Promise<void> {
  const { clock, memory } = session;
  const nowMs = clock.monotonicMs();
  const trouble = registration === null ? null : troubles[registration];
  if (trouble === null) memory.offNetworkSinceMs = null;
  else memory.offNetworkSinceMs ??= nowMs;
  const offMs = nowMs - (memory.offNetworkSinceMs ?? nowMs);
  raise(session, 'network.denied', trouble === 'denied');
  raise(session, 'network.searching', trouble !== null && trouble !== 'denied' && offMs >= searchAlarmMs);
  if (trouble === null) session.status.learn({ recovery: null });
  else await attend(session, trouble);
}
