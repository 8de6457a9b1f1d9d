import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import library from 'unix-dgram';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSystemLog } from '../../../src/daemon/log/system-log.ts';
import { until } from '../../support/until.ts';

function listening(): { readonly path: string; readonly lines: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-syslog-'));
  const path = join(folder, 'log');
  const lines: string[] = [];
  const socket = library.createSocket('unix_dgram', (octets) => void lines.push(octets.toString('utf8')));
  socket.bind(path);
  onTestFinished(() => {
    socket.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { path, lines };
}

async function opened(path: string) {
  const log = await openSystemLog(path);
  if (log === null) throw new Error('no log');
  onTestFinished(() => log.close());
  return log;
}

const anchor = `57:${'zyxw'.repeat(16)}`;
const fields = { anchor, act: 56, command: 'export', person: '010-5550-0123' };

describe('the log of the machine', () => {
  it('an event arrives as a syslog message of the program, without a number', async () => {
    const { path, lines } = listening();
    const log = await opened(path);
    const atMs = new Date(2026, 10, 3, 4, 5, 6).getTime();
    expect(log.send(atMs, 'audit.anchored', fields)).toBeNull();
    await until(() => lines.length === 1);
    const [, head, json = ''] = /^(<85>Nov {2}3 04:05:06 visitlog\[\d+\]: )(.*)$/.exec(lines[0] ?? '') ?? [];
    expect(head).toBeDefined();
    expect(JSON.parse(json)).toMatchObject({
      event: 'audit.anchored',
      anchor,
      act: 56,
      person: '010-****-**23',
    });
  });

  it('a machine without such a log, or whose log takes nothing, is told by the error of the system', async () => {
    const missing = await opened('/nowhere/at/all');
    expect(missing.send(0, 'audit.anchored', fields)).toBe('ENOENT');
    const { path } = listening();
    const stalled = await opened(path);
    let failure: string | null = null;
    // The receiver reads between turns of the loop only.
    for (let sent = 0; failure === null && sent < 10_000; sent += 1)
      failure = stalled.send(0, 'audit.anchored', fields);
    expect(failure).toBe('EAGAIN');
  });
});
