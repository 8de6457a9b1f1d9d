import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { anchorPath, appendAnchor } from '../../../src/store/audit/audit-anchor.ts';
import { auditKeyPath } from '../../../src/store/audit/audit-key.ts';
import type { AuditRow } from '../../../src/store/audit/audit-types.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import { nowMs } from '../temp-register.ts';
import { type AuditBench, auditBench, entriesOf, fiveActs, officer, start } from './audit-bench.ts';

let template: string | null = null;

/** A log of ten rows. Made once, and copied: each synced row costs time on a busy disk. */
function tenRows(): AuditBench {
  if (template !== null) return auditBench(template);
  const bench = madeTenRows();
  template = mkdtempSync(join(tmpdir(), 'visitlog-ten-rows-'));
  cpSync(bench.temp.dataDir, template, { recursive: true });
  return bench;
}

afterAll(() => {
  if (template !== null) rmSync(template, { recursive: true });
});

function madeTenRows(): AuditBench {
  const bench = auditBench();
  const audit = bench.open();
  fiveActs(audit);
  audit.close();
  return bench;
}

/** The columns of a row, and the fields of its entry, each changed. */
const edits: readonly (readonly [string, string])[] = [
  ['the time', 'at = at + 1'],
  ['the hash of the row before', "prev = x'00'"],
  ['its own hash', 'hash = randomblob(32)'],
  ['one bit of the entry', "entry = replace(entry, 'o', 'p')"],
  ['a space in the entry', "entry = entry || ' '"],
  ['the kind', "entry = json_set(entry, '$.kind', 'refused')"],
  ['who', "entry = json_set(entry, '$.who.uid', 0)"],
  ['the login', "entry = json_set(entry, '$.who.login.user', 'another')"],
  ['from where', "entry = json_set(entry, '$.where.remote', '192.0.2.8')"],
  ['masked or revealed', "entry = json_set(entry, '$.scope.revealed', json('false'))"],
  ['the venues', "entry = json_set(entry, '$.scope.venues', json('[]'))"],
  ['the window', "entry = json_set(entry, '$.scope.to', 2)"],
  ['the reason', "entry = json_set(entry, '$.reason', 'audit')"],
  ['the number of rows', "entry = json_set(entry, '$.rows', 77)"],
  ['the outcome', "entry = json_set(entry, '$.outcome', 'nothing')"],
  ['the signature', "mac = x'00'"],
];

describe('a log that nobody touched', () => {
  it('a log that nobody touched is whole, and vouched for to its end', () => {
    expect(tenRows().verify()).toEqual({
      rows: 10,
      first: 1,
      last: 10,
      anchored: 10,
      findings: [],
      accepted: [],
      unlisted: 0,
    });
  });

  it('a log that nobody touched is whole while it is empty', () => {
    expect(auditBench().verify()).toMatchObject({ rows: 0, findings: [] });
  });
});

describe('an edited row is found and named', () => {
  it.each(edits)('an edited row is found and named where %s was changed, in each of ten rows', (_, edit) => {
    const bench = tenRows();
    for (const row of bench.read().rows()) {
      bench.tamper(`UPDATE audit SET ${edit} WHERE seq = ?`, row.seq);
      expect([`changed ${row.seq}`, `forged ${row.seq}`]).toContain(bench.findings()[0]);
      putBack(bench, row);
      expect(bench.findings()).toEqual([]);
    }
  });

  it('an edited row is found and named though every hash behind it was made to fit', () => {
    const bench = tenRows();
    const before = bench.read().rows();
    for (const { seq } of before) {
      bench.forge("UPDATE audit SET entry = entry || ' ' WHERE seq = ?", seq);
      expect(bench.findings()[0]).toBe(`forged ${seq}`);
      expect(bench.findings()).toContain('anchored-otherwise 10');
      for (const row of before) putBack(bench, row);
    }
  });
});

function putBack(bench: AuditBench, { seq, atMs, text, prev, hash, mac }: AuditRow): void {
  const sql = 'UPDATE audit SET at = ?, entry = ?, prev = ?, hash = ?, mac = ? WHERE seq = ?';
  bench.tamper(sql, atMs, text, prev, hash, mac, seq);
}

describe('the order and the number of rows', () => {
  it('two rows that changed places are found', () => {
    const bench = tenRows();
    for (const [from, to] of [
      [4, 99],
      [7, 4],
      [99, 7],
    ])
      bench.tamper('UPDATE audit SET seq = ? WHERE seq = ?', to, from);
    expect(bench.findings().slice(0, 2)).toEqual(['changed 4', 'order 4']);
  });

  it('contents of rows that changed places under the old numbers are found', () => {
    const bench = tenRows();
    bench.tamper(
      'UPDATE audit SET (at, entry, prev, hash, mac) = (SELECT at, entry, prev, hash, mac FROM audit AS other WHERE other.seq = 9 - audit.seq) WHERE seq IN (4, 5)',
    );
    expect(bench.findings()[0]).toBe('changed 4');
  });

  it.each([2, 5, 9])('a removed row %i is named', (seq) => {
    const bench = tenRows();
    bench.tamper('DELETE FROM audit WHERE seq = ?', seq);
    expect(bench.findings()[0]).toBe(`missing ${seq}`);
  });

  it('a removed first row is named', () => {
    const bench = tenRows();
    bench.tamper('DELETE FROM audit WHERE seq = 1');
    expect(bench.findings()).toEqual(['beginning 2']);
  });

  it.each([1, 5, 10])('%i rows cut off the end are found by the anchor', (count) => {
    const bench = tenRows();
    bench.tamper('DELETE FROM audit WHERE seq > ?', 10 - count);
    expect(bench.findings()).toEqual([`cut-off ${11 - count}`]);
  });

  it('rows added behind the anchor by somebody without the key are found', () => {
    const bench = tenRows();
    bench.forge('INSERT INTO audit SELECT 11, at, entry, prev, hash, mac FROM audit WHERE seq = 9');
    expect(bench.findings()).toEqual(['forged 11']);
  });

  it("another register's log in its place is found", () => {
    const [one, two] = [tenRows(), madeTenRows()];
    one.tamper('DELETE FROM audit');
    copyAudit(two, one);
    expect(one.findings().slice(0, 2)).toEqual(['beginning 1', 'forged 1']);
  });
});

function copyAudit(from: AuditBench, to: AuditBench): void {
  for (const { seq, atMs, text, prev, hash, mac } of from.read().rows())
    to.tamper('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)', seq, atMs, text, prev, hash, mac);
}

describe('the anchor file', () => {
  it('the anchor file that is missing is reported', () => {
    const bench = tenRows();
    rmSync(anchorPath(bench.temp.dataDir));
    expect(bench.findings()).toEqual(['anchor-missing null']);
  });

  it('the anchor file with a line under another key is reported, and such a line vouches for nothing', () => {
    const bench = tenRows();
    const anchor = { seq: 12, hash: '0'.repeat(64), atMs: nowMs };
    appendAnchor(anchorPath(bench.temp.dataDir), Buffer.alloc(32), Buffer.alloc(16), anchor);
    expect(bench.findings()).toEqual(['anchor-forged 12']);
    expect(bench.verify().anchored).toBe(10);
  });

  it('the anchor file whose last line a power cut tore is reported, and can be added to', () => {
    const bench = tenRows();
    const path = anchorPath(bench.temp.dataDir);
    const whole = readFileSync(path, 'latin1');
    writeFileSync(path, whole.slice(0, -30));
    expect(bench.findings()).toEqual(['anchor-unreadable null']);
    fiveActs(bench.open());
    expect(bench.verify()).toMatchObject({ anchored: 20 });
    expect(bench.findings()).toEqual(['anchor-unreadable null']);
  });

  it('the anchor file may be a row behind: a power cut came between the row and its anchor', () => {
    const bench = tenRows();
    const path = anchorPath(bench.temp.dataDir);
    const lines = readFileSync(path, 'latin1').trimEnd().split('\n');
    writeFileSync(path, `${lines.slice(0, -1).join('\n')}\n`);
    expect(bench.verify()).toMatchObject({ anchored: 9, findings: [] });
    bench.open().anchor();
    expect(bench.verify()).toMatchObject({ rows: 10, anchored: 10, findings: [] });
  });

  it('the anchor file names the last row even where two commands added their lines in the other order', () => {
    const bench = tenRows();
    const path = anchorPath(bench.temp.dataDir);
    const lines = readFileSync(path, 'latin1').trimEnd().split('\n');
    writeFileSync(path, `${[...lines.slice(0, -2), lines.at(-1), lines.at(-2)].join('\n')}\n`);
    expect(bench.verify()).toMatchObject({ anchored: 10, findings: [] });
    bench.open().begin(start());
    expect(entriesOf(bench.read()).at(-1)?.kind).toBe('opened');
  });
});

describe('work after a loss', () => {
  it('work after a loss goes on behind the gap, and the loss stays written down', () => {
    const bench = tenRows();
    bench.tamper('DELETE FROM audit WHERE seq > 6');
    fiveActs(bench.open());
    expect(entriesOf(bench.read())[6]).toMatchObject({ kind: 'lost', anchored: 10, found: 6 });
    expect(bench.findings()).toEqual(['lost 11']);
  });

  it('work after a loss is noticed by the next sweep, though nobody does anything else', () => {
    const bench = tenRows();
    bench.tamper('DELETE FROM audit');
    bench.open().anchor();
    expect(bench.findings()).toEqual(['lost 11']);
  });

  it('work after a loss with an older copy of the database is reported as a loss', () => {
    const bench = tenRows();
    const path = databasePath(bench.temp.dataDir);
    copyFileSync(path, `${path}.copy`);
    const audit = bench.open();
    fiveActs(audit);
    audit.close();
    copyFileSync(`${path}.copy`, path);
    expect(bench.findings()).toEqual(['cut-off 11']);
    bench.open().begin(start());
    expect(entriesOf(bench.read())[10]).toMatchObject({ kind: 'lost', anchored: 20, found: 10 });
    expect(bench.findings()).toEqual(['lost 21']);
  });

  it('work after a loss of the key or the anchor says what was made anew, and from where on rows are signed', () => {
    const bench = tenRows();
    rmSync(auditKeyPath(bench.temp.keyFile));
    expect(bench.findings()).toEqual(['key-missing null']);
    fiveActs(bench.open());
    expect(bench.findings()).toEqual(['renewed 11']);
    expect(entriesOf(bench.read())[10]).toEqual({ kind: 'renewed', key: true, anchor: true });
    rmSync(anchorPath(bench.temp.dataDir));
    bench.open().begin(start());
    expect(bench.findings()).toEqual(['renewed 11', 'renewed 22']);
    bench.tamper("UPDATE audit SET mac = x'00' WHERE seq = 15");
    expect(bench.findings()).toEqual(['renewed 11', 'forged 15', 'renewed 22']);
  });
});

describe('an explanation', () => {
  function explained() {
    const bench = tenRows();
    bench.tamper('UPDATE audit SET at = at + 1 WHERE seq = 5');
    const audit = bench.open();
    audit.record({
      kind: 'accepted',
      findings: bench.verify().findings.map(({ id }) => id),
      who: officer,
      where: { host: 'city-hall', tty: null, remote: null },
      reason: 'the clock was corrected by hand',
    });
    return bench;
  }

  it('an explanation settles what was found', () => {
    const { findings, accepted } = explained().verify();
    expect([findings, accepted.map(({ what, seq }) => `${what} ${seq}`)]).toEqual([[], ['changed 5']]);
  });

  it('an explanation does not cover another change of the same row', () => {
    const bench = explained();
    bench.tamper('UPDATE audit SET at = at + 1 WHERE seq = 5');
    expect(bench.findings()).toEqual(['changed 5']);
  });

  it('an explanation that somebody without the key wrote counts for nothing', () => {
    const bench = tenRows();
    bench.tamper('UPDATE audit SET at = at + 1 WHERE seq = 5');
    const ids = JSON.stringify(bench.verify().findings.map(({ id }) => id));
    bench.tamper(
      `INSERT INTO audit SELECT 11, at, json_object('kind', 'accepted', 'findings', json(?)), hash, hash, mac FROM audit WHERE seq = 10`,
      ids,
    );
    expect(bench.findings()[0]).toBe('changed 5');
  });
});
