import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { truncateWal } from '../../../src/store/database/space.ts';
import { makeWorkspace } from '../../support/workspace.ts';

describe('the write-ahead log', () => {
  it('is not truncated while a reader needs it, and nothing waits for that reader', () => {
    const workspace = makeWorkspace();
    onTestFinished(workspace.remove);
    const path = join(workspace.folder, 'wal.sqlite');
    // Patient, so that a wait shows on the busiest machine.
    const db = new Database(path, { timeout: 60_000 });
    db.pragma('journal_mode = wal');
    db.exec('CREATE TABLE t (n INTEGER)');
    const reader = new Database(path, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM t').get();
    db.exec('INSERT INTO t VALUES (1)');

    const startedMs = performance.now();
    expect(truncateWal(db)).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(30_000);
    expect(db.pragma('busy_timeout', { simple: true })).toBe(60_000);
    reader.close();
    expect(truncateWal(db)).toBe(true);
    db.close();
  });
});
