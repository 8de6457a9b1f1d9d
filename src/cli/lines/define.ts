import { type Command, Option } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { linesWords } from '../../words/commands/lines.ts';
import { summaries } from '../../words/commands/program.ts';
import type { Runner } from '../shell.ts';

export function defineLines(program: Command, run: Runner, language: Language): void {
  const words = linesWords[language];
  const lines = program.command('lines');
  lines
    .description(summaries[language].lines)
    .option('--probe', words.probe)
    .option('--json', words.json)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).showLines));
  lines
    .command('trace')
    .description(words.trace.summary)
    .argument('<name>', words.trace.name)
    .option('--save <file>', words.trace.save)
    .option('--force', words.trace.force)
    .addOption(new Option('--reveal', words.trace.reveal).conflicts('save'))
    .option('--reason <text>', words.trace.reason)
    .addHelpText('after', words.trace.after)
    .action(run(async () => (await import('./trace-line.ts')).traceLine));
}
