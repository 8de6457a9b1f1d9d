import { describe, expect, it } from 'vitest';
import { analyze, hasSystemdAnalyze, placeUnit, readUnitFile } from './unit-bench.ts';

const variants: readonly { readonly dropIns: readonly string[]; readonly most: number }[] = [
  { dropIns: [], most: 0.5 },
  { dropIns: ['credentials'], most: 0.5 },
  { dropIns: ['reset-command'], most: 0.5 },
  { dropIns: ['metrics-textfile'], most: 0.5 },
  { dropIns: ['metrics-port'], most: 1.3 },
  { dropIns: ['serial-server'], most: 1.3 },
  { dropIns: ['metrics-port', 'serial-server', 'credentials', 'reset-command'], most: 1.3 },
];

/** Needs `systemd-analyze` (Debian: package systemd). */
describe.runIf(hasSystemdAnalyze)('the unit', () => {
  it.each(variants)(
    'the unit with $dropIns has no fault and exposes at most $most of 10',
    ({ dropIns, most }) => {
      const unit = placeUnit(dropIns);
      try {
        expect(analyze(['verify', '--man=no', unit.path])).toEqual({ status: 0, said: '' });
        const { said } = analyze(['security', '--offline=true', '--threshold=100', unit.path]);
        const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(said)?.[1]);
        expect(exposure).toBeLessThanOrEqual(most);
      } finally {
        unit.remove();
      }
    },
  );
});

describe('the unit file', () => {
  const setting = (name: string): string[] =>
    [...readUnitFile('visitlog.service').matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(
      ([, value]) => value ?? '',
    );

  it('is not restarted if a person has to correct something, and always restarted otherwise', () => {
    expect({
      restart: setting('Restart'),
      not: setting('RestartPreventExitStatus'),
      limit: setting('StartLimitIntervalSec'),
    }).toEqual({ restart: ['always'], not: ['2 3'], limit: ['0'] });
  });

  it('gives the gateway longer to stop than it needs, and writes its memory to no disk', () => {
    expect(setting('TimeoutStopSec')).toEqual(['10s']);
    expect([setting('LimitCORE'), setting('MemorySwapMax'), setting('WatchdogSignal')]).toEqual([
      ['0'],
      ['0'],
      ['SIGKILL'],
    ]);
  });

  it('never forbids what V8 needs to start', () => {
    expect(setting('MemoryDenyWriteExecute')).toEqual([]);
  });
});
