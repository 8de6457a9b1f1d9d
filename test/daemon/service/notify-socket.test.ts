import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogFields, LogOutput } from '../../../src/daemon/log/log.ts';
import { formatNotice, openNotifySocket } from '../../../src/daemon/service/notify-socket.ts';
import { receiveNotices } from '../../support/notify-receiver.ts';

interface Collected extends LogOutput {
  readonly entries: (readonly [string, LogFields])[];
}

function collected(): Collected {
  const entries: (readonly [string, LogFields])[] = [];
  return { entries, write: (_level, event, fields = {}) => void entries.push([event, fields]) };
}

describe('the notify socket', () => {
  it('the notify socket sends systemd each notification in a datagram', async () => {
    const systemd = receiveNotices();
    onTestFinished(systemd.close);
    const log = collected();
    const socket = await openNotifySocket(systemd.path, log);
    socket?.send({ READY: 1, STATUS: 'line1: absent, looking every 30 s' });
    socket?.send({ WATCHDOG: 1 });
    await systemd.notice('WATCHDOG');
    socket?.close();
    socket?.send({ STATUS: 'too late' });
    expect(systemd.notices).toEqual([
      { READY: '1', STATUS: 'line1: absent, looking every 30 s' },
      { WATCHDOG: '1' },
    ]);
    expect(log.entries).toEqual([]);
  });

  it('the notify socket is missing if systemd gave none, and nothing is logged', async () => {
    const log = collected();
    expect([await openNotifySocket(undefined, log), await openNotifySocket('', log)]).toEqual([null, null]);
    expect(log.entries).toEqual([]);
  });

  it('the notify socket is not used if its name is abstract, and that is logged', async () => {
    const log = collected();
    expect(await openNotifySocket('@/org/systemd/notify', log)).toBeNull();
    expect(log.entries).toEqual([['notify.unavailable', { reason: 'abstract-socket' }]]);
  });

  it('the notify socket logs that its other end is gone, and stops nothing', async () => {
    const log = collected();
    const socket = await openNotifySocket(join('/nowhere', 'notify'), log);
    socket?.send({ READY: 1 });
    socket?.close();
    expect(log.entries).toEqual([['notify.failed', { code: 'ENOENT' }]]);
  });

  it('a line break in a status makes no further assignment', () => {
    expect(formatNotice({ STATUS: 'one\nMAINPID=1', READY: 1 })).toBe('STATUS=one MAINPID=1\nREADY=1');
  });
});
