import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import stringWidth from 'string-width';
import { sleep } from '../base/clock.ts';
import { type ExitCode, exitCode } from '../base/errors.ts';
import { openZone } from '../base/zone.ts';
import type { Outcome } from '../daemon/intake/intake.ts';
import type { OpenTransport, Transport } from '../modem/port/transport.ts';
import type { SimulatedModem } from '../simulator/modem.ts';
import type { HostSide } from '../simulator/port.ts';
import { formatNational } from '../visits/phone-number.ts';
import type { Language } from '../words/bilingual.ts';
import { type DemoWords, demoWords } from '../words/commands/demo.ts';
import { summaries } from '../words/commands/program.ts';
import { addFaultOptions, type FaultFlags, faultsOf, parseCount, parseFileName } from './option-values.ts';
import { type Invocation, type Runner, type Shell, writeLine } from './shell.ts';

/** The demo's live table: a line for each text as it reaches the register. */
export interface DemoTable {
  head(): string;
  row(outcome: Outcome): string;
  /** What has been shown, in a sentence. */
  foot(): string;
}

const widths = [8, 15, 28] as const;
const longestWords = 36;

export function demoTable(timeZone: string, language: Language): DemoTable {
  const words = demoWords[language];
  const zone = openZone(timeZone);
  const seen = { texts: 0, visits: 0, unresolved: 0, notice: 0, undecodable: 0 };
  return {
    head: () => `${columns(...words.columns)}\n${'─'.repeat(92)}`,
    row(outcome) {
      const { disposition, message, stamp } = outcome;
      seen.texts += 1;
      if (disposition.kind === 'visit') seen.visits += disposition.venues.length;
      else seen[disposition.kind] += 1;
      const time = zone.format(stamp.atMs).slice(11, 19);
      const visitor = message === null ? '?' : message.sender.toString();
      return columns(time, visitor, placeOf(disposition, words), wordsOf(message?.text ?? null));
    },
    foot: () => words.foot(seen),
  };
}

function placeOf(disposition: Outcome['disposition'], words: DemoWords): string {
  switch (disposition.kind) {
    case 'visit':
      return disposition.venues.map(formatNational).join(' + ');
    case 'undecodable':
      return words.undecodable;
    default:
      return words[disposition.kind](words.reasons[disposition.reason] ?? disposition.reason);
  }
}

function wordsOf(text: string | null): string {
  if (text === null) return '';
  const line = text.replace(/\s+/g, ' ').trim();
  if (stringWidth(line) <= longestWords) return line;
  let cut = '';
  for (const character of line) {
    if (stringWidth(cut + character) >= longestWords) break;
    cut += character;
  }
  return `${cut}…`;
}

/** Pads by the columns that a terminal gives: Hangul and full width take two. */
function columns(...cells: readonly string[]): string {
  return cells
    .map((cell, index) => cell + ' '.repeat(Math.max(0, (widths[index] ?? 0) - stringWidth(cell))))
    .join('  ')
    .trimEnd();
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

interface DemoFlags extends FaultFlags {
  readonly texts: number;
  readonly data?: string;
}

/** Between two texts: quick enough to be watched, slow enough to be read. */
const pauseMs = 400;
/** How long the last texts may take to arrive. */
const patienceMs = 5_000;

export function defineDemo(program: Command, run: Runner, language: Language): void {
  const words = demoWords[language];
  const command = program
    .command('demo')
    .description(summaries[language].demo)
    .option('--texts <number>', words.texts, parseCount, 30)
    .option('--data <folder>', words.data, parseFileName)
    .addHelpText('after', words.after)
    .action(run(async () => demo));
  addFaultOptions(command, language);
}

async function demo({ shell }: Invocation, flags: DemoFlags): Promise<ExitCode> {
  const [{ loadConfig }, { startGateway }, { createLog }, { createModem }, { createVisitors }] =
    await Promise.all([
      import('../config/load.ts'),
      import('../daemon/gateway.ts'),
      import('../daemon/log/log.ts'),
      import('../simulator/modem.ts'),
      import('../simulator/visitors.ts'),
    ]);
  const { clock, signal, stdout } = shell;
  // Before anything is written: a word that is refused leaves nothing behind.
  const faults = await faultsOf(flags);
  const file = writeConfig(flags.data ?? mkdtempSync(join(tmpdir(), 'visitlog-demo-')));
  const { config } = await loadConfig({ file, env: {}, required: 'line' });
  const log = createLog({ level: 'warn', format: 'text', stream: shell.stderr, clock });
  const modem = createModem({ family: 'ec25', clock, faults });
  const table = demoTable(config.timeZone, shell.language);
  const openTransport = () => simulatedTransport(modem);
  // A row that cannot be written is told of by standard output itself.
  const onOutcome = (outcome: Outcome): void => void writeLine(stdout, table.row(outcome)).catch(() => {});
  await writeLine(stdout, `${demoWords[shell.language].beginning}\n`);
  await writeLine(stdout, table.head());
  const gateway = startGateway({ config, clock, log, openTransport, watchers: [{ onOutcome }] });
  const visitors = createVisitors({ seed: clock.wallMs() % 1_000_000 });
  for (let sent = 0; flags.texts === 0 || sent < flags.texts; sent += 1) {
    if (!(await sleep(clock, pauseMs, signal))) break;
    modem.network.sendParts(visitors.next(clock.wallMs()).parts);
  }
  await lastArrivals(shell, modem);
  await gateway.stop();
  modem.dispose();
  await writeLine(stdout, `\n${table.foot()}`);
  await writeLine(stdout, ending(file, shell.language));
  return exitCode.done;
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
  writeFileSync(file, `${settings.join('\n')}\n`);
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
    `  ${command} export --from -1h --to -0h`,
    words.whole,
    `  ${command} export --from -1h --to -0h \\`,
    `      --reveal --reason "${words.reason}"`,
  ].join('\n');
}
