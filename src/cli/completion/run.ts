import { type ExitCode, exitCode } from '../../base/errors.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { bashScript } from './bash-script.ts';
import { commandTree } from './command-tree.ts';
import { fishScript } from './fish-script.ts';
import { zshScript } from './zsh-script.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export async function completion(
  { shell, wholeProgram }: Invocation,
  wanted: keyof typeof scripts,
): Promise<ExitCode> {
  await writeLine(shell.stdout, scripts[wanted](commandTree(await wholeProgram())).trimEnd());
  return exitCode.done;
}
