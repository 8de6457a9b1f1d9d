import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dayMs, minuteMs } from '../../src/base/amounts.ts';
import { startAuditUpkeep } from '../../src/daemon/audit-upkeep.ts';
import type { LogFields } from '../../src/daemon/log/log.ts';
import { anchorPath, appendAnchor, parseAnchorOfLog } from '../../src/store/audit/audit-anchor.ts';
import { beginning, registerIdOf, rowHash, rowMac } from '../../src/store/audit/audit-chain.ts';
import { auditKeyPath, readAuditKey } from '../../src/store/audit/audit-key.ts';
import { databasePath } from '../../src/store/database/database.ts';
import type { SweepResult } from '../../src/store/sweep/sweep-tally.ts';
import { type AuditBench, auditBench, fiveActs, officer, start } from '../store/audit/audit-bench.ts';
import { nowMs, visit } from '../store/temp-register.ts';

function cared(bench: AuditBench) {
  const events: [string, LogFields][] = [];
  const log = {
    write: (_: unknown, event: string, fields: LogFields = {}) => void events.push([event, fields]),
  };
  const upkeep = startAuditUpkeep(bench.temp.options, () => 730 * dayMs, log);
  onTestFinished(() => upkeep.close());
  return {
    upkeep,
    events,
    /** A sweep of the register, and what the gateway does behind it. */
    async sweep(): Promise<SweepResult> {
      const register = bench.temp.open({ role: 'tool' });
      const result = await register.sweep({ who: officer, command: 'run', pause: async () => {} });
      register.close();
      upkeep.afterSweep(result);
      return result;
    },
  };
}

describe('the audit log at each sweep', () => {
  it("the anchor is written to the gateway's log, once", async () => {
    const bench = auditBench();
    fiveActs(bench.open());
    const { events, sweep } = cared(bench);
    await sweep();
    await sweep();
    expect(events.map(([event]) => event)).toEqual(['audit.anchored']);
    expect(parseAnchorOfLog(String(events[0]?.[1].anchor))?.seq).toBe(10);
  });

  it('the audit log is checked, and again after a day', async () => {
    const bench = auditBench();
    fiveActs(bench.open());
    const { upkeep, sweep } = cared(bench);
    expect(upkeep.report()).toBeNull();
    await sweep();
    expect(upkeep.report()).toEqual({ rows: 10, anchored: 10, state: 'whole', verifiedMs: nowMs });
    bench.tamper("UPDATE audit SET entry = replace(entry, 'u', 'v') WHERE seq = 4");
    await bench.temp.clock.advance(dayMs - 1);
    await sweep();
    expect(upkeep.report()).toMatchObject({ state: 'whole', verifiedMs: nowMs });
    await bench.temp.clock.advance(1);
    await sweep();
    expect(upkeep.report()).toMatchObject({ state: 'broken', verifiedMs: nowMs + dayMs });
  });

  it('a lost end is logged as an error', async () => {
    const bench = auditBench();
    fiveActs(bench.open());
    bench.tamper('DELETE FROM audit WHERE seq > 8');
    const { upkeep, events, sweep } = cared(bench);
    await sweep();
    expect(upkeep.report()?.state).toBe('lost');
    expect(events).toEqual([
      ['audit.lost', { row: 11 }],
      ['audit.anchored', { anchor: expect.stringMatching(/^11:[k-z]{64}$/) }],
    ]);
  });

  it('rows whose time is over are removed, by the clock that the sweep trusts', async () => {
    const bench = auditBench();
    fiveActs(bench.open());
    const { upkeep, events, sweep } = cared(bench);
    const result = await sweep();
    const at = (days: number, living: number) => {
      return { ...result, clock: { ...result.clock, cutMs: nowMs + days * dayMs, living } };
    };
    bench.temp.clock.setWall(nowMs + 800 * dayMs);
    upkeep.afterSweep(at(1, 5));
    upkeep.afterSweep(at(800, 0));
    expect(events.map(([event]) => event)).toEqual(['audit.anchored']);
    upkeep.afterSweep(at(800, 5));
    expect(events[1]).toEqual(['audit.pruned', { rows: 10 }]);
    expect(bench.findings()).toEqual([]);
  });

  it('an audit log that cannot be written is reported, and the gateway goes on', async () => {
    const bench = auditBench();
    fiveActs(bench.open());
    const { events, sweep } = cared(bench);
    await sweep();
    bench.tamper('PRAGMA user_version = 999');
    const second = cared(bench);
    expect(second.events).toEqual([['audit.failed', expect.objectContaining({ code: 'audit.unwritable' })]]);
    expect(events).toHaveLength(1);
  });
});

/** A log of ten rows that a gateway has seen, and what the account that owns the register has to write to it with. */
async function watched() {
  const bench = auditBench();
  fiveActs(bench.open());
  const { dataDir, keyFile } = bench.temp;
  const gateway = cared(bench);
  await gateway.sweep();
  gateway.events.length = 0;
  return {
    bench,
    ...gateway,
    anchors: anchorPath(dataDir),
    key: auditKeyPath(keyFile),
    minute: () => bench.temp.clock.advance(minuteMs),
    empty() {
      bench.tamper('DELETE FROM audit');
      bench.tamper('DELETE FROM audit_subjects');
    },
  };
}

const forgotten = (lost: string, rows: number) => ['audit.forgotten', { lost, seen: 10, rows }];

describe('an account that cuts the audit log beside a gateway', () => {
  it('nothing is reported while acts are added by others', async () => {
    const { bench, upkeep, events, minute } = await watched();
    fiveActs(bench.open());
    await minute();
    expect(events.map(([event]) => event)).toEqual(['audit.anchored']);
    expect(upkeep.report()).toMatchObject({ rows: 20, anchored: 20, state: 'whole' });
  });

  it('rows that are cut with their anchors are reported within a minute, and the log goes on behind them', async () => {
    const { bench, upkeep, events, anchors, minute } = await watched();
    bench.tamper('DELETE FROM audit WHERE seq > 6');
    const lines = readFileSync(anchors, 'latin1').split('\n');
    writeFileSync(anchors, `${lines.slice(0, 6).join('\n')}\n`);
    expect(bench.findings()).toEqual(['forgotten 10']);
    await minute();
    expect(events[0]).toEqual(forgotten('rows, anchors', 12));
    expect(upkeep.report()).toMatchObject({ state: 'lost', rows: 12 });
    expect(bench.findings()).toEqual(['lost 11', 'renewed 12']);
    await minute();
    expect(events.filter(([event]) => event === 'audit.forgotten')).toHaveLength(1);
  });

  it('tables and anchor file that are emptied are reported, and what an officer does next does not hide it', async () => {
    const { bench, upkeep, events, anchors, minute, empty } = await watched();
    empty();
    rmSync(anchors);
    fiveActs(bench.open());
    await minute();
    expect(events[0]).toEqual(['audit.forgotten', expect.objectContaining({ seen: 10 })]);
    expect(upkeep.report()?.state).toBe('lost');
    expect(bench.findings()).toContain('lost 11');
  });

  it('an empty log whose memory in the register went too is reported by the gateway that has seen it', async () => {
    const { bench, upkeep, events, anchors, key, minute, empty } = await watched();
    empty();
    bench.tamper("DELETE FROM meta WHERE name = 'audit_seen'");
    rmSync(anchors);
    rmSync(key);
    await minute();
    expect(events[0]).toEqual(forgotten('rows, key, anchors', 12));
    expect(upkeep.report()?.state).toBe('lost');
  });

  it('a log that is made anew with the key that lies beside it is reported, though it is as long and well signed', async () => {
    const { bench, upkeep, events, anchors, minute, empty } = await watched();
    empty();
    bench.tamper("DELETE FROM meta WHERE name = 'audit_seen'");
    rmSync(anchors);
    const made = bench.open();
    made.record({ kind: 'begun', late: false });
    bench.tamper('DELETE FROM audit');
    rmSync(anchors);
    remade(bench);
    expect(bench.verify().findings).toEqual([]);
    await minute();
    expect(events[0]).toEqual(forgotten('changed, anchors', 12));
    expect(upkeep.report()?.state).toBe('lost');
    expect(bench.findings()).toEqual(['lost 11', 'renewed 12']);
  });

  it('rows that are cut off the beginning with a signed note that their time was over are reported', async () => {
    for (const upTo of [4, 10]) {
      const { bench, upkeep, events, minute } = await watched();
      noteAsPruned(bench, upTo);
      expect(bench.findings()).toEqual(['forgotten 10']);
      await minute();
      expect(events[0]).toEqual(forgotten('rows', 12));
      expect(upkeep.report()?.state).toBe('lost');
      expect(bench.findings()).toEqual(['lost 12']);
      await minute();
      expect(events.filter(([event]) => event === 'audit.forgotten')).toHaveLength(1);
    }
  });

  it('another audit key is reported', async () => {
    const { events, key, minute } = await watched();
    writeFileSync(key, `${'ab'.repeat(32)}\n`);
    await minute();
    expect(events[0]?.[1].lost).toBe('key');
  });

  it('another database in the place of the register is reported', async () => {
    const { bench, upkeep, events, minute } = await watched();
    const path = databasePath(bench.temp.dataDir);
    copyFileSync(path, `${path}.copy`);
    renameSync(`${path}.copy`, path);
    await minute();
    expect(events[0]?.[1].lost).toBe('database');
    expect(upkeep.report()?.state).toBe('lost');
  });

  it('what was lost while no gateway ran is reported at its start', async () => {
    const { bench, upkeep, anchors } = await watched();
    upkeep.close();
    bench.tamper('DELETE FROM audit WHERE seq > 6');
    rmSync(anchors);
    const { events, upkeep: next } = cared(bench);
    expect(events.map(([event]) => event)).toContain('audit.forgotten');
    expect(next.report()?.state).toBe('lost');
  });

  it('a loss stays reported until somebody explains it', async () => {
    const { bench, upkeep, minute } = await watched();
    bench.tamper('DELETE FROM audit WHERE seq > 6');
    await minute();
    const where = { host: 'city-hall', tty: null, remote: null };
    const findings = bench.verify().findings.map(({ id }) => id);
    bench.open().record({ kind: 'accepted', findings, who: officer, where, reason: 'a drill' });
    await minute();
    expect(upkeep.report()).toMatchObject({ state: 'whole' });
  });

  it('rows and anchors that were kept for their time are not missed', async () => {
    const { bench, upkeep, events, minute, sweep } = await watched();
    const result = await sweep();
    bench.temp.clock.setWall(nowMs + 800 * dayMs);
    upkeep.afterSweep({ ...result, clock: { ...result.clock, cutMs: nowMs + 800 * dayMs, living: 5 } });
    await minute();
    expect(events.map(([event]) => event)).toEqual(['audit.pruned', 'audit.anchored']);
  });
});

describe('the audit log at the start of a gateway', () => {
  it('a new register gets the first row of its log from the gateway', () => {
    const bench = auditBench();
    cared(bench);
    expect(bench.verify()).toMatchObject({ rows: 1, anchored: 1, findings: [] });
  });

  it('a register with visits and without a log gets one that says so, and that is a finding', () => {
    const bench = auditBench();
    const register = bench.temp.open();
    register.transact((unit) => unit.addVisit(visit()));
    register.close();
    expect(bench.findings()).toEqual(['emptied null']);
    cared(bench);
    expect(bench.findings()).toEqual(['begun-late 1']);
  });
});

/** Ten rows and their anchors that were never written, under the key and with the code of the gateway. */
function remade(bench: AuditBench): void {
  const db = new Database(databasePath(bench.temp.dataDir));
  const key = readAuditKey(auditKeyPath(bench.temp.keyFile)) ?? Buffer.alloc(0);
  const id = registerIdOf(db);
  let prev = beginning(id);
  for (let seq = 1; seq <= 10; seq += 1) {
    const text = JSON.stringify({ kind: 'refused', code: 'door.refused', ...start() });
    const hash = rowHash({ prev, seq, atMs: nowMs, text });
    db.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)').run(
      ...([seq, nowMs, text, prev, hash, rowMac(key, hash)] as const),
    );
    appendAnchor(anchorPath(bench.temp.dataDir), key, id, { seq, hash: hash.toString('hex'), atMs: nowMs });
    prev = hash;
  }
  db.close();
}

/** Takes rows off the beginning as a gateway prunes those whose time is over. */
function noteAsPruned(bench: AuditBench, upTo: number): void {
  const db = new Database(databasePath(bench.temp.dataDir));
  const hash = db
    .prepare<[number], string>('SELECT lower(hex(hash)) FROM audit WHERE seq = ?')
    .pluck()
    .get(upTo);
  db.close();
  bench.open().record({ kind: 'pruned', upTo, hash: hash ?? '', rows: upTo });
  bench.tamper(`DELETE FROM audit WHERE seq <= ${upTo}`);
  bench.tamper(`DELETE FROM audit_subjects WHERE seq <= ${upTo}`);
}
