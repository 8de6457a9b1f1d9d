import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sleep } from '../../base/clock.ts';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import { startGateway } from '../../daemon/gateway.ts';
import type { TakenText } from '../../daemon/intake/take-listing.ts';
import { createLog } from '../../daemon/log/log.ts';
import type { LineReport } from '../../modem/line.ts';
import type { OpenTransport, Transport } from '../../modem/port/transport.ts';
import { createModem, type SimulatedModem } from '../../simulator/modem.ts';
import type { HostSide } from '../../simulator/port.ts';
import { createVisitors } from '../../simulator/visitors.ts';
import type { Language } from '../../words/bilingual.ts';
import { demoWords } from '../../words/commands/demo.ts';
import { type FaultFlags, faultsOf } from '../faults-of.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { demoTable } from './demo-table.ts';

interface DemoFlags extends FaultFlags {
  readonly texts: number;
  readonly data?: string;
}

/** Between two texts: quick enough to be watched, slow enough to be read. */
const pauseMs = 400;
/** How long the last texts may take to arrive: on a busy machine, or with faults that cost time. */
const patienceMs = 30_000;

export async function demo({ shell }: Invocation, flags: DemoFlags): Promise<ExitCode> {
  const { clock, signal, stdout } = shell;
  // Before anything is written: a word that is refused leaves nothing behind.
  const faults = faultsOf(flags);
  const file = writeConfig(flags.data ?? mkdtempSync(join(tmpdir(), 'visitlog-demo-')));
  const { config } = await loadConfig({ file, env: {}, required: 'line' });
  const log = createLog({ level: 'warn', format: 'text', stream: shell.stderr, clock });
  const modem = createModem({ family: 'ec25', clock, faults });
  const table = demoTable(config.timeZone, shell.language);
  const openTransport = () => simulatedTransport(modem);
  // A row that cannot be written is told of by standard output itself.
  const onText = (outcome: TakenText): void => void writeLine(stdout, table.row(outcome)).catch(() => {});
  await writeLine(stdout, `${demoWords[shell.language].beginning}\n`);
  await writeLine(stdout, table.head());
  const ready = new AbortController();
  const onLineState = (_: string, { state }: LineReport): void => {
    if (state === 'ready') ready.abort();
  };
  const gateway = startGateway({
    config,
    clock,
    log,
    openTransport,
    watchers: [{ onText, onLineState }],
    beginsRegister: true,
  });
  // A text that is only displayed reaches nobody before a host listens. Faults may be what keeps the line from it.
  if (faults.length === 0) await sleep(clock, patienceMs, AbortSignal.any([signal, ready.signal]));
  const visitors = createVisitors({ seed: clock.wallMs() % 1_000_000 });
  let sent = 0;
  for (; flags.texts === 0 || sent < flags.texts; sent += 1) {
    if (!(await sleep(clock, pauseMs, signal))) break;
    modem.network.sendParts(visitors.next(clock.wallMs()).parts);
  }
  await lastArrivals(shell, modem);
  await gateway.stop();
  modem.dispose();
  await writeLine(stdout, `\n${table.foot(sent)}`);
  await writeLine(stdout, ending(file, shell.language));
  return exitCode.done;
}

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

/** A configuration of its own, so that the other commands can be tried on what the demo recorded. */
function writeConfig(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'visitlog.toml');
  const settings = [
    '# Of the demo. Its line is a simulated modem inside the demo itself.',
    `data_dir = ${JSON.stringify(join(resolve(folder), 'data'))}`,
    '',
    '[disk]',
    'reserve = "0"',
    '',
    '[status]',
    `socket = ${JSON.stringify(socketIn(resolve(folder)))}`,
    '',
    '[[line]]',
    'port = "tcp://127.0.0.1:7000"',
    'number = "031-324-2900"',
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

/** Waits until the modem has been emptied. */
async function lastArrivals({ clock, signal }: Shell, modem: SimulatedModem): Promise<void> {
  const untilMs = clock.monotonicMs() + patienceMs;
  for (;;) {
    const { queued, stored } = modem.network.journal.counts();
    if (queued + stored === 0 || clock.monotonicMs() >= untilMs) return;
    if (!(await sleep(clock, 50, signal))) return;
  }
}

function ending(file: string, language: Language): string {
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
