import { ownFiles } from '../../src/cli/own-files.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { clockFrom } from '../support/fake-clock.ts';

/*
 * The program with a clock that starts at another date: node run-command.js START_MS ARGUMENT…. It reports its peak
 * memory to its parent process.
 */
const [startMs, ...args] = process.argv.slice(2);

try {
  const program = await buildProgram({
    shell: {
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      env: process.env,
      files: ownFiles(() => process.stdin),
      clock: clockFrom(Number(startMs)),
      language: 'en',
      signal: new AbortController().signal,
    },
    args,
    finish: (code) => {
      process.exitCode = code;
    },
  });
  await program.parseAsync(['node', 'visitlog', ...args]);
} catch (thrown) {
  const { describeFailure } = await import('../../src/cli/failure.ts');
  const { lines, exit } = describeFailure(thrown, { language: 'en', debug: true, terminal: false });
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = exit;
}
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
process.send?.({ maxRssMiB: maxRSS / 1_024, cpuMs: (userCPUTime + systemCPUTime) / 1_000 }, () =>
  process.disconnect(),
);
