import { parametersOf } from '../../at/answers.ts';
import { query, setting } from '../../at/command.ts';
import { attend } from '../recover/reset.ts';
import { ask, type Plan, pause, run, type Session } from '../session.ts';
import { identify } from './identity.ts';
import { acknowledgeDirect, chooseIndication, wantsAcknowledgement } from './indication.ts';
import { openSim } from './sim.ts';
import { chooseStorage } from './storage.ts';

/**
 * From a port that has just been opened, or a modem that has just rebooted, to one that announces texts. Asks
 * before it sets, reads back what it set, and waits as long as a SIM or its SMS service takes (faults A2, D2).
 * @throws AppError when there is no modem to talk to any more
 */
export async function setUp(session: Session): Promise<Plan> {
  const { status } = session;
  status.enter('waking');
  await session.channel.inStep();
  status.enter('setting-up');
  const family = await identify(session);
  await openSim(session, family);
  await choosePduMode(session);
  const model = `${status.report.model ?? ''} ${status.report.firmware ?? ''}`;
  const storage = await chooseStorage(session, family);
  const wanted = await wantsAcknowledgement(session, family);
  status.enter('setting-up');
  const indication = await chooseIndication(session, family, model);
  status.learn({ notifications: indication !== null });
  const acknowledge = wanted || (indication === null && (await acknowledgeDirect(session, family)));
  return { family, model, ...storage, indication, acknowledge };
}

/** Until the SMS service takes part: it is the last to start. */
async function choosePduMode(session: Session): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    if ((await readMode(session)) === '0') return;
    const reply = await run(session, setting('AT+CMGF=0'));
    // A modem that cannot be asked has at least taken it.
    if (reply.ok && (await readMode(session)) !== '1') return;
    session.status.enter('waiting-for-sim', 'sms.not-ready');
    await attend(session, 'service');
    await pause(session, Math.min(5_000, 1_000 * (attempt + 1)));
  }
}

/** `0` for PDU mode, `1` for text mode, null where the modem does not say. */
export async function readMode(session: Session): Promise<string | null> {
  const line = (await ask(session, query('AT+CMGF?', '+CMGF')))?.at(-1);
  return line === undefined ? null : (parametersOf(line)[0] ?? null);
}
