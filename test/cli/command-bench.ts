import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { describeFailure } from '../../src/cli/failure.ts';
import { ownFiles } from '../../src/cli/own-files.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { languageOf, type Shell } from '../../src/cli/shell.ts';
import { type TempRegister, tempRegister } from '../store/temp-register.ts';
import { scratchParent } from '../support/workspace.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** A stream of the test's own may be a terminal. */
  readonly stdin?: string | Readable;
  /** Told of what is written to standard error as it is. */
  readonly onStderr?: (text: string) => void;
  /** Standard error is a terminal. */
  readonly terminal?: true;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdout?: Writable;
  readonly signal?: AbortSignal;
  /** Numbers behind --visitor stay arguments, which the program refuses. */
  readonly asWritten?: true;
  /** Failures are described as without `--debug`. */
  readonly withoutStacks?: true;
  /** Of `Shell`. */
  readonly systemLog?: string;
}

export interface CommandBench {
  readonly temp: TempRegister;
  readonly config: string;
  /** Where an officer keeps files: outside the data directory. */
  readonly folder: string;
  /** Runs a command in this process, on the register's configuration and clock. */
  run(args: readonly string[], options?: CommandOptions): Promise<Ran>;
}

export function commandBench(): CommandBench {
  const temp = tempRegister();
  const config = join(temp.dataDir, 'visitlog.toml');
  writeFileSync(config, `data_dir = ${JSON.stringify(temp.dataDir)}\n`);
  const folder = mkdtempSync(join(scratchParent, 'visitlog-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    temp,
    config,
    folder,
    run: (args, options = {}) => {
      const { words, stdin } = options.asWritten ? { words: args, stdin: undefined } : unwritten(args);
      return runCommand(
        temp,
        ['--config', config, ...words],
        stdin === undefined ? options : { stdin, ...options },
      );
    },
  };
}

/** Visitors' numbers on standard input instead of the command line, as officers give them. */
function unwritten(args: readonly string[]): {
  readonly words: string[];
  readonly stdin: string | undefined;
} {
  const isNumber = (at: number) => args[at - 1] === '--visitor' && args[at] !== '-';
  const numbers = args.filter((_, at) => isNumber(at));
  if (numbers.length === 0) return { words: [...args], stdin: undefined };
  return { words: args.map((arg, at) => (isNumber(at) ? '-' : arg)), stdin: `${numbers.join('\n')}\n` };
}

/** Runs a command line in this process, on this clock. */
export async function runCommand(
  { clock }: Pick<Shell, 'clock'>,
  args: readonly string[],
  options: CommandOptions,
): Promise<Ran> {
  const stdout = collected();
  const stderr = collected(options.onStderr);
  const stdin =
    options.stdin instanceof Readable
      ? options.stdin
      : Readable.from(options.stdin === undefined ? [] : [options.stdin]);
  const shell: Shell = {
    stdin,
    files: ownFiles(() => stdin),
    stdout: options.stdout ?? stdout.stream,
    stderr: options.terminal ? Object.assign(stderr.stream, { isTTY: true }) : stderr.stream,
    env: options.env ?? {},
    clock,
    language: languageOf(args, options.env ?? {}) ?? 'en',
    signal: options.signal ?? new AbortController().signal,
    ...(options.systemLog === undefined ? {} : { systemLog: options.systemLog }),
  };
  let code = -1;
  try {
    const finish = (finished: number) => {
      code = finished;
    };
    const program = await buildProgram({ shell, args, finish });
    await program.parseAsync(['node', 'visitlog', ...args]);
  } catch (thrown) {
    const failure = describeFailure(thrown, {
      language: shell.language,
      debug: !options.withoutStacks,
    });
    for (const line of failure.lines) stderr.stream.write(`${line}\n`);
    code = failure.exit;
  }
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collected(onText?: (text: string) => void): { readonly stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      onText?.(chunk.toString('utf8'));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}

const windowLine =
  /^visitlog: (?:window:|기간:|there are records from|기록은 \S+ \S+부터 있습니다|the window ends|기간의 끝이).*\n/gm;

/** Standard error without how the window was understood, and what of it has no records. */
export function beyondWindow(stderr: string): string {
  return stderr.replace(windowLine, '');
}
