import {
  type MemoryRoom,
  parametersOf,
  parseFunctionality,
  parseIdentity,
  parseImei,
  parseInteger,
  parseOperator,
  parseRegistration,
  parseRooms,
  parseSignal,
  type Registration,
  type SimLock,
} from '../../at/answers.ts';
import { bareQuery, type Command, query } from '../../at/command.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import { fault } from '../../base/errors.ts';
import { familyOf, type PinTries } from '../families.ts';
import { within } from '../port/deadline.ts';
import type { Transport } from '../port/transport.ts';
import { askPinTries, askSimLock, pinTriesOf, simLockOf } from '../setup/sim.ts';
import { type Channel, openChannel } from './channel.ts';

/** What a modem says of itself, its SIM and its network; null where it does not say. */
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
  readonly rooms: readonly MemoryRoom[];
  /** 0 to 31, or 99 for unknown. */
  readonly signal: number | null;
  /** +CREG, where plain texts come from; +CEREG, the LTE network. */
  readonly registration: Registration | null;
  readonly lteRegistration: Registration | null;
  /** +CIREG: registered with the IMS, which carries texts over LTE (3GPP TS 27.007 §10.1.71). */
  readonly ims: boolean | null;
  readonly operator: string | null;
}

const wakeMs = 10_000;
const answersMs = 40_000;
const closeMs = 2_000;

/**
 * Asks a modem at an open port how it is, and closes the port. Nothing is set but the echo; no PIN is sent, no text
 * is read. Null: it does not answer.
 */
export async function askModem(transport: Transport, clock: Clock): Promise<ModemAnswers | null> {
  const channel = openChannel(transport, clock, ignored);
  const asked = async () => {
    const awake = channel.inStep().then(() => true);
    return (await atMost(awake, clock, wakeMs)) === true ? atMost(ask(channel), clock, answersMs) : null;
  };
  try {
    return await asked().catch(() => null);
  } finally {
    await within(channel.close(fault('port.probed')), clock, closeMs);
  }
}

const nothing = () => {};
const ignored = {
  notify: nothing,
  direct: nothing,
  count: nothing,
  synced: nothing,
  unsynced: nothing,
  wrote: nothing,
  ended: nothing,
};

/** Null after `limitMs`. */
async function atMost<T>(work: Promise<T>, clock: Clock, limitMs: number): Promise<T | null> {
  const enough = new AbortController();
  // Rejects later, when the channel is closed under it: nobody waits for it any more.
  work.catch(nothing);
  const first = await Promise.race([work, sleep(clock, limitMs, enough.signal).then(() => null)]);
  enough.abort();
  return first;
}

async function ask(channel: Channel): Promise<ModemAnswers> {
  const identity = async (text: string) => parseIdentity(await lines(channel, bareQuery(text)));
  const maker = await identity('AT+CGMI');
  const model = await identity('AT+CGMM');
  const last = async <T>(text: string, prefix: string, parse: (line: string) => T | null) =>
    told((await lines(channel, query(text, prefix))).at(-1), parse);
  return {
    maker,
    model,
    firmware: await identity('AT+CGMR'),
    imei: parseImei(await lines(channel, bareQuery('AT+CGSN'))),
    functionality: await last('AT+CFUN?', '+CFUN', parseFunctionality),
    sim: simLockOf(await channel.run(askSimLock)),
    pinTriesLeft: await pinTriesLeft(channel, familyOf(maker, model).pinTries),
    rooms: (await last('AT+CPMS?', '+CPMS', parseRooms)) ?? [],
    signal: await last('AT+CSQ', '+CSQ', parseSignal),
    registration: await last('AT+CREG?', '+CREG', parseRegistration),
    lteRegistration: await last('AT+CEREG?', '+CEREG', parseRegistration),
    ims: await last('AT+CIREG?', '+CIREG', parseIms),
    operator: await last('AT+COPS?', '+COPS', parseOperator),
  };
}

async function lines(channel: Channel, command: Command): Promise<readonly string[]> {
  const reply = await channel.run(command);
  return reply.ok ? reply.lines : [];
}

function told<T>(line: string | undefined, parse: (line: string) => T | null): T | null {
  return line === undefined ? null : parse(line);
}

async function pinTriesLeft(channel: Channel, tries: PinTries | null): Promise<number | null> {
  return tries === null ? null : pinTriesOf(tries, await channel.run(askPinTries(tries)));
}

/** `+CIREG: 0,1` → true */
function parseIms(line: string): boolean | null {
  const state = parseInteger(parametersOf(line)[1]);
  return state === null ? null : state === 1;
}
