import type { Clock, Timer } from '../../base/clock.ts';
import type { Log, LogEvent, LogFields, LogLevel } from './log.ts';

const firstWindowMs = 60_000;
const longestWindowMs = 3_600_000;

interface Repeat {
  readonly level: LogLevel;
  readonly event: LogEvent;
  fields: LogFields;
  count: number;
  windowMs: number;
  timer: Timer;
}

export interface FoldingLog extends Log {
  /** Writes the counts that are still held back, and stops the timers. */
  close(): void;
}

/**
 * A trouble that repeats is written once at once, then with its count after a minute, ten minutes, and each
 * hour while it lasts: a modem that is missing for weeks must not fill the disk.
 */
export function foldRepeats(log: Log, clock: Clock): FoldingLog {
  const repeats = new Map<string, Repeat>();

  function windowOver(key: string, repeat: Repeat): void {
    if (repeat.count === 0) {
      repeats.delete(key);
      return;
    }
    report(repeat);
    repeat.windowMs = Math.min(repeat.windowMs * 10, longestWindowMs);
    repeat.timer = clock.after(repeat.windowMs, () => windowOver(key, repeat));
  }

  function report(repeat: Repeat): void {
    log.write(repeat.level, repeat.event, { ...repeat.fields, repeated: repeat.count });
    repeat.count = 0;
  }

  function begin(key: string, level: LogLevel, event: LogEvent, fields: LogFields): void {
    log.write(level, event, fields);
    const timer = clock.after(firstWindowMs, () => windowOver(key, repeat));
    const repeat: Repeat = { level, event, fields, count: 0, windowMs: firstWindowMs, timer };
    repeats.set(key, repeat);
  }

  return {
    write(level, event, fields = {}) {
      if (level !== 'error' && level !== 'warn') return log.write(level, event, fields);
      const key = `${event}\0${fields.line ?? ''}\0${fields.code ?? ''}`;
      const repeat = repeats.get(key);
      if (!repeat) return begin(key, level, event, fields);
      repeat.count += 1;
      repeat.fields = fields;
    },
    close() {
      for (const repeat of repeats.values()) {
        repeat.timer.cancel();
        if (repeat.count > 0) report(repeat);
      }
      repeats.clear();
    },
  };
}
