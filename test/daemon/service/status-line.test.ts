import { describe, expect, it } from 'vitest';
import { type Summary, statusLine } from '../../../src/daemon/service/serve-gateway.ts';

const line: Summary['lines'][number] = {
  name: 'line1',
  state: 'ready',
  reason: null,
  operator: 'SKTelecom',
  signal: { bars: 4 },
  texts: { today: 312 },
  waiting: 0,
};

describe('the status line', () => {
  it.each<[string, Partial<typeof line>]>([
    ['line1: SKTelecom, 4 of 5 bars, 312 texts today', {}],
    ['line1: SKTelecom, 1 text today', { signal: null, texts: { today: 1 } }],
    ['line1: no operator yet, 0 texts today', { operator: null, signal: null, texts: { today: 0 } }],
    ['line1: SKTelecom, 4 of 5 bars, 312 texts today, alarm storage.filling', { reason: 'storage.filling' }],
    ['line1: absent (port.ENOENT), looking every 30 s', { state: 'absent', reason: 'port.ENOENT' }],
    [
      'line1: something else than a modem at the port (port.echo), trying again',
      { state: 'wrong-port', reason: 'port.echo' },
    ],
    ['line1: being set up', { state: 'waking' }],
    [
      'line1: waiting for its SIM (sim.absent), asking again',
      { state: 'waiting-for-sim', reason: 'sim.absent' },
    ],
    ['line1: a person is needed (pin.refused)', { state: 'pin-needed', reason: 'pin.refused' }],
    [
      'line1: 3 texts held on the modem (register.disk-full), trying again',
      { state: 'holding', reason: 'register.disk-full', waiting: 3 },
    ],
    ['line1: not answering, being understood anew', { state: 'resyncing' }],
    ['line1: recovering (line.lost)', { state: 'recovering', reason: 'line.lost' }],
    ['line1: stopped', { state: 'stopped' }],
  ])('the status line says %s', (wanted, changes) => {
    expect(statusLine({ reasons: [], lines: [{ ...line, ...changes }] })).toBe(wanted);
  });

  it('the status line names what concerns all lines first, then each line', () => {
    const other: typeof line = { ...line, name: 'line2', state: 'absent', reason: null };
    const reasons = [
      { code: 'disk.low', line: null },
      { code: 'line.not-receiving', line: 'line2' },
    ] as const;
    expect(statusLine({ reasons, lines: [line, other] })).toBe(
      'disk.low; line1: SKTelecom, 4 of 5 bars, 312 texts today; line2: absent, looking every 30 s',
    );
  });
});
