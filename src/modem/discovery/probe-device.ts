import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { openWithin } from '../port/deadline.ts';
import type { Transport } from '../port/transport.ts';
import type { InventoryPort } from './inventory.ts';
import { type ModemIdentity, type Probed, probePort } from './probe-port.ts';

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
