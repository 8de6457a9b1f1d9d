import { defineConfig } from 'vitest/config';

/** Files that run for seconds: they start the built program, kill it, trace it, or try a great many inputs. */
const long = ['test/{e2e,fuzz,systemd}/**/*.test.ts', 'test/**/*.long.test.ts'];
const every = ['test/**/*.test.ts'];

// For a busy machine. No test waits this long for what it is about (test/support/until.ts).
const limits = (ms: number) => ({ testTimeout: ms, hookTimeout: ms });

export default defineConfig({
  test: {
    // Here, not in the projects: they share one folder.
    globalSetup: ['test/suite.ts'],
    pool: 'forks',
    // Many tests wait for processes, ports and timers: three of them share two cores well.
    maxWorkers: 3,
    projects: [
      // In one process a worker: most of their time would go into loading the same modules again.
      { test: { name: 'unit', include: every, exclude: long, isolate: false, ...limits(120_000) } },
      { test: { name: 'long', include: long, isolate: false, ...limits(600_000) } },
    ],
  },
});
