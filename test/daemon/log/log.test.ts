import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog, type LogOptions, type LogOutput, type StyledLog } from '../../../src/daemon/log/log.ts';
import { logEvents } from '../../../src/words/events/log-events.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function written(
  options: Partial<Pick<LogOptions, 'format' | 'level' | 'journal'>>,
  act: (log: LogOutput & Pick<StyledLog, 'restyle'>) => void,
): string[] {
  const stream = new PassThrough();
  act(createLog({ level: 'info', format: 'json', clock: new FakeClock(), ...options, stream }));
  const text = (stream.read() as Buffer | null)?.toString() ?? '';
  return text.split('\n').filter((line) => line !== '');
}

const absent = (log: LogOutput) => log.write('warn', 'line.absent', { line: 'line1', reason: 'port.ENOENT' });

describe('the log', () => {
  it('the log writes one JSON object on each line in the form json', () => {
    expect(written({}, absent)).toEqual([
      '{"time":"2026-11-23T05:00:00.000Z","level":"warn","event":"line.absent","line":"line1","reason":"port.ENOENT"}',
    ]);
  });

  it('the log writes readable lines in the form text, with quotes around values that contain blanks', () => {
    expect(
      written({ format: 'text' }, (log) =>
        log.write('info', 'config.reloaded', { keys: 'a, b', lines_added: 'c' }),
      ),
    ).toEqual(['2026-11-23T05:00:00.000Z info  config.reloaded keys="a, b" lines_added=c']);
  });

  it.each([
    ['error', '<3>'],
    ['warn', '<4>'],
    ['info', '<6>'],
    ['debug', '<7>'],
  ] as const)('the log begins a line of the level %s for the journal with %s', (level, priority) => {
    const [line = ''] = written({ level: 'debug', journal: true }, (log) =>
      log.write(level, 'gateway.stopped'),
    );
    expect(line.slice(0, 4)).toBe(`${priority}{`);
  });

  it('the log writes nothing below its level, and changes level and format while it runs', () => {
    const lines = written({ level: 'error' }, (log) => {
      absent(log);
      log.restyle({ level: 'warn', format: 'text' });
      absent(log);
      log.restyle({ level: 'error', format: 'json' });
      absent(log);
    });
    expect(lines).toEqual(['2026-11-23T05:00:00.000Z warn  line.absent line=line1 reason=port.ENOENT']);
  });

  it('the log masks whatever could be a personal number in a field', () => {
    expect(
      written({}, (log) => log.write('error', 'register.refused', { message: 'of 010-5550-0123' })).join(''),
    ).toContain('010-****-**23');
  });
});

describe('the vocabulary of the log', () => {
  const events = Object.entries(logEvents);

  it.each(events)('the event %s is explained in both languages', (name, { levels, en, ko }) => {
    expect(name).toMatch(/^[a-z]+(?:\.[a-z-]+)$/);
    expect(levels.length).toBeGreaterThan(0);
    expect(en).toMatch(/^\S.*[.]$/s);
    expect(ko).toMatch(/[가-힣].*[다오]\.$/s);
  });

  it.each(events)('the event %s has no field that hides one that every line has', (_, { fields }) => {
    expect(
      Object.keys(fields).filter((name) => ['time', 'level', 'event', 'line', 'repeated'].includes(name)),
    ).toEqual([]);
  });
});
