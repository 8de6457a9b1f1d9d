import { type Command, Option } from 'commander';
import { parseDuration } from '../../base/amounts.ts';
import type { Language } from '../../words/bilingual.ts';
import { summaries } from '../../words/commands/program.ts';
import { statusWords } from '../../words/commands/status.ts';
import type { Runner } from '../shell.ts';
import { WrongValue } from '../usage.ts';

export function defineStatus(program: Command, run: Runner, language: Language): void {
  const words = statusWords[language];
  program
    .command('status')
    .description(summaries[language].status)
    .addOption(new Option('--json', words.json).conflicts(['watch', 'metrics']))
    .addOption(new Option('--metrics', words.metrics).conflicts('watch'))
    .option('--watch', words.watch)
    .option('--every <duration>', words.every, parseInterval)
    .addHelpText('after', words.help)
    .action(run(async () => (await import('./run.ts')).showStatus));
}

/** At least a second: a status changes no faster. */
function parseInterval(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs !== null && durationMs >= 1_000) return durationMs;
  throw new WrongValue('interval');
}
