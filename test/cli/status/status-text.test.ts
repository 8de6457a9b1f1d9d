import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { ForwarderReport } from '../../../src/central/forwarder.ts';
import { formatStatus } from '../../../src/cli/status/status-text.ts';
import type { StatusFacts } from '../../../src/daemon/status/build-status.ts';
import { healthExample, lineExample, nowMs, statusExample } from '../../daemon/status/status-example.ts';

const away = lineExample('line2', {
  state: 'recovering',
  reason: 'line.lost',
  unreadyAt: nowMs - 725_000,
  operator: null,
  signal: null,
  registration: null,
  storage: null,
  waiting: 3,
  resets: { radio: 2, restart: 0, hook: 1 },
  recovery: { trouble: 'silent', step: 'radio', nextStep: 'restart', nextAt: nowMs + 60_000 },
});

describe('what status says to a person', () => {
  it('status shows only facts if all is well', () => {
    expect(formatStatus(statusExample(), 'en', 80)).toEqual([
      'visitlog 0.1.0: well                                 2026-11-23 14:05:09, up 3 d',
      '',
      'line1     receiving, SKTelecom, 4 of 5 bars (-77 dBm), 031-324-2900',
      'texts     312 today, 60 in the last hour, last 12 s ago',
      'memory    ME 3 of 255',
      '',
      'register  12,345 visits, 12 unresolved, 1 undecodable, 34 notices, oldest',
      '          2026-10-26 14:00',
      'backlog   0 texts on modems, 2 parts wait',
      'sweep     last 14:00:00, next 15:00:00',
      'keyring   512 of 720 hours have a key',
      'audit     48 rows, intact, anchored up to row 48, verified 1 h ago',
      'clock     correct',
      'disk      12.3 GB free of 40.0 GB',
    ]);
  });

  it('status says what is wrong, what the gateway tries next, and what to do', () => {
    const lines = formatStatus(statusExample({ lines: [lineExample(), away] }), 'en', 80);
    expect(lines[0]).toContain('DEGRADED');
    expect(lines).toContain('line2     recovering, line.lost, for 12 min, 031-324-2900');
    expect(lines).toContain('memory    3 not accepted yet');
    expect(lines).toContain('resets    radio off and on × 2, reset_command × 1');
    expect(lines).toContain('next      restart of the modem at 14:06:09');
    expect(lines.slice(-3)).toEqual([
      '! line2: receives nothing [line.lost]',
      '    → Look at the modem: is it plugged in, has it power, its SIM and a network?',
      '    Or at the link to the carrier. Run: visitlog doctor',
    ]);
  });

  it('status says for a week that its register is a new one', () => {
    const row = (begunMs: number | null) =>
      formatStatus(statusExample({ health: { ...healthExample, begunMs } }), 'en', 120).find((line) =>
        line.startsWith('register'),
      );
    expect(row(nowMs - 60_000)).toMatch(/, NEW: begun 2026-11-23 14:0\d$/);
    expect(row(nowMs - 6 * 86_400_000)).toContain('NEW');
    expect(row(nowMs - 8 * 86_400_000)).not.toContain('NEW');
    expect(row(null)).not.toContain('NEW');
  });

  it.each([
    ['port.EBUSY', 'Stop the program that has the port'],
    ['port.EACCES', 'Give the gateway the right to the device'],
    ['port.EAFNOSUPPORT', 'in a drop-in of visitlog.service'],
  ])('status says at once what to do about %s, which does not end by waiting', (reason, remedy) => {
    for (const sinceMs of [5_000, 600_000]) {
      const line = lineExample('line2', { state: 'absent', reason, unreadyAt: nowMs - sinceMs });
      const said = formatStatus(statusExample({ lines: [lineExample(), line] }), 'en', 200).join('\n');
      expect(said).toContain(`[${reason}]`);
      expect(said).toContain(remedy);
      expect(said).not.toContain('just');
    }
  });

  it('status says the same in Korean', () => {
    const lines = formatStatus(statusExample({ lines: [away] }), 'ko', 80);
    expect(lines[0]).toContain('중단');
    expect(lines).toContain('line2        복구 중, line.lost, 12분 동안, 031-324-2900');
    expect(lines.join('\n')).toContain('! line2: 문자를 받지 못합니다 [line.lost]');
  });

  it.each([
    ['en', 80],
    ['ko', 80],
    ['en', 40],
    ['ko', 40],
  ] as const)('status keeps to the width: %s in %i columns', (language, columns) => {
    const health = { ...healthExample, visits: 123_456_789, keylessHours: 3 };
    const status = statusExample({
      lines: [lineExample(), away],
      health,
      disk: { free_bytes: 1, total_bytes: 9e13, state: 'roomy' },
    });
    const wide = formatStatus(status, language, columns).filter((line) => stringWidth(line) > columns);
    // The head is told in one line, whatever the width.
    expect(wide.slice(columns === 80 ? 0 : 1)).toEqual([]);
  });

  it('status has a row for what goes to a central register, on a site alone', () => {
    const rowOf = (central: StatusFacts['central'], language: 'en' | 'ko') =>
      formatStatus(statusExample({ central }), language, 80)
        .join('\n')
        .replace(/\n +/g, ' ')
        .split('\n')
        .find((line) => /^(?:central|중앙 기록부)/.test(line));
    expect(rowOf(null, 'en')).toBeUndefined();
    const forwarder: ForwarderReport = {
      ...{ code: 'central.unreachable', host: null, replicated: null, state: 'failing' as const },
      ...{ forwarded: 12, lastAtMs: null, provenMs: 0, withoutKeys: [] },
    };
    const waiting = { rows: 1_234, oldestHour: 0 };
    const places = { list: null, copied: 0, here: 2, code: 'central.unreachable' };
    expect(rowOf({ forwarder, waiting, stuckMs: 125_000, places }, 'en')).toMatch(
      /^central +NOT REACHED, \[central\.unreachable\], for 2 min, 1,234 rows to go, oldest 1970-01-01 09:00, 12 gone since the start, NO PLACES yet, 2 places ON THIS SITE ALONE$/,
    );
    const well: ForwarderReport = {
      ...forwarder,
      ...{ code: null, host: 'db1:5432', replicated: true, state: 'idle' as const },
    };
    const list = { version: 'one', takenAtMs: nowMs - 7_200_000, checkedAtMs: nowMs - 180_000 };
    const idle = {
      ...{ forwarder: well, waiting: { rows: 0, oldestHour: null }, stuckMs: 0 },
      places: { list, copied: 1_234, here: 0, code: null },
    };
    expect(rowOf(idle, 'ko')).toMatch(
      /^중앙 기록부 +모두 보냄, db1:5432, 두 디스크에 보관, 남은 것 없음, 시작한 뒤 12건 보냄, 장소 1,234개\(3분 전 기준\)$/,
    );
  });

  it('status shows the code of a reason that it has no words for', () => {
    const status = {
      ...statusExample(),
      reasons: [{ code: 'odd.new', severity: 'degraded', line: null, detail: null }],
    };
    expect(formatStatus(status as never, 'en', 80).at(-1)).toBe('! odd.new');
  });
});
