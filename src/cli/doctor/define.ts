import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { doctorWords } from '../../words/commands/doctor.ts';
import { summaries } from '../../words/commands/program.ts';
import type { Runner } from '../shell.ts';

export function defineDoctor(program: Command, run: Runner, language: Language): void {
  const words = doctorWords[language];
  program
    .command('doctor')
    .description(summaries[language].doctor)
    .option('--json', words.json)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).doctor));
}
