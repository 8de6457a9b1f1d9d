import { parseFunctionality, parseIdentity, parseImei } from '../../at/answers.ts';
import { bareQuery, query, setting } from '../../at/command.ts';
import { probesFor } from '../../at/resync.ts';
import { fault } from '../../base/errors.ts';
import { familyOf, type ModemFamily } from '../families.ts';
import { ask, pause, run, type Session } from '../session.ts';

/** Another modem at the same port holds another number: staff must know (faults E2, G13). */
export function noteModem(session: Session, imei: string): void {
  const known = session.identity.known();
  if (known.imei !== null && known.imei !== imei) tellChange(session, 'line.modem-changed');
  session.identity.keep({ ...known, imei });
}

/** Another card is another number. Told by its serial number; by its IMSI where that was not told both times. */
export function noteSim(session: Session, iccid: string | null, imsi: string | null): void {
  const known = session.identity.known();
  const isOther =
    known.iccid !== null && iccid !== null
      ? known.iccid !== iccid
      : known.imsi !== null && imsi !== null && known.imsi !== imsi;
  if (isOther) tellChange(session, 'line.sim-changed');
  // Of another card nothing is known but what it says itself.
  const same = isOther ? { iccid: null, imsi: null } : known;
  session.identity.keep({ ...known, iccid: iccid ?? same.iccid, imsi: imsi ?? same.imsi });
}

function tellChange(session: Session, code: 'line.modem-changed' | 'line.sim-changed'): void {
  session.tell('warn', code);
  session.status.learn({ changedAt: session.clock.wallMs() });
}

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
  if (imei !== null) meet(session, imei);
  session.memory.family = family;
  session.channel.keepGap(family.gapMs);
  await raisePower(session);
  for (const extra of family.extras) {
    const lines = extra.ask === null ? null : await ask(session, setting(extra.ask, [prefixOf(extra.ask)]));
    if (!lines?.some((line) => extra.satisfied.test(line))) await run(session, setting(extra.set));
  }
  return family;
}

/** @throws AppError `line.other-modem` where the line is for another one */
function meet(session: Session, imei: string): void {
  const expected = session.expectedImei;
  if (expected !== null && expected !== imei) throw fault('line.other-modem', { expected, imei });
  noteModem(session, imei);
  session.channel.expect(probesFor(imei));
}

async function identity(session: Session, text: string): Promise<string | null> {
  return parseIdentity((await ask(session, bareQuery(text))) ?? []);
}

/** A modem that starts in minimum functionality hears nothing for ever (fault A12). */
async function raisePower(session: Session): Promise<void> {
  const { memory } = session;
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const line = (await ask(session, query('AT+CFUN?', '+CFUN')))?.[0];
    const level = line === undefined ? null : parseFunctionality(line);
    const isOff = level === 0 || level === 4 || (level === null && memory.radioLeftOff);
    if (!isOff) break;
    session.tell('warn', 'line.radio-off', { functionality: level, attempt });
    // Some refuse to go from 0 to 1 at once.
    if (attempt > 1) await run(session, setting('AT+CFUN=4'));
    if ((await run(session, setting('AT+CFUN=1'))).ok) memory.radioLeftOff = false;
    await pause(session, fullPowerMs);
  }
}

function prefixOf(text: string): string {
  return /^AT([+^*#$%][A-Z]+)/.exec(text)?.[1] ?? '';
}
