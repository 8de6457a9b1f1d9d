import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { linesWords } from '../../words/commands/lines.ts';
import { summaries } from '../../words/commands/program.ts';
import type { Runner } from '../shell.ts';

export function defineLines(program: Command, run: Runner, language: Language): void {
  const words = linesWords[language];
  program
    .command('lines')
    .description(summaries[language].lines)
    .option('--probe', words.probe)
    .option('--json', words.json)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).showLines));
}
