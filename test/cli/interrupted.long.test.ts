import { describe, expect, it } from 'vitest';
import { start } from '../support/program.ts';
import { commandBench } from './command-bench.ts';

describe('an interrupted command', () => {
  it.each([[['decode']], [['venue', 'import', '-']], [['venue', 'import', '-', '--dry-run']]])(
    'an interrupted command that waits for its input ends at once: %s',
    async (words) => {
      const made = commandBench();
      made.temp.open().close();
      const running = start(['--config', made.config, ...words]);
      const { stdin } = running.child;
      // More than a pipe holds: when it has gone, the command reads.
      await new Promise((resolve) => stdin?.write(`${' '.repeat(300_000)}\n`, resolve));
      await running.kill('SIGINT');
      expect([running.child.signalCode, running.stdout()]).toEqual(['SIGINT', '']);
    },
  );
});
