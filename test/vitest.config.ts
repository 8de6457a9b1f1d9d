import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    globalSetup: ['test/suite-folder.ts'],
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Many tests wait for processes, ports and timers: two of them share a core well.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
