import { join } from 'node:path';
import { parseIdentity, parseImei } from '../../at/answers.ts';
import { bareQuery } from '../../at/command.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import { fault } from '../../base/errors.ts';
import { openWithin, within } from '../port/deadline.ts';
import type { Transport } from '../port/transport.ts';
import { type Channel, type ChannelEvents, openChannel } from '../talk/channel.ts';
import type { InventoryPort } from './inventory.ts';

const mostOctets = 65_536;

/** A transport that remembers what came through it. */
export interface Heard {
  readonly transport: Transport;
  /** All that was heard, if a text was handed over in it: the modem will not show it again. Null where none was. */
  direct(): Uint8Array | null;
}

export function hear(transport: Transport): Heard {
  let pieces: Uint8Array[] = [];
  let octets = 0;
  return {
    transport: {
      ...transport,
      onBytes: (receive) =>
        transport.onBytes((bytes) => {
          if (octets > mostOctets) pieces = [];
          octets = pieces.length === 0 ? bytes.length : octets + bytes.length;
          pieces.push(bytes.slice());
          receive(bytes);
        }),
    },
    direct() {
      const all = Buffer.concat(pieces);
      return /\+C(?:MT|DS):/.test(all.toString('latin1')) ? all : null;
    },
  };
}

/** The same transport; its receiver gets first what an earlier one has heard. */
export function beginWith(heard: Uint8Array, transport: Transport): Transport {
  return {
    ...transport,
    onBytes(receive) {
      transport.onBytes(receive);
      // Not at once: whoever sets a receiver is still putting itself together.
      queueMicrotask(() => receive(heard));
    },
  };
}

/** Who answers at a port. */
export interface ModemIdentity {
  readonly imei: string | null;
  readonly maker: string | null;
  readonly model: string | null;
}

export interface Probed {
  /** Null: nobody who takes AT commands. */
  readonly identity: ModemIdentity | null;
  /** What the modem said unasked that would be lost with the port's closing. */
  readonly heard: Uint8Array | null;
}

/** A modem that sleeps needs two seconds to be woken; one that does not answer in this time is none, or hangs. */
const probeMs = 5_000;
const closeMs = 2_000;

/**
 * Asks at an open port who is there, and closes it. Nothing is set but the echo, and no PIN is sent. Never rejects:
 * a port that fails meanwhile has nobody.
 */
export async function probePort(transport: Transport, clock: Clock): Promise<Probed> {
  const heard = hear(transport);
  const channel = openChannel(heard.transport, clock, deaf);
  const enough = new AbortController();
  const asked = askWho(channel).catch(() => null);
  const limit = sleep(clock, probeMs, enough.signal).then(() => null);
  const identity = await Promise.race([asked, limit]);
  enough.abort();
  await within(channel.close(fault('port.probed')), clock, closeMs);
  return { identity, heard: heard.direct() };
}

const deaf: ChannelEvents = {
  notify: () => {},
  direct: () => {},
  count: () => {},
  synced: () => {},
  unsynced: () => {},
  wrote: () => {},
  ended: () => {},
};

async function askWho(channel: Channel): Promise<ModemIdentity> {
  await channel.inStep();
  const lines = async (text: string): Promise<readonly string[]> => {
    const reply = await channel.run(bareQuery(text));
    return reply.ok ? reply.lines : [];
  };
  const imei = parseImei(await lines('AT+CGSN'));
  // Another reader of the port takes octets out of answers (fault E5): a number counts that was heard twice.
  const again = parseImei(await lines('AT+CGSN'));
  return {
    imei: imei === again ? imei : null,
    maker: parseIdentity(await lines('AT+CGMI')),
    model: parseIdentity(await lines('AT+CGMM')),
  };
}

export interface ProbeTools {
  /** Where the machine's file trees begin. */
  readonly root: string;
  readonly clock: Clock;
  /** Opens a device and locks it against others; rejects where it is absent, taken or not ours to open. */
  readonly openPort: (path: string, baudRate: number) => Promise<Transport>;
}

/** A device that was asked who it is. */
export interface DeviceAnswer extends Probed {
  /** The port that answered. */
  readonly port: InventoryPort | null;
  /** What came of each port that was tried, in order. */
  readonly tried: readonly { readonly tty: string; readonly outcome: PortOutcome }[];
}

/** `refused`: it does not open: taken after all, or without right to it. */
export type PortOutcome = 'answers' | 'silent' | 'taken' | 'refused';

const usualBaudRate = 115_200;
const openMs = 5_000;

/**
 * Asks a device's ports one after another, the likeliest first, until one answers with the device's own number: the
 * ports of one device belong to one modem. Those that somebody has open are left alone.
 */
export async function probeDevice(
  ports: readonly InventoryPort[],
  tools: ProbeTools,
  baudRate = usualBaudRate,
): Promise<DeviceAnswer> {
  const tried: { tty: string; outcome: PortOutcome }[] = [];
  for (const port of ports) {
    const probed = port.holders.length > 0 ? 'taken' : await openAndProbe(port, tools, baudRate);
    const identity: ModemIdentity | null = typeof probed === 'string' ? null : probed.identity;
    const outcome = typeof probed === 'string' ? probed : identity ? 'answers' : 'silent';
    tried.push({ tty: port.name, outcome });
    if (identity && typeof probed !== 'string') return { ...probed, port, tried };
  }
  return { identity: null, heard: null, port: null, tried };
}

async function openAndProbe(
  port: InventoryPort,
  tools: ProbeTools,
  baudRate: number,
): Promise<Probed | 'refused'> {
  const open = () => tools.openPort(join(tools.root, port.node), baudRate);
  try {
    return await probePort(await openWithin(open, tools.clock, openMs), tools.clock);
  } catch {
    return 'refused';
  }
}
