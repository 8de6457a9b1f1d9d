import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { parseDuration } from '../base/amounts.ts';
import type { ExitCode } from '../base/errors.ts';
import type { Language } from '../words/bilingual.ts';
import { wantedWords } from '../words/commands/officer-file.ts';
import { summaries } from '../words/commands/program.ts';
import { setupWords } from '../words/commands/setup.ts';
import * as answers from './setup/answers.ts';
import type { SetupFlags } from './setup/setup-context.ts';
import type { Invocation, Runner } from './shell.ts';

export function defineSetup(program: Command, run: Runner, language: Language): void {
  const words = setupWords[language];
  const wanted = wantedWords.en;
  program
    .command('setup')
    .description(summaries[language].setup)
    .option('--port <port>', words.options.port, taking(answers.readPort, wanted.port))
    .option('--number <number>', words.options.number, taking(answers.readNumber, wanted.number))
    .option('--area-code <code>', words.options.areaCode, taking(answers.readAreaCode, wanted.areaCode))
    .option('--time-zone <zone>', words.options.timeZone, taking(answers.readZone, wanted.timeZone))
    .option('--name <line>', words.options.name, taking(answers.readLineName, wanted.lineName))
    .option('--pin-file <file>', words.options.pinFile, (file) => resolve(file))
    .option('--contact <text>', words.options.contact, taking(answers.readContact, wanted.contact))
    .option('--yes', words.options.yes)
    .option('--no-start', words.options.noStart)
    .option('--wait <duration>', words.options.wait, taking(parseDuration, wanted.duration))
    .option('--no-wait', words.options.noWait)
    .addHelpText('after', words.help)
    .action(run(async () => setup));
}

/** One rule for what is given and what is typed. */
function taking<T>(read: (typed: string) => T | null, wanted: string): (typed: string) => T {
  return (typed) => {
    const value = read(typed);
    if (value === null) throw new InvalidArgumentError(wanted);
    return value;
  };
}

async function setup({ shell, globals }: Invocation, flags: SetupFlags): Promise<ExitCode> {
  const { defaultFile } = await import('../config/load.ts');
  const { openSerial } = await import('../modem/port/serial.ts');
  const { runProgram } = await import('./setup/host.ts');
  const { setUp } = await import('./setup/set-up.ts');
  const target = resolve(globals.config ?? (shell.env.VISITLOG_CONFIG || defaultFile));
  const isRoot = process.getuid?.() === 0;
  const host = { root: '/', isRoot, openPort: openSerial, run: runProgram };
  return setUp({ shell, host, target, flags });
}
