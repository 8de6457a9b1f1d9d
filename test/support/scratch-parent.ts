import { tmpdir } from 'node:os';

/**
 * Where a test keeps a register of its own: in memory where the machine has room there. That commits reach the disk is
 * shown by tests that say so; elsewhere they would only cost time.
 */
export const scratchParent = process.env.VISITLOG_TEST_MEMORY ?? tmpdir();
