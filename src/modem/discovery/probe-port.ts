import { join } from 'node:path';
import { parseIdentity, parseImei } from '../../at/answers.ts';
import { bareQuery } from '../../at/command.ts';
import type { Clock } from '../../base/clock.ts';
import { fault } from '../../base/errors.ts';
import { familyOf } from '../families.ts';
import { openWithin, within } from '../port/deadline.ts';
import type { Transport } from '../port/transport.ts';
import { Channel, noEvents } from '../talk/channel.ts';
import { readIccid, readImsi } from '../talk/read-settings.ts';
import { Session } from '../talk/session.ts';
import type { InventoryPort } from './inventory.ts';

/** Who answers at a port. */
interface ModemIdentity {
  readonly imei: string | null;
  /** Of the SIM in it; null if there is none, or it asks for its PIN. */
  readonly iccid: string | null;
  readonly imsi: string | null;
  readonly maker: string | null;
  readonly model: string | null;
}

interface PortAnswer {
  /** Null if nobody takes AT commands there. */
  readonly identity: ModemIdentity | null;
  /** Octets with a text that came directly, which the modem will not show again; null if there was none. */
  readonly heard: Uint8Array | null;
}

const maxHeardOctets = 65_536;

/** Keeps what comes through a transport. */
class Recording {
  readonly transport: Transport;
  #pieces: Uint8Array[] = [];
  #octets = 0;

  constructor(transport: Transport) {
    this.transport = {
      ...transport,
      onBytes: (receive) =>
        transport.onBytes((bytes) => {
          this.#keep(bytes);
          receive(bytes);
        }),
    };
  }

  /** Everything, if a text was handed over in it; else null. */
  directTexts(): Uint8Array | null {
    const all = Buffer.concat(this.#pieces);
    return /\+C(?:MT|DS):/.test(all.toString('latin1')) ? all : null;
  }

  #keep(bytes: Uint8Array): void {
    if (this.#octets > maxHeardOctets) {
      this.#pieces = [];
      this.#octets = 0;
    }
    this.#octets += bytes.length;
    this.#pieces.push(Uint8Array.from(bytes));
  }
}

/** The same transport; its receiver first gets what an earlier one has heard. */
export function beginWith(heard: Uint8Array, transport: Transport): Transport {
  return {
    ...transport,
    onBytes(receive) {
      transport.onBytes(receive);
      // Later, because the receiver is still being built when it is set.
      queueMicrotask(() => receive(heard));
    },
  };
}

/** A modem that sleeps needs two seconds to wake up; one that does not answer in this time is none, or hangs. */
const probeMs = 5_000;
/** For what the SIM says, once a modem has answered. */
const simMs = 5_000;
const closeMs = 2_000;

/**
 * Asks at an open port who is there, and closes the port. Sets nothing but the echo, and sends no PIN. Never rejects:
 * a port that fails while it is asked counts as silent.
 */
async function probePort(transport: Transport, clock: Clock): Promise<PortAnswer> {
  const recording = new Recording(transport);
  const session = new Session(new Channel(recording.transport, clock, noEvents), clock);
  const modem = await within(readModem(session), clock, probeMs);
  const sim = modem && (await within(readSim(session, modem), clock, simMs));
  const identity = modem && { ...modem, ...(sim ?? { iccid: null, imsi: null }) };
  await within(session.channel.close(fault('port.probed')), clock, closeMs);
  return { identity, heard: recording.directTexts() };
}

async function readModem(session: Session): Promise<Omit<ModemIdentity, 'iccid' | 'imsi'>> {
  await session.channel.inStep();
  const ask = async (text: string) => (await session.ask(bareQuery(text))) ?? [];
  const imei = parseImei(await ask('AT+CGSN'));
  // Another reader of the port takes octets out of answers (fault E5): a number counts if it was read twice.
  const again = parseImei(await ask('AT+CGSN'));
  const maker = parseIdentity(await ask('AT+CGMI'));
  const model = parseIdentity(await ask('AT+CGMM'));
  return { imei: imei === again ? imei : null, maker, model };
}

async function readSim(
  session: Session,
  { maker, model }: Pick<ModemIdentity, 'maker' | 'model'>,
): Promise<Pick<ModemIdentity, 'iccid' | 'imsi'>> {
  const iccid = await readIccid(session, familyOf(maker, model));
  return { iccid, imsi: await readImsi(session) };
}

export interface ProbeTools {
  /** Where the machine's file trees begin. */
  readonly root: string;
  readonly clock: Clock;
  /** Opens a device and locks it against others; rejects if it is absent, taken or may not be opened. */
  readonly openPort: (path: string, baudRate: number) => Promise<Transport>;
}

/** A device that was asked who it is. */
export interface DeviceAnswer extends PortAnswer {
  /** The port that answered. */
  readonly port: InventoryPort | null;
  /** Each port that was tried, in order. */
  readonly tried: readonly { readonly tty: string; readonly outcome: PortOutcome }[];
}

/** `taken`: a process has it open; `refused`: it does not open. */
export type PortOutcome = 'answers' | 'silent' | 'taken' | 'refused';

const usualBaudRate = 115_200;
const openMs = 5_000;

/**
 * Asks a device's ports one after another, the likeliest first, until one answers: the ports of one device belong to
 * one modem. Ports that a process has open are left alone.
 */
export async function probeDevice(
  ports: readonly InventoryPort[],
  tools: ProbeTools,
  baudRate = usualBaudRate,
): Promise<DeviceAnswer> {
  const tried: { tty: string; outcome: PortOutcome }[] = [];
  for (const port of ports) {
    const answer = port.holders.length > 0 ? 'taken' : await openAndProbe(port, tools, baudRate);
    if (answer === 'taken' || answer === 'refused') tried.push({ tty: port.name, outcome: answer });
    else {
      tried.push({ tty: port.name, outcome: answer.identity ? 'answers' : 'silent' });
      if (answer.identity) return { ...answer, port, tried };
    }
  }
  return { identity: null, heard: null, port: null, tried };
}

async function openAndProbe(
  port: InventoryPort,
  { root, clock, openPort }: ProbeTools,
  baudRate: number,
): Promise<PortAnswer | 'refused'> {
  const open = () => openPort(join(root, port.node), baudRate);
  try {
    return await probePort(await openWithin(open, clock, openMs), clock);
  } catch {
    return 'refused';
  }
}
