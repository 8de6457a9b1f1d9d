import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { followWire } from '../../../src/daemon/wire/follow-wire.ts';
import { serveWire } from '../../../src/daemon/wire/serve-wire.ts';
import type { WireMessage } from '../../../src/daemon/wire/wire-message.ts';
import type { Transport } from '../../../src/modem/port/transport.ts';
import { WireTap } from '../../../src/modem/port/wire-tap.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { printedLog } from '../../support/printed-log.ts';
import { until } from '../../support/until.ts';
import { scratchParent } from '../../support/workspace.ts';

const run = promisify(execFile);

const nowhere: Transport = {
  write: async () => {},
  onBytes: () => {},
  onClose: () => {},
  close: async () => {},
};

async function bench() {
  const folder = mkdtempSync(join(scratchParent, 'visitlog-wire-'));
  const statusSocket = join(folder, 'visitlog.sock');
  const clock = new FakeClock(Date.UTC(2026, 10, 23));
  const tap = new WireTap();
  const restarted: string[] = [];
  const lines = {
    tapOf: (name: string) => (name === 'line 1' ? tap : undefined),
    restart: async (name: string) => void restarted.push(name),
  };
  const service = serveWire(lines, { status: { socket: statusSocket } }, clock, printedLog(clock));
  const socket = `${statusSocket}.wire`;
  await until(() => statSync(socket, { throwIfNoEntry: false }) !== undefined);
  onTestFinished(async () => {
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const told: WireMessage[] = [];
  const stop = new AbortController();
  const follow = (line: string, restart = false) =>
    followWire({
      statusSocket,
      line,
      restart,
      signal: stop.signal,
      tell: async (message) => void told.push(message),
    });
  return { clock, tap, restarted, service, socket, told, stop, follow };
}

describe('the socket of the wire', () => {
  it('the socket of the wire is for root and its owner alone', async () => {
    const { socket } = await bench();
    expect(statSync(socket).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'the socket of the wire refuses every other account (needs root)',
    async () => {
      const { socket } = await bench();
      chmodSync(dirname(socket), 0o755);
      // Another account, in the socket's own folder: no other folder's mode can refuse it.
      const code = `process.setgroups([]); process.setgid(65534); process.setuid(65534);
        const socket = require('node:net').connect(${JSON.stringify(basename(socket))});
        const end = (word) => { process.stdout.write(word); socket.destroy(); };
        socket.on('error', (error) => end(error.code)).on('connect', () => end('connected'));`;
      const cwd = dirname(socket);
      const asked = async () => (await run(process.execPath, ['-e', code], { cwd })).stdout;
      expect(await asked()).toBe('EACCES');
      // It was the socket's mode that refused.
      chmodSync(socket, 0o666);
      expect(await asked()).toBe('connected');
    },
  );

  it('the socket of the wire tells what passes, with times, and restarts a line that is listened to', async () => {
    const { clock, tap, restarted, told, stop, follow } = await bench();
    const following = follow('line 1', true);
    await until(() => restarted.length === 1);
    await clock.advance(5);
    await tap.on(nowhere).write(Buffer.from('AT\xe9\r', 'latin1'));
    await until(() => told.length === 2);
    const atMs = Date.UTC(2026, 10, 23) + 5;
    expect(told).toEqual([
      { atMs, source: 'opened', octets: '' },
      { atMs, source: 'host', octets: 'AT\xe9\r' },
    ]);
    stop.abort();
    await following;
  });

  it('the socket of the wire knows no other line, and no line without a gateway', async () => {
    const { service, follow } = await bench();
    await expect(follow('line2')).rejects.toMatchObject({ code: 'wire.no-line' });
    await service.close();
    await expect(follow('line 1')).rejects.toMatchObject({ code: 'gateway.absent' });
  });

  it('a trace ends after ten minutes, and when the gateway stops', async () => {
    const { clock, service, restarted, follow } = await bench();
    const first = follow('line 1', true);
    await until(() => restarted.length === 1);
    await clock.advance(600_000);
    await first;
    const second = follow('line 1', true);
    await until(() => restarted.length === 2);
    await service.close();
    await second;
  });

  it('a reader who is too slow loses lines and is told how many, and the line waits for nobody', async () => {
    const { tap, restarted, socket } = await bench();
    const reader = connect(socket);
    onTestFinished(() => void reader.destroy());
    reader.write('GET /line%201?restart HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => restarted.length === 1);
    const wire = tap.on(nowhere);
    const lines = 40_000;
    // In one turn of the event loop: nothing can be read meanwhile.
    for (let n = 0; n < lines; n += 1)
      void wire.write(Buffer.from(`AT+CMGR=${String(n).padStart(40, '0')}\r`));
    let text = '';
    reader.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    const messages = () => [...text.matchAll(/^\{.*\}$/gm)].map(([line]) => JSON.parse(line) as WireMessage);
    const lost = () => messages().flatMap((message) => ('lostLines' in message ? message.lostLines : []));
    await until(() => lost().length > 0);
    const shown = messages().filter((message) => 'source' in message && message.source === 'host').length;
    const [lostLines = 0] = lost();
    expect(lostLines).toBeGreaterThan(0);
    expect(shown + lostLines).toBe(lines);
  });
});
