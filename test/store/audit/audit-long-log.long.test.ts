import { appendFileSync, readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { anchorPath, appendAnchor } from '../../../src/store/audit/audit-anchor.ts';
import { registerIdOf } from '../../../src/store/audit/audit-chain.ts';
import { readAuditKey } from '../../../src/store/audit/audit-key.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import { auditBench, start } from './audit-bench.ts';

/** More than a call takes arguments. */
const many = 130_000;

it('a log is verified with more anchors than a call takes arguments', () => {
  const bench = auditBench();
  const { dataDir, keyFile } = bench.temp;
  bench.open().begin(start()).close({ rows: 0, outcome: 'complete' });
  const path = anchorPath(dataDir);
  const [line = ''] = readFileSync(path, 'utf8').split('\n');
  appendFileSync(path, `${line}\n`.repeat(many));
  expect(bench.verify()).toMatchObject({ rows: 2, anchored: 2, findings: [] });

  const db = new Database(databasePath(dataDir), { readonly: true });
  const key = readAuditKey(`${keyFile}.audit`) ?? Buffer.alloc(0);
  appendAnchor(path, key, registerIdOf(db), { seq: 9, hash: 'ab'.repeat(32), atMs: 0 });
  db.close();
  expect(bench.findings()).toEqual(['cut-off 3']);
});
