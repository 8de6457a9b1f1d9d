import { minuteMs } from '../../base/amounts.ts';
import { type Clock, every, type Timer } from '../../base/clock.ts';
import type { LineStatus } from '../line-report.ts';

interface QuietWatch {
  readonly alarm: 'carrier.quiet' | 'ingest.quiet';
  /** Null: never. */
  readonly alarmMs: number | null;
}

/** Raises the alarm of a line without a modem that has received nothing for so long. */
export function watchQuiet(clock: Clock, status: LineStatus, { alarm, alarmMs }: QuietWatch): Timer {
  let quietFromMs = clock.monotonicMs();
  let texts = 0;
  return every(clock, minuteMs, () => {
    const nowMs = clock.monotonicMs();
    if (status.report.texts !== texts) quietFromMs = nowMs;
    texts = status.report.texts;
    status.setAlarm(alarm, alarmMs !== null && nowMs - quietFromMs >= alarmMs);
  });
}
