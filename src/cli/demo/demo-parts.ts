import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sleep } from '../../base/clock.ts';
import type { OpenTransport, Transport } from '../../modem/port/transport.ts';
import type { SimulatedModem } from '../../simulator/modem.ts';
import type { HostSide } from '../../simulator/port.ts';
import type { Language } from '../../words/bilingual.ts';
import { demoWords } from '../../words/commands/demo.ts';
import type { FaultFlags } from '../faults-of.ts';
import type { Shell } from '../shell.ts';

export interface DemoFlags extends FaultFlags {
  /** 0: without end. */
  readonly texts?: number;
  readonly data?: string;
  readonly city?: true;
}

/** How long the last texts may take to arrive: on a busy machine, or with faults that cost time. */
export const demoPatienceMs = 30_000;

/** A simulated modem's AT port as the gateway's sessions want it, without a socket in between. */
export function simulatedTransport(modem: SimulatedModem): OpenTransport {
  return async () => transportOf(modem.attach());
}

function transportOf(host: HostSide): Transport {
  let open = true;
  return {
    async write(bytes) {
      if (!open || host.write(bytes)) return;
      await new Promise<void>((resolve) => host.onDrain(resolve));
    },
    onBytes: (receive) => host.onBytes((bytes) => open && receive(bytes)),
    onClose: (ended) => host.onHangup(() => open && ended(null)),
    async close() {
      open = false;
      host.close();
    },
  };
}

/** Whether a simulated modem and its network hold no text any more. */
export function isEmptied(modem: SimulatedModem): boolean {
  const { queued, stored } = modem.network.journal.counts();
  return queued + stored === 0;
}

/** A configuration of its own, so that the other commands can be tried on what the demo recorded. */
export function writeDemoConfig(folder: string, lines: readonly string[]): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'visitlog.toml');
  const settings = [
    '# Of the demo. Its lines are simulated inside the demo itself.',
    `data_dir = ${JSON.stringify(join(resolve(folder), 'data'))}`,
    '',
    '[disk]',
    'reserve = "0"',
    '',
    '[status]',
    `socket = ${JSON.stringify(socketIn(resolve(folder)))}`,
    ...lines,
  ];
  // In a folder of another's, a link of that name would lead to a file of ours.
  rmSync(file, { force: true });
  writeFileSync(file, `${settings.join('\n')}\n`, { flag: 'wx' });
  return file;
}

/** Where `visitlog status` finds the demo; a socket's path has 107 octets at most. */
function socketIn(folder: string): string {
  const path = join(folder, 'visitlog.sock');
  return Buffer.byteLength(path) <= 107 ? path : '';
}

/** Waits until nothing is under way any more. */
export async function lastArrivals({ clock, signal }: Shell, isEmpty: () => boolean): Promise<void> {
  const untilMs = clock.monotonicMs() + demoPatienceMs;
  for (;;) {
    if (isEmpty() || clock.monotonicMs() >= untilMs) return;
    if (!(await sleep(clock, 50, signal))) return;
  }
}

/** How to see as an officer what was shown. */
export function demoEnding(file: string, language: Language): string {
  const words = demoWords[language];
  const command = `${process.argv[1]?.endsWith('.js') ? 'node dist/cli/main.js' : 'visitlog'} --config ${file}`;
  return [
    words.masked,
    `  ${command} export --from -1h --reason "${words.reason}"`,
    words.whole,
    `  ${command} export --from -1h \\`,
    `      --reveal --reason "${words.reason}"`,
  ].join('\n');
}
