import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { keyringWords } from '../../words/commands/backup.ts';
import { summaries } from '../../words/commands/program.ts';
import type { Runner } from '../shell.ts';

export function defineKeyring(program: Command, run: Runner, language: Language): void {
  const keyring = program.command('keyring').description(summaries[language].keyring);
  const words = keyringWords[language];
  keyring.addHelpText('after', words.after('resize'));
  keyring
    .command('resize')
    .description(words.resize)
    .option('--yes', words.yes)
    .addHelpText('after', words.after('resize'))
    .action(run(async () => (await import('./run.ts')).resize));
  keyring
    .command('wrap')
    .description(words.wrap)
    .addHelpText('after', words.after('wrap'))
    .action(run(async () => (await import('./run.ts')).wrap));
  keyring
    .command('unwrap')
    .description(words.unwrap)
    .addHelpText('after', words.after('unwrap'))
    .action(run(async () => (await import('./run.ts')).unwrap));
}
