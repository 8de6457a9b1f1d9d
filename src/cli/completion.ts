import { Argument, type Command } from 'commander';
import { type ExitCode, exitCode } from '../base/errors.ts';
import type { Language } from '../words/bilingual.ts';
import { completionWords, summaries } from '../words/commands/program.ts';
import { type Invocation, type Runner, writeLine } from './shell.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export function defineCompletion(program: Command, run: Runner, language: Language): void {
  const words = completionWords[language];
  program
    .command('completion')
    .description(summaries[language].completion)
    .addArgument(new Argument('<shell>', words.shell).choices(shells))
    .addHelpText('after', words.help)
    .action(run(async () => completion));
}

async function completion(
  { shell, wholeProgram }: Invocation,
  wanted: (typeof shells)[number],
): Promise<ExitCode> {
  const { commandTree } = await import('./completion/command-tree.ts');
  const tree = commandTree(await wholeProgram());
  await writeLine(shell.stdout, (await scriptOf(wanted))(tree).trimEnd());
  return exitCode.done;
}

async function scriptOf(wanted: (typeof shells)[number]) {
  if (wanted === 'bash') return (await import('./completion/bash-script.ts')).bashScript;
  if (wanted === 'zsh') return (await import('./completion/zsh-script.ts')).zshScript;
  return (await import('./completion/fish-script.ts')).fishScript;
}
