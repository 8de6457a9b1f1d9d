import { describe, expect, it } from 'vitest';
import { startSimulatedLine } from '../support/simulated-line.ts';

describe('a line whose modem is ready', () => {
  it.each(['huawei', 'sim800', 'sim7600', 'ec25', 'zte'] as const)(
    'a line is ready within a second of its modem (%s), whether notifications come all the time or not',
    async (family) => {
      for (const everyMs of [null, 300, 70]) {
        const bench = startSimulatedLine({ family });
        const again = (): void => {
          bench.modem.notify('+CMTI: "ME",0');
          bench.clock.after(everyMs ?? 0, again);
        };
        if (everyMs !== null) bench.clock.after(everyMs, again);
        const tookMs = await bench.until(() => bench.line.report().state === 'ready', 10_000);
        expect(tookMs, `notifications every ${everyMs} ms`).toBeLessThanOrEqual(1_000);
        await bench.stop();
      }
    },
  );
});
