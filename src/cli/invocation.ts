import type { Command } from 'commander';
import type { ExitCode } from '../base/errors.ts';
import type { Language } from '../words/bilingual.ts';
import type { GlobalOptions, Shell } from './shell.ts';

/** What a command's action gets besides its own arguments and options. */
export interface Invocation {
  readonly shell: Shell;
  readonly globals: GlobalOptions;
  /** The command line with every command loaded. */
  readonly wholeProgram: () => Promise<Command>;
}

/** Makes commander's action of ours, which answers with an exit code. */
export type Runner = <Args extends unknown[]>(
  act: (invocation: Invocation, ...args: Args) => Promise<ExitCode>,
) => (...args: Args) => Promise<void>;

/** Adds a command to the program; what the command needs is loaded when it runs, not before. */
export type Define = (program: Command, run: Runner, language: Language) => void;
