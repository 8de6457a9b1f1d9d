#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import { systemClock } from '../base/clock.ts';
import type { ExitCode } from '../base/errors.ts';
import { isHelp } from './command-line.ts';
import { ownFiles } from './own-files.ts';
import { languageOf, type Shell } from './shell.ts';
import { usualLanguage } from './usual-language.ts';

const args = process.argv.slice(2);
leaveNoMemoryBehind();
// Stacks then name lines of src. Not always on: reading the maps costs each start time.
if (args.includes('--debug')) process.setSourceMapsEnabled(true);
const stop = new AbortController();
let isListening = false;
let hungUp = () => stop.abort();
let outputLost = (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) closes the pipe, which is not an error. A full disk is an error.
  if (error.code === 'EPIPE') process.exit(0);
  stop.abort();
  failing ??= reportUnwritable(error);
};
process.stdout.on('error', (error) => outputLost(error));
// Nobody is left who could read a message.
process.stderr.on('error', () => {});
let failing: Promise<void> | undefined;

const language = languageOf(args, process.env) ?? (await usualLanguage(args, process.env));
const shell: Shell = {
  // Opened when it is asked for.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  files: ownFiles(() => process.stdin),
  clock: systemClock,
  systemLog: '/dev/log',
  language: language ?? 'en',
  // A command that has not looked for it ends at once, as any program does (program.ts says which): a long look at a
  // database would not even let a handler run.
  get signal() {
    listen();
    return stop.signal;
  },
  onOutputLost(act) {
    outputLost = act;
  },
  ...(isatty(0) || isatty(1) ? {} : { onHangup }),
};

function onHangup(act: () => void): void {
  hungUp = act;
  listen();
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  process.on('SIGHUP', () => hungUp());
}

try {
  const finish = (code: ExitCode) => {
    if (!failing) process.exitCode = code;
  };
  // Help shows no register, and starts without what looks for the door.
  const door = isHelp(args) ? null : await (await import('./find-door.ts')).atDoor(args, shell.env);
  if (door !== null) {
    const { throughDoor } = await import('./through-door.ts');
    finish(await throughDoor(shell, args, { ...door, language }));
  } else {
    // The officer's side of the door loads no command.
    const { buildProgram } = await import('./program.ts');
    const program = await buildProgram({ shell, args, finish });
    await program.parseAsync(process.argv);
  }
} catch (thrown) {
  // Standard output may still refuse the help that was asked for.
  const { hasShown } = await import('./usage.ts');
  if (!hasShown(thrown)) {
    await fail(thrown);
    // Nothing that was left open, and no output that waits for a reader, keeps a command alive that has failed.
    process.exit();
  }
}

/**
 * Keeps visitors' numbers and keys out of core dumps: one has no memory in it then, whatever its limit and wherever it is
 * piped to (core(5)). Node cannot set the limit itself. Linux only.
 */
function leaveNoMemoryBehind(): void {
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // No such file, or no right: the limit of the service and of the package's command remains.
  }
}

/** Reports the first failure; what follows from it is not reported. */
function fail(thrown: unknown): Promise<void> {
  failing ??= reportFailure(thrown);
  return failing;
}

async function reportUnwritable(error: Error): Promise<void> {
  const { unwritable } = await import('../export/to/draft.ts');
  await reportFailure(unwritable(null, error));
}

async function reportFailure(thrown: unknown): Promise<void> {
  // Loaded here, because help does not need it.
  const { describeFailure } = await import('./failure.ts');
  const failure = describeFailure(thrown, {
    language: shell.language,
    debug: args.includes('--debug'),
    terminal: process.stderr.isTTY,
  });
  for (const line of failure.lines) process.stderr.write(`${line}\n`);
  process.exitCode = failure.exit;
}
