import { beforeEach, describe, expect, it } from 'vitest';
import { type FoldingLog, foldRepeats, type LogFields, type LogOutput } from '../../../src/daemon/log/log.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('a log with a repeated warning', () => {
  let clock: FakeClock;
  let lines: string[];
  /** Any entry, whatever its event needs. */
  let log: LogOutput & Pick<FoldingLog, 'close'>;

  beforeEach(() => {
    clock = new FakeClock();
    lines = [];
    const write = (level: string, event: string, fields: LogFields = {}) =>
      void lines.push(`${level} ${event} ${fields.line ?? '-'} ${fields.repeated ?? 'first'}`);
    log = foldRepeats({ write }, clock);
  });

  it('G14: the log writes a repeated warning at once, then its count after a minute, ten minutes and an hour', async () => {
    for (let second = 0; second < 3 * 3_600; second += 15) {
      log.write('error', 'line.absent', { line: 'line1', code: 'ENOENT' });
      await clock.advance(15_000);
    }
    expect(lines).toEqual([
      'error line.absent line1 first',
      'error line.absent line1 3',
      'error line.absent line1 40',
      'error line.absent line1 240',
      'error line.absent line1 240',
    ]);
  });

  it('the log counts warnings of two lines, and of two codes, separately', () => {
    log.write('warn', 'line.recovering', { line: 'line1' });
    log.write('warn', 'line.recovering', { line: 'line2' });
    log.write('warn', 'line.recovering', { line: 'line1', code: 'EIO' });
    expect(lines).toHaveLength(3);
  });

  it('the log writes a warning again at once if it returns after a quiet time', async () => {
    log.write('warn', 'line.recovering', { line: 'line1' });
    await clock.advance(61_000);
    log.write('warn', 'line.recovering', { line: 'line1' });
    expect(lines).toEqual(['warn line.recovering line1 first', 'warn line.recovering line1 first']);
  });

  it('the log never holds back events of the levels info and debug', () => {
    for (let i = 0; i < 5; i += 1) log.write('info', 'text.accepted', { line: 'line1' });
    expect(lines).toHaveLength(5);
  });

  it('the log writes the remaining counts when it closes, and leaves no timer', () => {
    log.write('error', 'register.refused', {});
    log.write('error', 'register.refused', {});
    log.close();
    expect(lines).toEqual(['error register.refused - first', 'error register.refused - 1']);
    expect(clock.timers).toBe(0);
  });
});
