import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { explainWords, summaries } from '../../words/commands/program.ts';
import type { Runner } from '../shell.ts';

export function defineExplain(program: Command, run: Runner, language: Language): void {
  const words = explainWords[language];
  program
    .command('explain')
    .description(summaries[language].explain)
    .argument('[id]', words.id)
    .option('--json', words.json)
    .addHelpText('after', words.help)
    .action(run(async () => (await import('./run.ts')).explain));
}
