import { resolve } from 'node:path';
import type { Command } from 'commander';
import { parseDuration } from '../../base/amounts.ts';
import type { Language } from '../../words/bilingual.ts';
import { summaries } from '../../words/commands/program.ts';
import { setupWords } from '../../words/commands/setup.ts';
import type { Wanted } from '../../words/faults/usage.ts';
import type { Runner } from '../shell.ts';
import { WrongValue } from '../usage.ts';
import * as answers from './answers.ts';
import { type Officers, readGrant } from './officers.ts';

export function defineSetup(program: Command, run: Runner, language: Language): void {
  const words = setupWords[language];
  program
    .command('setup')
    .description(summaries[language].setup)
    .option('--port <port>', words.options.port, taking(answers.readPort, 'port'))
    .option('--number <number>', words.options.number, taking(answers.readNumber, 'number'))
    .option('--area-code <code>', words.options.areaCode, taking(answers.readAreaCode, 'areaCode'))
    .option('--time-zone <zone>', words.options.timeZone, taking(answers.readZone, 'timeZone'))
    .option('--name <line>', words.options.name, taking(answers.readLineName, 'lineName'))
    .option('--pin-file <file>', words.options.pinFile, (file) => resolve(file))
    .option('--system-id <name>', words.options.systemId, taking(answers.readSystemId, 'systemId'))
    .option('--password-file <file>', words.options.passwordFile, (file) => resolve(file))
    .option('--bind <kind>', words.options.bind, taking(answers.readBind, 'bind'))
    .option('--ca-file <file>', words.options.caFile, (file) => resolve(file))
    .option('--contact <text>', words.options.contact, taking(answers.readContact, 'contact'))
    .option('--role <role=account>', words.options.role, collectGrant)
    .option('--yes', words.options.yes)
    .option('--no-start', words.options.noStart)
    .option('--wait <duration>', words.options.wait, taking(parseDuration, 'duration'))
    .option('--no-wait', words.options.noWait)
    .addHelpText('after', words.help)
    .action(run(async () => (await import('./run.ts')).setup));
}

function collectGrant(typed: string, before?: Officers): Officers {
  const officers = readGrant(typed, before);
  if (officers === null) throw new WrongValue('role');
  return officers;
}

/** The same rule for an option as for an answer that is typed. */
function taking<T>(read: (typed: string) => T | null, wanted: Wanted): (typed: string) => T {
  return (typed) => {
    const value = read(typed);
    if (value === null) throw new WrongValue(wanted);
    return value;
  };
}
