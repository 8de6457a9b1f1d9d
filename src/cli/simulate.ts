import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatDuration, parseDuration } from '../base/amounts.ts';
import { sleep } from '../base/clock.ts';
import { type ExitCode, exitCode } from '../base/errors.ts';
import type { FamilyName } from '../simulator/families/families.ts';
import type { Language } from '../words/bilingual.ts';
import { simulateWords } from '../words/commands/demo.ts';
import { wantedWords } from '../words/commands/officer-file.ts';
import { summaries } from '../words/commands/program.ts';
import { addFaultOptions, type FaultFlags, faultsOf, parseCount } from './option-values.ts';
import { aborted, type Invocation, type Runner, type Shell, writeLine } from './shell.ts';

interface SimulateFlags extends FaultFlags {
  readonly family: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly every: number;
  readonly texts: number;
  readonly seed: number;
  readonly pin?: string;
  readonly faults?: true;
}

export function defineSimulate(program: Command, run: Runner, language: Language): void {
  const words = simulateWords[language];
  const command = program
    .command('simulate')
    .description(summaries[language].simulate)
    .option('--family <name>', words.family, 'ec25')
    .addOption(
      new Option('--listen <host:port>', words.listen)
        .argParser(parseListen)
        .default({ host: '127.0.0.1', port: 7000 }, '127.0.0.1:7000'),
    )
    .addOption(new Option('--every <duration>', words.every).argParser(parseEvery).default(2_000, '2s'))
    .option('--texts <number>', words.texts, parseCount, 0)
    .option('--seed <number>', words.seed, parseCount, 1)
    .option('--pin <digits>', words.pin)
    .option('--faults', words.faults)
    .addHelpText('after', words.after)
    .action(run(async () => simulate));
  addFaultOptions(command, language);
}

async function simulate({ shell }: Invocation, flags: SimulateFlags): Promise<ExitCode> {
  if (flags.faults) return listFaults(shell);
  const { findFamily } = await import('../simulator/families/families.ts');
  const { createModem } = await import('../simulator/modem.ts');
  const { serveTcp } = await import('../simulator/tcp.ts');
  const { createVisitors } = await import('../simulator/visitors.ts');
  const { clock, signal, stdout } = shell;
  const words = simulateWords[shell.language];
  const { seed, pin = null } = flags;
  const faults = await faultsOf(flags);
  findFamily(flags.family);
  const family = flags.family as FamilyName;
  const modem = createModem({ family, seed, pin, faults, clock, keepJournal: false });
  const server = await serveTcp(modem, flags.listen);
  await writeLine(stdout, words.listens(family));
  await writeLine(stdout, `  port = "tcp://${flags.listen.host}:${server.port}"`);
  await writeLine(stdout, words.rhythm(formatDuration(flags.every)));
  const visitors = createVisitors({ seed });
  for (let sent = 0; flags.texts === 0 || sent < flags.texts; sent += 1) {
    if (!(await sleep(clock, flags.every, signal))) break;
    modem.network.sendParts(visitors.next(clock.wallMs()).parts);
  }
  await aborted(signal);
  modem.dispose();
  await server.close();
  return exitCode.done;
}

/** Every fault that `--fault` plays, with the values that it takes. */
async function listFaults({ stdout, language }: Shell): Promise<ExitCode> {
  const { describeFaults } = await import('../simulator/faults/describe-faults.ts');
  for (const line of describeFaults(language)) await writeLine(stdout, line);
  return exitCode.done;
}

function parseListen(text: string): { host: string; port: number } {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === '' || Number(port) > 65_535) throw new InvalidArgumentError(wantedWords.en.hostAndPort);
  return { host, port: Number(port) };
}

function parseEvery(text: string): number {
  const durationMs = /^\d+ms$/.test(text) ? Number(text.slice(0, -2)) : parseDuration(text);
  if (durationMs === null || durationMs === 0) throw new InvalidArgumentError(wantedWords.en.duration);
  return durationMs;
}
