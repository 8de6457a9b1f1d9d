#!/usr/bin/env node
import { systemClock } from '../base/clock.ts';
import type { ExitCode } from '../base/errors.ts';
import { describeFailure } from './failure.ts';
import { languageOf } from './language.ts';
import { buildProgram } from './program.ts';
import type { Shell } from './shell.ts';

const args = process.argv.slice(2);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
let hungUp = () => stop.abort();
process.on('SIGHUP', () => hungUp());
// A reader that has seen enough (`| head`) closes the pipe: that ends us quietly, it is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const shell: Shell = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  clock: systemClock,
  language: languageOf(args, process.env),
  signal: stop.signal,
  ...(process.stdin.isTTY || process.stdout.isTTY ? {} : { onHangup }),
};

function onHangup(act: () => void): void {
  hungUp = act;
}

try {
  const finish = (code: ExitCode) => {
    process.exitCode = code;
  };
  const program = await buildProgram({ shell, args, finish });
  await program.parseAsync(process.argv);
} catch (thrown) {
  const failure = await describeFailure(thrown, {
    language: shell.language,
    debug: args.includes('--debug'),
    terminal: process.stderr.isTTY,
  });
  for (const line of failure.lines) process.stderr.write(`${line}\n`);
  process.exitCode = failure.exit;
}
