import { hkdfSync } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { openAudit } from '../../../src/store/audit/audit.ts';
import { anchorPath, formatAnchorForLog, parseAnchorOfLog } from '../../../src/store/audit/audit-anchor.ts';
import { auditKeyPath } from '../../../src/store/audit/audit-key.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import { HourKeys } from '../../../src/store/keyring/hour-keys.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import { maskText } from '../../../src/visits/mask-text.ts';
import { filesWith, nowMs, tempRegister, visit } from '../temp-register.ts';
import { auditBench, entriesOf, fiveActs, officer, start } from './audit-bench.ts';

describe('an act', () => {
  it('an act is on disk, and vouched for outside the database, before anything is read', () => {
    const bench = auditBench();
    const act = bench.open().begin(start());
    expect(act.seq).toBe(1);
    expect(readFileSync(anchorPath(bench.temp.dataDir), 'utf8')).toMatch(
      /^0 [0-9a-f]{64} \S+ [0-9a-f]{64}\n1 [0-9a-f]{64} \S+ [0-9a-f]{64}\n$/,
    );
    expect(bench.read().contents().acts).toEqual([
      {
        ...start(),
        seq: 1,
        atMs: nowMs,
        endedAtMs: null,
        rows: null,
        unlogged: null,
        outcome: 'unfinished',
        code: null,
      },
    ]);
  });

  it('two acts that begin a log at one moment do not miss the anchor that the first has yet to write', () => {
    const bench = auditBench();
    const [one, other] = [bench.chain(), bench.chain()];
    one.append();
    other.append();
    other.anchor();
    one.anchor();
    expect(entriesOf(bench.read()).map(({ kind }) => kind)).toEqual(['opened', 'opened']);
    expect(bench.verify()).toMatchObject({ rows: 2, anchored: 2, findings: [] });
  });

  it('a log whose first row could not be written begins with the next as if nothing had been', () => {
    const bench = auditBench();
    const chain = bench.chain();
    expect(() => chain.append('fails')).toThrow('fails');
    expect(bench.verify()).toMatchObject({ rows: 0, anchored: null });
    bench.open().begin(start());
    expect(bench.verify()).toMatchObject({ rows: 1, anchored: 1, findings: [] });
  });

  it('an act says afterwards how it ended', () => {
    const bench = auditBench();
    const act = bench.open().begin(start());
    bench.temp.clock.setWall(nowMs + 5_000);
    act.close({ rows: 3, outcome: 'failed', code: 'export.unwritable' });
    expect(bench.read().contents().acts).toMatchObject([
      { seq: 1, endedAtMs: nowMs + 5_000, rows: 3, outcome: 'failed', code: 'export.unwritable' },
    ]);
  });

  it('an act that was refused is kept too', () => {
    const bench = auditBench();
    const { reason: _, ...without } = start();
    bench.open().refused(without, 'export.no-reason');
    expect(bench.read().contents().acts).toMatchObject([{ outcome: 'refused', code: 'export.no-reason' }]);
  });

  it('an act can be written down while the register is being read, and while a gateway has it', async () => {
    const bench = auditBench();
    const gateway = bench.temp.open();
    gateway.transact((unit) => [unit.addVisit(visit()), unit.addVisit(visit({ visitor: '01055500124' }))]);
    const act = bench.open().begin(start());
    const rows = bench.temp.open({ role: 'reader' }).visits({ fromMs: nowMs - hourMs, toMs: nowMs + hourMs });
    for await (const batch of rows)
      for (const row of batch) {
        act.reveal(row.visitor, row.visitedAtMs);
        act.flush(1);
      }
    act.close({ rows: 2, outcome: 'complete' });
    expect(entriesOf(bench.read()).map(({ kind }) => kind)).toEqual([
      'opened',
      'progress',
      'progress',
      'closed',
    ]);
    expect(bench.findings()).toEqual([]);
  });

  it('the audit log keeps its key and its anchors from other users', () => {
    const bench = auditBench();
    bench.open().begin(start());
    for (const path of [auditKeyPath(bench.temp.keyFile), anchorPath(bench.temp.dataDir)])
      expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

describe('an audit log that cannot be written', () => {
  const unwritable = (because: string) =>
    expect.objectContaining({ code: 'audit.unwritable', facts: { because } });

  it('an audit log that cannot be written stops an act while another process holds the register, and lets it through afterwards', () => {
    const bench = auditBench();
    const audit = bench.open();
    const other = new Database(databasePath(bench.temp.dataDir));
    other.exec('BEGIN IMMEDIATE');
    expect(() => audit.begin(start())).toThrow(unwritable('register.busy'));
    other.exec('COMMIT');
    other.close();
    expect(audit.begin(start()).seq).toBe(1);
  });

  it('an audit log that cannot be written stops an act when the anchor cannot be written, though the row could', () => {
    const bench = auditBench();
    const audit = bench.open();
    const act = audit.begin(start());
    const path = anchorPath(bench.temp.dataDir);
    const held = readFileSync(path);
    // A directory in its place: even root cannot write to that.
    replaceByDirectory(path);
    expect(() => audit.begin(start())).toThrow(unwritable('register.unsafe-file'));
    restore(path, held);
    act.close({ rows: 0, outcome: 'complete' });
    expect(bench.findings()).toEqual([]);
  });

  it('an audit log that cannot be written is refused where its key can be reached by others', () => {
    const bench = auditBench();
    const audit = bench.open();
    audit.begin(start());
    chmodSync(auditKeyPath(bench.temp.keyFile), 0o644);
    expect(() => audit.begin(start())).toThrow(unwritable('audit.key-permissions'));
  });

  it('an audit log without a register is reported as a missing register', () => {
    const temp = tempRegister();
    expect(() => openAudit(temp.options)).toThrow(expect.objectContaining({ code: 'register.missing' }));
  });
});

describe('pseudonyms', () => {
  const other = '01055500999';

  function revealed() {
    const bench = auditBench();
    const gateway = bench.temp.open();
    const audit = bench.open();
    for (const hours of [0, 1])
      gateway.transact((unit) => unit.addVisit(visit({ atMs: nowMs + hours * hourMs })));
    const acts = [audit.begin(start()), audit.begin(start())];
    for (const act of acts) {
      act.reveal('01055500123', nowMs);
      act.reveal('01055500123', nowMs + 60_000);
      act.reveal(other, nowMs + hourMs);
      act.close({ rows: 3, outcome: 'complete' });
    }
    return { bench, gateway, acts };
  }

  it('pseudonyms say to a visitor which acts showed their number, and of which hours', () => {
    const { bench } = revealed();
    const reader = bench.read();
    const hour = Math.floor(nowMs / hourMs);
    expect([...reader.thatShowed('01055500123')]).toEqual([
      [1, [hour]],
      [2, [hour]],
    ]);
    expect([...reader.thatShowed(other).keys()]).toEqual([1, 2]);
    expect(reader.thatShowed('01055500124').size).toBe(0);
  });

  it('pseudonyms are no numbers: no file holds one that was revealed', () => {
    const { bench } = revealed();
    expect(
      filesWith(bench.temp.dataDir, ['01055500123', '010-5550-0123', '5550-0123', '55500123', other]),
    ).toEqual([]);
  });

  it('pseudonyms of one person in two acts have nothing in common for who has no key', () => {
    const { bench } = revealed();
    const db = new Database(databasePath(bench.temp.dataDir), { readonly: true });
    const tags = db.prepare('SELECT hex(tags) FROM audit_subjects').pluck().all() as string[];
    const lookup = db
      .prepare('SELECT hex(venue_tag) || hex(id) FROM sealed_visits')
      .pluck()
      .all() as string[];
    db.close();
    expect(tags).toHaveLength(4);
    expect(new Set([...tags, ...lookup]).size).toBe(6);
  });

  it('pseudonyms can be matched with nobody once the key of their hour is gone, and the chain is whole all the same', () => {
    const { bench, gateway } = revealed();
    gateway.close();
    emptyKeyring(bench.temp.keyFile);
    expect(bench.read().thatShowed('01055500123').size).toBe(0);
    expect(bench.findings()).toEqual([]);
    bench.tamper('DELETE FROM audit_subjects');
    expect(bench.findings()).toEqual([]);
  });

  it('pseudonyms that were changed or removed while their hour lives, or put there by somebody else, are found', () => {
    const { bench } = revealed();
    bench.tamper(
      "UPDATE audit_subjects SET tags = x'0102030405060708' WHERE seq = 3 AND hour = ?",
      Math.floor(nowMs / hourMs),
    );
    bench.tamper('DELETE FROM audit_subjects WHERE seq = 4');
    bench.tamper("INSERT INTO audit_subjects (hour, seq, tags) VALUES (5, 2, x'00')");
    expect(bench.findings()).toEqual(['subjects 2', 'subjects 3', 'subjects 4']);
  });

  it('pseudonyms may be gone when their time is over, whether a sweep has ended the hour or not', () => {
    const { bench } = revealed();
    bench.tamper('DELETE FROM audit_subjects');
    expect(bench.findings()).toEqual(['subjects 3', 'subjects 4']);
    bench.temp.clock.setWall(nowMs + 29 * dayMs);
    expect(bench.findings()).toEqual([]);
  });

  it('pseudonyms of a hundred thousand visitors are held in bounded memory and found again', () => {
    const { bench, acts: _ } = revealed();
    const act = bench.open().begin(start());
    const visitorAt = (index: number) => `0102${String(index).padStart(7, '0')}`;
    for (let index = 0; index < 100_000; index += 1) act.reveal(visitorAt(index), nowMs);
    act.close({ rows: 100_000, outcome: 'complete' });
    const reader = bench.read();
    expect(entriesOf(reader).at(-2)).toMatchObject({ kind: 'progress', rows: 65_536, of: act.seq });
    for (const index of [0, 65_535, 65_536, 99_999])
      expect([...reader.thatShowed(visitorAt(index)).keys()]).toEqual([act.seq]);
    expect(reader.thatShowed(visitorAt(100_000)).size).toBe(0);
    expect(bench.findings()).toEqual([]);
  });
});

describe('an anchor in the journal', () => {
  it('an anchor in the journal passes the masking of the log unchanged, and can be read again', () => {
    const bench = auditBench();
    const audit = bench.open();
    fiveActs(audit);
    const anchor = audit.anchor();
    if (anchor === null) throw new Error('no anchor');
    const written = formatAnchorForLog(anchor);
    expect(maskText(written)).toBe(written);
    expect(parseAnchorOfLog(written)).toEqual({ seq: 10, hash: anchor.hash });
    expect(parseAnchorOfLog(`10:${anchor.hash}`)).toEqual({ seq: 10, hash: anchor.hash });
    expect(parseAnchorOfLog('10:')).toBeNull();
  });

  it('an anchor in the journal is the same one as long as nothing is added', () => {
    const bench = auditBench();
    const audit = bench.open();
    expect(audit.anchor()).toBeNull();
    fiveActs(audit);
    const before = readFileSync(anchorPath(bench.temp.dataDir), 'utf8');
    expect(audit.anchor()).toMatchObject({ seq: 10 });
    expect(readFileSync(anchorPath(bench.temp.dataDir), 'utf8')).toBe(before);
  });
});

describe('rows that were kept for their time', () => {
  const period = 730 * dayMs;

  function kept() {
    const bench = auditBench();
    const audit = bench.open();
    fiveActs(audit);
    const prune = () => audit.prune(bench.temp.clock.wallMs() - period);
    return { bench, audit, prune, wait: (days: number) => bench.temp.clock.setWall(nowMs + days * dayMs) };
  }

  it('rows that were kept for their time go, and the log begins anew behind them and stays whole', () => {
    const { bench, audit, prune, wait } = kept();
    wait(400);
    audit.begin(start()).close({ rows: 1, outcome: 'complete' });
    wait(732);
    expect(prune()).toBe(10);
    expect(bench.verify()).toMatchObject({ rows: 3, first: 11, last: 13, anchored: 13, findings: [] });
    expect(entriesOf(bench.read()).at(-1)).toMatchObject({ kind: 'pruned', upTo: 10, rows: 10 });
    expect(prune()).toBe(0);
  });

  it('rows that were kept for their time take their anchors with them, and leave one even if none is newer', () => {
    const { bench, audit, prune, wait } = kept();
    const anchors = () => readFileSync(anchorPath(bench.temp.dataDir), 'utf8').match(/^\d+/gm);
    wait(400);
    audit.begin(start()).close({ rows: 1, outcome: 'complete' });
    wait(732);
    prune();
    expect(anchors()).toEqual(['11', '12', '13']);
    wait(2_000);
    prune();
    expect(anchors()).toEqual(['14']);
    audit.begin(start()).close({ rows: 1, outcome: 'complete' });
    expect(bench.findings()).toEqual([]);
    expect(entriesOf(bench.read()).map(({ kind }) => kind)).toEqual(['pruned', 'opened', 'closed']);
  });

  it('rows that were kept for their time go to the last one, and the next row follows', () => {
    const { bench, audit, prune, wait } = kept();
    wait(732);
    expect(prune()).toBe(10);
    fiveActs(audit);
    expect(bench.verify()).toMatchObject({ rows: 11, first: 11, findings: [] });
  });

  it('rows that were kept for their time stay a day longer rather than be followed by a note of their own each hour', () => {
    const { prune, wait } = kept();
    wait(731);
    expect(prune()).toBe(0);
    wait(731.01);
    expect(prune()).toBe(10);
  });

  it('rows that were kept for their time cannot be removed by somebody else: neither without a note of it nor with a forged one', () => {
    const bench = auditBench();
    fiveActs(bench.open());
    bench.tamper('DELETE FROM audit WHERE seq <= 4');
    expect(bench.findings()).toEqual(['beginning 5']);
    const hash = hashOf(bench.temp.dataDir, 5);
    bench.tamper(
      `INSERT INTO audit SELECT 11, at, json_object('kind', 'pruned', 'upTo', 4, 'hash', ?, 'rows', 4), hash, hash, mac FROM audit WHERE seq = 10`,
      hash,
    );
    expect(bench.findings()[0]).toBe('beginning 5');
    expect(bench.findings()).toContain('changed 11');
  });
});

describe('the ledger', () => {
  it('the ledger is written with what it tells of, or not at all', () => {
    const bench = auditBench();
    const audit = bench.open();
    audit.record({
      kind: 'destroyed',
      cause: 'expired',
      firstHour: 1,
      lastHour: 2,
      rows: { visits: 3 },
      keys: 2,
      method: 'key',
      who: officer,
      command: 'sweep',
    });
    expect(bench.read().contents().destructions).toEqual([
      {
        seq: 1,
        atMs: nowMs,
        cause: 'expired',
        firstHour: 1,
        lastHour: 2,
        rows: { visits: 3 },
        keys: 2,
        method: 'key',
        who: officer,
        command: 'sweep',
      },
    ]);
  });
});

function replaceByDirectory(path: string): void {
  rmSync(path);
  mkdirSync(path);
}

function restore(path: string, content: Buffer): void {
  rmSync(path, { recursive: true });
  writeFileSync(path, content, { mode: 0o600 });
}

/** Every slot zeros, as after each hour's end. */
function emptyKeyring(path: string): void {
  const ring = Keyring.open(path, true);
  for (const hour of ring.hours()) ring.destroy(hour);
  ring.close();
}

function hashOf(dataDir: string, seq: number): string {
  const db = new Database(databasePath(dataDir), { readonly: true });
  const prev = db.prepare('SELECT lower(hex(prev)) FROM audit WHERE seq = ?').pluck().get(seq) as string;
  db.close();
  return prev;
}

describe("an hour's keys", () => {
  it("an hour's keys are what they were before the audit log had one of them", () => {
    const temp = tempRegister();
    temp.open().transact((unit) => unit.addVisit(visit()));
    const hour = Math.floor(nowMs / hourMs);
    const ring = Keyring.open(temp.keyFile, false);
    const key = ring.read(hour)?.held.key ?? Buffer.alloc(0);
    const label = 'visitlog 1 aes-256-gcm seal lookup fingerprint';
    const before = Buffer.from(hkdfSync('sha256', key, '', label, 96));
    const keys = new HourKeys(ring, 'aes-256-gcm');
    const now = keys.forReading(hour);
    if (now === null) throw new Error('the hour has no key');
    expect(Buffer.concat([now.seal, now.lookup, now.fingerprint])).toEqual(before);
    expect([now.seal, now.lookup, now.fingerprint].some((other) => other.equals(now.audit))).toBe(false);
    keys.close();
  });
});
