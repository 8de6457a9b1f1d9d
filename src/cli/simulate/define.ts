import { type Command, Option } from 'commander';
import { parseDuration } from '../../base/amounts.ts';
import type { Language } from '../../words/bilingual.ts';
import { simulateWords } from '../../words/commands/demo.ts';
import { summaries } from '../../words/commands/program.ts';
import { addFaultOptions } from '../fault-options.ts';
import { parseCount } from '../option-values.ts';
import type { Runner } from '../shell.ts';
import { WrongValue } from '../usage.ts';

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
    .option('--smpp <port>', words.smpp, parsePort)
    .option('--faults', words.faults)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).simulate));
  addFaultOptions(command, language);
}

function parsePort(text: string): number {
  const port = parseCount(text);
  if (port > 65_535) throw new WrongValue('hostAndPort');
  return port;
}

function parseListen(text: string): { host: string; port: number } {
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === '' || Number(port) > 65_535) throw new WrongValue('hostAndPort');
  return { host, port: Number(port) };
}

function parseEvery(text: string): number {
  const durationMs = /^\d+ms$/.test(text) ? Number(text.slice(0, -2)) : parseDuration(text);
  if (durationMs === null || durationMs === 0) throw new WrongValue('duration');
  return durationMs;
}
