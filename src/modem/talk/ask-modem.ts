import {
  type MemoryUse,
  parametersOf,
  parseFunctionality,
  parseIdentity,
  parseImei,
  parseInteger,
  parseOperator,
  parseRegistration,
  parseSignal,
  type Registration,
  type SimLock,
} from '../../at/answers.ts';
import { bareQuery } from '../../at/command.ts';
import type { Clock } from '../../base/clock.ts';
import { fault } from '../../base/errors.ts';
import { familyOf } from '../families.ts';
import { within } from '../port/deadline.ts';
import { PeerWatch, type WrongPort } from '../port/foreign-peer.ts';
import type { Transport } from '../port/transport.ts';
import { Channel, noEvents } from './channel.ts';
import { readMemoryUses, readPinTries, simLockOf, simLockQuery } from './read-settings.ts';
import { Session } from './session.ts';

/** What a modem says of itself, its SIM and its network; null if it does not say. */
export interface ModemAnswers {
  readonly maker: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly imei: string | null;
  /** +CFUN: 1 is full functionality (3GPP TS 27.007 §8.2). */
  readonly functionality: number | null;
  readonly sim: SimLock;
  readonly pinTriesLeft: number | null;
  /** In the order read, write, receive. */
  readonly rooms: readonly MemoryUse[];
  /** 0 to 31, or 99 for unknown. */
  readonly signal: number | null;
  /** +CREG, the network that plain texts come from; +CEREG, the LTE network. */
  readonly registration: Registration | null;
  readonly lteRegistration: Registration | null;
  /** +CIREG: registered with the IMS, which carries texts over LTE (3GPP TS 27.007 §10.1.71). */
  readonly ims: boolean | null;
  readonly operator: string | null;
}

const wakeMs = 10_000;
const answersMs = 40_000;
const closeMs = 2_000;

/** What came of asking. `wrong`: what is at the port is no modem; null if nothing tells. */
export type Asked =
  | { readonly answers: ModemAnswers }
  | { readonly answers: null; readonly wrong: WrongPort | null };

/**
 * Asks a modem at an open port how it is, and closes the port. Sets nothing but the echo, sends no PIN and reads no
 * text.
 */
export async function askModem(transport: Transport, clock: Clock): Promise<Asked> {
  const peer = new PeerWatch(clock);
  const events = { ...noEvents, answered: () => peer.recordAnswer() };
  const session = new Session(new Channel(peer.on(transport), clock, events), clock);
  const awake = session.channel.inStep().then(() => true);
  try {
    const answers = (await within(awake, clock, wakeMs))
      ? await within(readAnswers(session), clock, answersMs)
      : null;
    return answers === null ? { answers, wrong: peer.judgeOnce() } : { answers };
  } finally {
    await within(session.channel.close(fault('port.probed')), clock, closeMs);
  }
}

async function readAnswers(session: Session): Promise<ModemAnswers> {
  const identity = async (text: string) => parseIdentity((await session.ask(bareQuery(text))) ?? []);
  const maker = await identity('AT+CGMI');
  const model = await identity('AT+CGMM');
  return {
    maker,
    model,
    firmware: await identity('AT+CGMR'),
    imei: parseImei((await session.ask(bareQuery('AT+CGSN'))) ?? []),
    functionality: await session.read('AT+CFUN?', '+CFUN', parseFunctionality),
    sim: simLockOf(await session.run(simLockQuery)),
    pinTriesLeft: await readPinTries(session, familyOf(maker, model).pinTries),
    rooms: await readMemoryUses(session),
    signal: await session.read('AT+CSQ', '+CSQ', parseSignal),
    registration: await session.read('AT+CREG?', '+CREG', parseRegistration),
    lteRegistration: await session.read('AT+CEREG?', '+CEREG', parseRegistration),
    ims: await session.read('AT+CIREG?', '+CIREG', parseIms),
    operator: await session.read('AT+COPS?', '+COPS', parseOperator),
  };
}

/** `+CIREG: 0,1` → true */
function parseIms(line: string): boolean | null {
  const state = parseInteger(parametersOf(line)[1]);
  return state === null ? null : state === 1;
}
