import { describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/base/amounts.ts';
import { startBench } from '../../support/line-bench.ts';
import { pduOf } from '../../support/scripted-modem.ts';

describe('texts that a memory counts and that cannot be read', () => {
  it('C8: texts that cannot be read raise an alarm if every reading is refused, and end it when they can be read', async () => {
    let refuses = true;
    const bench = startBench({}, {}, (modem) => {
      modem.on(/^AT\+CMG[LR]=/, () => (refuses ? ['+CMS ERROR: 500'] : undefined));
      for (let n = 1; n <= 3; n += 1) modem.store(pduOf(n), { silent: true });
    });
    await bench.until('unproven');
    await bench.clock.advance(3 * minuteMs);
    expect(bench.line.report().alarms).toEqual(['line.unproven', 'texts.unreadable']);
    expect(bench.events).toContainEqual({
      level: 'warn',
      code: 'line.alarm',
      facts: { alarm: 'texts.unreadable', count: 3, memory: 'ME' },
    });
    refuses = false;
    await bench.clock.advance(40 * minuteMs);
    expect(bench.pdus()).toHaveLength(3);
    expect(bench.line.report().alarms).toEqual([]);
  });

  it('C8: a memory whose texts cannot be read gives the register no list of slots in use', async () => {
    const scopes: unknown[] = [];
    const accept = async (_listing: unknown, scope: unknown) => {
      scopes.push(scope);
      return undefined;
    };
    const bench = startBench({ memories: { ME: 5 } }, { accept }, (modem) => {
      modem.on(/^AT\+CMG[LR]=/, ['+CMS ERROR: 500']);
      modem.store(pduOf(1), { silent: true });
    });
    await bench.until('unproven');
    await bench.clock.advance(3 * minuteMs);
    expect(scopes).toEqual([]);
  });

  it('C5: a wrong count raises no alarm if the slots are empty', async () => {
    const bench = startBench({}, {}, (modem) => {
      modem.on(/^AT\+CPMS\?$/, ['+CPMS: "ME",2,23,"ME",2,23,"ME",2,23', 'OK']);
    });
    await bench.until('ready');
    await bench.clock.advance(5 * minuteMs);
    expect(bench.line.report().alarms).toEqual([]);
  });
});
