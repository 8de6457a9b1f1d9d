import type { Readable, Writable } from 'node:stream';
import type { Command } from 'commander';
import type { Clock } from '../base/clock.ts';
import type { ExitCode } from '../base/errors.ts';
import { printableLines } from '../base/printable.ts';
import type { ShellFiles } from '../door/door-files.ts';
import type { Actor, Origin } from '../store/audit/audit-types.ts';
import type { ShownDigits } from '../visits/phone-number.ts';
import type { Language } from '../words/bilingual.ts';

/** What a command may touch of the world; handed in, so that tests run commands without a process. */
export interface Shell {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The files that the command line names. */
  readonly files: ShellFiles;
  /** Who gave the command, and from where, if it is not who runs this process. */
  readonly person?: { readonly who: Actor; readonly where: Origin };
  /** Asks the person, if that is not at `stdin`; null at Ctrl-C and Ctrl-D. */
  readonly ask?: (question: string, hidden: boolean) => Promise<string | null>;
  /** How many digits of a masked number that person may see, if their role says more than is usual. */
  readonly maskedDigits?: ShownDigits;
  readonly clock: Clock;
  /** The socket of the log of this machine (syslog(3)). Absent: there is none to write to. */
  readonly systemLog?: string;
  /** Of what people read. */
  readonly language: Language;
  /**
   * Aborts at SIGINT and SIGTERM; at SIGHUP too, unless `onHangup` was called. Until it is read for the first time, these
   * end the process at once.
   */
  readonly signal: AbortSignal;
  /** Calls `act` at each SIGHUP from now on. Absent at a terminal: there it says that the person has left. */
  readonly onHangup?: (act: () => void) => void;
  /**
   * Calls `act` from now on where standard output takes no more (a full disk, a reader that left), which otherwise ends
   * the command.
   */
  readonly onOutputLost?: (act: () => void) => void;
}

/** The options that stand before every command. */
export interface GlobalOptions {
  readonly config?: string;
  readonly lang?: Language;
  readonly debug?: boolean;
}

/** Whether a stream of the shell's is a terminal. */
export function isTerminal(stream: Readable | Writable): boolean {
  return 'isTTY' in stream && stream.isTTY === true;
}

/**
 * Writes a line and waits if the reader is slower than we are; a reader that went away is not an error. What
 * others wrote (texts, names, devices) moves no terminal: JSON escapes it (`printableJson`), in all else a dot stands for it.
 */
export function writeLine(stream: Writable, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stream.destroyed) return resolve();
    stream.write(`${printableLines(line)}\n`, (error) => {
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
      else resolve();
    });
  });
}

/** From now on an interruption does not end the process by itself. */
export function noteInterruptions({ signal }: Pick<Shell, 'signal'>): AbortSignal {
  return signal;
}

/** Resolves when `signal` aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** What a command's action gets besides its own arguments and options. */
export interface Invocation {
  readonly shell: Shell;
  readonly globals: GlobalOptions;
  /** The command line with every command loaded. */
  readonly wholeProgram: () => Promise<Command>;
  /** Does a command line in another shell, and resolves to its exit code. */
  readonly runLine: (line: CommandLine) => Promise<ExitCode>;
}

/** A command line that somebody else gave. */
export interface CommandLine {
  readonly shell: Shell;
  readonly args: readonly string[];
  /** The configuration that it works by, whatever it names. */
  readonly config: string | undefined;
  /**
   * Called with the command (`unresolved show`) and its options when they are read and before anything is done. What it
   * throws is thrown on; every other failure is written to the shell's standard error.
   */
  readonly admit: (command: string, flags: Readonly<Record<string, unknown>>) => Promise<void>;
}

/** What a command does; its module is the command's `run.ts`. Resolves to the exit code. */
export type Run<Args extends unknown[]> = (invocation: Invocation, ...args: Args) => Promise<ExitCode>;

/**
 * Makes commander's action of a `Run`, whose module `load` imports when the command is called. It is the only lazy
 * import of a command: what the run itself needs, it imports statically.
 */
export type Runner = <Args extends unknown[]>(
  load: () => Promise<Run<Args>>,
) => (...args: Args) => Promise<void>;

/**
 * Adds a command to the program: its name, options and help. Its module is the command's `define.ts`, and it imports
 * words and parsers of options only, because `--help` and completion load it.
 */
export type Define = (program: Command, run: Runner, language: Language) => void;

/** Locales of no language: they decide nothing. */
const noLanguage = /^(?:C|POSIX)?(?:[.@]|$)/i;

/**
 * The language of what people read, as `--lang` says, else the locale as POSIX orders its variables; null if neither
 * decides. It is read before the command line is parsed, because help and usage errors are in it.
 */
export function languageOf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Language | null {
  const given = langOption(args);
  if (given === 'ko' || given === 'en') return given;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  if (noLanguage.test(locale)) return null;
  return /^ko(?:[_.@]|$)/i.test(locale) ? 'ko' : 'en';
}

function langOption(args: readonly string[]): string | undefined {
  const index = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const arg = args[index];
  return arg?.startsWith('--lang=') ? arg.slice('--lang='.length) : args[index + 1];
}
