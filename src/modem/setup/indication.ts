import { parametersOf, parseInteger } from '../../at/answers.ts';
import { query, setting } from '../../at/command.ts';
import {
  announcesStored,
  type Indication,
  indicationsToTry,
  parseIndication,
} from '../../at/message-indication.ts';
import type { ModemFamily } from '../families.ts';
import { ask, run, type Session } from '../session.ts';

/**
 * A setting under which texts are stored and announced: the one in force if it will do, else the first that is
 * taken and reads back so. Null where none is: polling alone finds the texts then (fault A9).
 */
export async function chooseIndication(
  session: Session,
  family: ModemFamily,
  model: string,
): Promise<Indication | null> {
  const inForce = await readIndication(session);
  if (inForce && announcesStored(inForce)) return inForce;
  const offered = (await ask(session, query('AT+CNMI=?', '+CNMI')))?.at(-1) ?? null;
  const { memory } = session;
  const worked = memory.indication?.model === model ? [memory.indication.setting] : [];
  for (const wanted of indicationsToTry(offered, [...worked, ...family.indications])) {
    const reply = await run(session, setting(`AT+CNMI=${wanted.join(',')}`));
    if (!reply.ok) continue;
    const now = await readIndication(session);
    if (!now || !announcesStored(now)) continue;
    memory.indication = { model, setting: wanted };
    return now;
  }
  session.tell('warn', 'line.polling-only');
  return null;
}

/** What AT+CNMI? says, or null where it says nothing. */
export async function readIndication(session: Session): Promise<Indication | null> {
  const line = (await ask(session, query('AT+CNMI?', '+CNMI')))?.at(-1);
  return line === undefined ? null : parseIndication(line);
}

/** True where texts that come directly must be acknowledged: service phase 2+ that cannot be left (fault C16). */
export async function wantsAcknowledgement(session: Session, family: ModemFamily): Promise<boolean> {
  if ((await readService(session)) !== 1) return false;
  await run(session, setting('AT+CSMS=0', ['+CSMS']));
  return family.acknowledges && (await readService(session)) === 1;
}

/**
 * Where no setting keeps the modem from handing texts over directly (27.005 §3.4.1, mt 2 and 3), the network is to
 * keep each until it is acknowledged: service phase 2+ (§3.2.1, §3.4.4). True where the modem takes part.
 */
export async function acknowledgeDirect(session: Session, family: ModemFamily): Promise<boolean> {
  const mt = (await readIndication(session))?.[1] ?? 0;
  if (mt < 2 || !family.acknowledges) return false;
  await run(session, setting('AT+CSMS=1', ['+CSMS']));
  return (await readService(session)) === 1;
}

async function readService(session: Session): Promise<number | null> {
  const line = (await ask(session, query('AT+CSMS?', '+CSMS')))?.at(-1);
  return line === undefined ? null : parseInteger(parametersOf(line)[0]);
}
