import { query } from '../at/command.ts';
import { announcesStored } from '../at/message-indication.ts';
import { bestRegistration, parseOperator, parseRegistration, parseSignal } from '../at/network.ts';
import { parseSimLock } from '../at/sim.ts';
import { AppError } from '../base/errors.ts';
import { settingsLost } from './read-memory.ts';
import { ask, type Plan, type Session } from './session.ts';
import { readMode } from './setup.ts';
import { readIndication } from './setup-indication.ts';
import { noteRoom, readRooms } from './setup-storage.ts';

const alarmShare = 0.7;

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
}

async function checkSim(session: Session): Promise<void> {
  const lines = await ask(session, query('AT+CPIN?', '+CPIN'));
  // An error or no answer says nothing for sure; set-up would ask the same and wait.
  if (lines !== null && parseSimLock(lines) !== 'ready')
    throw new AppError('line.sim-lost', 'the SIM is not in use any more');
}

async function checkStorage(session: Session, plan: Plan): Promise<void> {
  const rooms = await readRooms(session);
  const memory = rooms[0]?.memory ?? null;
  if (memory !== null && memory !== plan.main) throw settingsLost('CPMS');
  noteRoom(session, rooms);
  const { storage } = session.status.report;
  if (storage && storage.used > storage.total * alarmShare)
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
  const domains = [await last('AT+CREG?', '+CREG'), await last('AT+CEREG?', '+CEREG')];
  const operator = await last('AT+COPS?', '+COPS');
  session.status.learn({
    signal: signal === undefined ? null : parseSignal(signal),
    registration: bestRegistration(
      domains.map((line) => (line === undefined ? null : parseRegistration(line))),
    ),
    operator: operator === undefined ? null : parseOperator(operator),
  });
}
