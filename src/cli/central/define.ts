import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { centralWords } from '../../words/commands/central.ts';
import { adoptWords } from '../../words/commands/central-adopt.ts';
import { summaries } from '../../words/commands/program.ts';
import { collect, parseFileName } from '../option-values.ts';
import type { Runner } from '../shell.ts';

export function defineCentral(program: Command, run: Runner, language: Language): void {
  const words = centralWords[language];
  const central = program.command('central').description(summaries[language].central);
  central.addHelpText('after', words.statusAfter);
  central
    .command('init')
    .description(words.init)
    .option('--url <url>', words.adminUrl)
    .option('--ca-file <file>', words.caFile, parseFileName)
    .option('--password-file <file>', words.passwordFile, parseFileName)
    .option('--gateway <name[=file]>', words.gateway, collect)
    .option('--holder <name[=file]>', words.holder, collect)
    .option('--json', words.json)
    .addHelpText('after', words.initAfter)
    .action(run(async () => (await import('./init.ts')).initCentral));
  central
    .command('status')
    .description(words.status)
    .option('--url <url>', words.url)
    .option('--ca-file <file>', words.caFile, parseFileName)
    .option('--password-file <file>', words.passwordFile, parseFileName)
    .option('--json', words.json)
    .addHelpText('after', words.statusAfter)
    .action(run(async () => (await import('./status.ts')).centralStatus));
  central
    .command('holder')
    .description(words.makeHolder)
    .addHelpText('after', words.holderAfter)
    .action(run(async () => (await import('./holder.ts')).makeHolder));
  const adopt = adoptWords[language];
  central
    .command('adopt')
    .argument('[gateway]', adopt.help.gateway)
    .description(adopt.help.adopt)
    .option('--keep', adopt.help.keep)
    .option('--replace', adopt.help.replace)
    .option('--branch', adopt.help.branch)
    .option('--dry-run', adopt.help.dryRun)
    .option('--json', words.json)
    .addHelpText('after', adopt.help.after)
    .action(run(async () => (await import('./adopt.ts')).adopt));
}
