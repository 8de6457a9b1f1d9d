import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { ingestWords } from '../../words/commands/ingest.ts';
import { summaries } from '../../words/commands/program.ts';
import type { Runner } from '../shell.ts';

export function defineIngest(program: Command, run: Runner, language: Language): void {
  const words = ingestWords[language];
  program
    .command('ingest')
    .description(summaries[language].ingest)
    .requiredOption('--line <name>', words.line)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).ingest));
}
