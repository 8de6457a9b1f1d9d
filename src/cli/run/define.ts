import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { runWords, summaries } from '../../words/commands/program.ts';
import type { Runner } from '../shell.ts';

export function defineRun(program: Command, run: Runner, language: Language): void {
  program
    .command('run')
    .description(summaries[language].run)
    .addHelpText('after', runWords[language].after)
    .action(
      run(async () => {
        limitHeap();
        return (await import('./run.ts')).runGateway;
      }),
    );
}

/** Before the gateway's modules are loaded, which alone makes the heap grow. */
function limitHeap(): void {
  // V8 keeps for good the space that a burst of texts makes it take for new objects: a quarter of all memory.
  setFlagsFromString('--semi-space-growth-factor=1');
  // By default V8 lets as much garbage lie among old objects as there are live ones: here a quarter of that.
  setFlagsFromString('--heap-growing-percent=25');
}
