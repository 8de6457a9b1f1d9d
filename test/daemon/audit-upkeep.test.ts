import { describe, expect, it, onTestFinished } from 'vitest';
import { dayMs } from '../../src/base/amounts.ts';
import { startAuditUpkeep } from '../../src/daemon/audit-upkeep.ts';
import type { LogFields } from '../../src/daemon/log/log.ts';
import { parseAnchorOfLog } from '../../src/store/audit/audit-anchor.ts';
import type { SweepResult } from '../../src/store/sweep/sweep-tally.ts';
import { type AuditBench, auditBench, fiveActs, officer } from '../store/audit/audit-bench.ts';
import { nowMs } from '../store/temp-register.ts';

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
