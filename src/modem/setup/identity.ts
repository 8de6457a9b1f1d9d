import { parseFunctionality, parseIdentity, parseImei, parseSerial } from '../../at/answers.ts';
import { bareQuery, prefixOf, setting } from '../../at/command.ts';
import { probesFor } from '../../at/resync.ts';
import { fault } from '../../base/errors.ts';
import { familyOf, type ModemFamily } from '../families.ts';
import type { LineStatus } from '../line-report.ts';
import { isSameIccid, type ModemId } from '../modem-id.ts';
import type { Resets } from '../recover/reset.ts';
import type { Session } from '../talk/session.ts';

/** Which modem and which SIM are in a line; null if they never said. */
export interface ModemAndSim {
  readonly imei: string | null;
  readonly iccid: string | null;
  readonly imsi: string | null;
}

/** What was in the line when it was last in service, also before a restart. Never throws. */
export interface IdentityRecord {
  known(): ModemAndSim;
  keep(identity: ModemAndSim): void;
}

/** Forgets at the end of the program. */
export function forgetfulRecord(): IdentityRecord {
  let last: ModemAndSim = { imei: null, iccid: null, imsi: null };
  return {
    known: () => last,
    keep(identity) {
      last = identity;
    },
  };
}

/** Another SIM is another number. The serial number decides; the IMSI does if there are not two serial numbers. */
function isOtherSim(known: ModemAndSim, iccid: string | null, imsi: string | null): boolean {
  if (known.iccid !== null && iccid !== null) return known.iccid !== iccid;
  return known.imsi !== null && imsi !== null && known.imsi !== imsi;
}

/** Tells staff if another modem or SIM is in one line than before (faults E2, G13). It outlives sessions. */
export class IdentityWatch {
  readonly #status: LineStatus;
  readonly #record: IdentityRecord;
  readonly #expected: ModemId | null;
  #hadSim = false;

  /** `expected`: the only modem or SIM that this line is for, or null for any. */
  constructor(status: LineStatus, record: IdentityRecord, expected: ModemId | null) {
    this.#status = status;
    this.#record = record;
    this.#expected = expected;
  }

  /** A SIM was in use since the program started: one that is gone now can come back. */
  get hadSim(): boolean {
    return this.#hadSim;
  }

  /** @throws AppError `line.other-modem` */
  recordModem(imei: string): void {
    const expected = this.#expected?.kind === 'imei' ? this.#expected.id : null;
    if (expected !== null && expected !== imei) throw fault('line.other-modem', { expected, imei });
    const known = this.#record.known();
    if (known.imei !== null && known.imei !== imei) this.#logChange('line.modem-changed');
    this.#record.keep({ ...known, imei });
  }

  /** An open SIM said this of itself. @throws AppError `line.other-sim` */
  recordSim(iccid: string | null, imsi: string | null): void {
    const { kind, id = '' } = this.#expected ?? {};
    const isOtherIccid = kind === 'iccid' && iccid !== null && !isSameIccid(iccid, id);
    if (isOtherIccid || (kind === 'imsi' && imsi !== null && imsi !== id)) throw fault('line.other-sim');
    const known = this.#record.known();
    const isOther = isOtherSim(known, iccid, imsi);
    if (isOther) this.#logChange('line.sim-changed');
    // What the other one said is not true of this one.
    const same = isOther ? { iccid: null, imsi: null } : known;
    this.#record.keep({ ...known, iccid: iccid ?? same.iccid, imsi: imsi ?? same.imsi });
    this.#status.learn({ iccid, imsi });
    this.#hadSim ||= iccid !== null || imsi !== null;
  }

  #logChange(code: 'line.modem-changed' | 'line.sim-changed'): void {
    this.#status.log('warn', code);
    this.#status.learn({ changedAt: this.#status.recordTimeMs() });
  }
}

const fullPowerMs = 10_000;
const radioOnTries = 3;
/** Nothing, no transmitter, no receiver, neither (3GPP TS 27.007 §8.2); 7 is offline (SIMCom, Huawei). */
const radioOffLevels = new Set([0, 2, 3, 4, 7]);

export interface IdentifyParts {
  readonly status: LineStatus;
  readonly identity: IdentityWatch;
  readonly resets: Resets;
}

/**
 * Switches the echo off and numbered errors on, asks who the modem is, and makes its vendor's settings.
 * @throws AppError `line.other-modem` if the line is for another one
 */
export async function identify(session: Session, parts: IdentifyParts): Promise<ModemFamily> {
  const { status, identity, resets } = parts;
  await session.run(setting('ATE0'));
  await session.run(setting('AT+CMEE=1'));
  const maker = await readIdentity(session, 'AT+CGMI');
  const model = await readIdentity(session, 'AT+CGMM');
  const firmware = await readIdentity(session, 'AT+CGMR');
  const serialLines = (await session.ask(bareQuery('AT+CGSN'))) ?? [];
  const imei = parseImei(serialLines);
  const serial = parseSerial(serialLines);
  const family = familyOf(maker, model);
  status.learn({ maker, model, firmware, imei, family: family.name });
  if (imei !== null) identity.recordModem(imei);
  if (serial !== null) session.channel.useProbes(probesFor(serial));
  resets.recordFamily(family);
  session.channel.keepGap(family.gapMs);
  await switchRadioOn(session, status, resets);
  await makeVendorSettings(session, family);
  return family;
}

async function readIdentity(session: Session, text: string): Promise<string | null> {
  return parseIdentity((await session.ask({ ...bareQuery(text), display: true })) ?? []);
}

/** A modem that starts in minimum functionality would hear nothing for ever (fault A12). */
async function switchRadioOn(session: Session, status: LineStatus, resets: Resets): Promise<void> {
  for (let attempt = 1; attempt <= radioOnTries; attempt += 1) {
    const level = await session.read('AT+CFUN?', '+CFUN', parseFunctionality);
    const isOff = level === null ? resets.leftRadioOff : radioOffLevels.has(level);
    if (!isOff) return;
    status.log('warn', 'line.radio-off', { functionality: level, attempt });
    // Some refuse to go from 0 to 1 at once.
    if (attempt > 1) await session.run(setting('AT+CFUN=4'));
    if ((await session.run(setting('AT+CFUN=1'))).ok) resets.recordRadioOn();
    await session.pause(fullPowerMs);
  }
}

async function makeVendorSettings(session: Session, { vendorSettings }: ModemFamily): Promise<void> {
  for (const { ask, satisfied, set } of vendorSettings) {
    const lines = ask === null ? null : await session.ask(setting(ask, [prefixOf(ask)]));
    if (!lines?.some((line) => satisfied.test(line))) await session.run(setting(set));
  }
}
