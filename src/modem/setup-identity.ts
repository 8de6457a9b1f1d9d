import { bareQuery, query, setting } from '../at/command.ts';
import { parseIdentity, parseImei } from '../at/identity.ts';
import { parseFunctionality } from '../at/network.ts';
import { probesFor } from '../at/resync.ts';
import type { ModemFamily } from './families/family.ts';
import { familyOf } from './families/index.ts';
import { ask, pause, run, type Session } from './session.ts';

const fullPowerMs = 10_000;

/** Echo off, numbered errors, who the modem is, and what its maker wants set. */
export async function identify(session: Session): Promise<ModemFamily> {
  await run(session, setting('ATE0'));
  await run(session, setting('AT+CMEE=1'));
  const maker = await identity(session, 'AT+CGMI');
  const model = await identity(session, 'AT+CGMM');
  const firmware = await identity(session, 'AT+CGMR');
  const imei = parseImei((await ask(session, bareQuery('AT+CGSN'))) ?? []);
  const family = familyOf(maker, model);
  session.status.learn({ maker, model, firmware, imei, family: family.name });
  if (imei !== null) noteModem(session, imei);
  session.channel.keepGap(family.gapMs);
  await raisePower(session);
  for (const extra of family.extras) {
    const lines = extra.ask === null ? null : await ask(session, setting(extra.ask, [prefixOf(extra.ask)]));
    if (!lines?.some((line) => extra.satisfied.test(line))) await run(session, setting(extra.set));
  }
  return family;
}

/** Another modem at the same port holds another number: staff must know (faults E2, G13). */
function noteModem(session: Session, imei: string): void {
  const { memory } = session;
  if (memory.imei !== null && memory.imei !== imei) session.tell('warn', 'line.modem-changed');
  memory.imei = imei;
  session.channel.expect(probesFor(imei));
}

async function identity(session: Session, text: string): Promise<string | null> {
  return parseIdentity((await ask(session, bareQuery(text))) ?? []);
}

/** A modem that starts in minimum functionality hears nothing for ever (fault A12). */
async function raisePower(session: Session): Promise<void> {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const line = (await ask(session, query('AT+CFUN?', '+CFUN')))?.[0];
    const level = line === undefined ? null : parseFunctionality(line);
    if (level !== 0 && level !== 4) return;
    session.tell('warn', 'line.radio-off', { level, attempt });
    await run(session, setting('AT+CFUN=1'));
    await pause(session, fullPowerMs);
  }
}

function prefixOf(text: string): string {
  return /^AT([+^*#$%][A-Z]+)/.exec(text)?.[1] ?? '';
}
