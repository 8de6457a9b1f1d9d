import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { systemClock } from '../../src/base/clock.ts';
import { readPeer } from '../../src/door/peer.ts';
import { openRegister } from '../../src/store/register.ts';
import { optionsOf } from './options.ts';
import { visitlogMain } from './peers/receivers.ts';

/*
 * npm run bench -- door [--rows 1000000] [--runs 3]
 *
 * An export with and without the officers' door, each command a process of its own, measured from its start. Behind the
 * door each connection gets a process, as systemd does it; what systemd itself needs for that is not in the figures.
 * Runs alternate and the best of each counts. Ends with 1 if a limit is not kept.
 */
const limits = { share: 0.9, laterMs: 150 };

const values = optionsOf({
  rows: { type: 'string', default: '1000000' },
  runs: { type: 'string', default: '3' },
});
const rows = Number(values.rows);
const say = (text: string) => void process.stdout.write(`${text}\n`);

const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-door-'));
const dataDir = join(folder, 'data');
const config = join(folder, 'visitlog.toml');
const socket = join(folder, 'door.sock');
const out = join(folder, 'out');
mkdirSync(out);
const uid = process.geteuid?.() ?? 0;
const { groups } = await readPeer({ pid: process.pid, uid });
writeFileSync(
  config,
  `data_dir = ${JSON.stringify(dataDir)}\ndisk.reserve = "0"\n[roles]\nreveal = ${JSON.stringify(groups)}\n`,
);
fill();

const door = createServer({ pauseOnConnect: true }, (connection) => {
  const args = [visitlogMain, '--config', config, 'door', '--instance', `1-${process.pid}-${uid}`];
  spawn(process.execPath, args, { stdio: [connection, 'ignore', 'inherit'] });
  connection.destroy();
});
door.listen(socket);
await once(door, 'listening');

interface Run {
  readonly ms: number;
  readonly firstByteMs: number;
  readonly bytes: number;
}

const window = ['export', '--from', '-1d', '--to', '-0h', '--reveal', '--reason', 'measurement'];
say(`${rows.toLocaleString('en')} rows; ${process.version}; load ${loadavg()[0]?.toFixed(1)}`);
let broken = false;
for (const output of ['-', 'file'] as const) {
  const best = { direct: null as Run | null, door: null as Run | null };
  for (let run = 0; run < Number(values.runs); run += 1)
    for (const way of ['direct', 'door'] as const) {
      const took = await time(way, output === '-' ? '-' : join(out, `${way}-${run}.csv`));
      const known = best[way];
      best[way] =
        known === null
          ? took
          : {
              ...took,
              ms: Math.min(known.ms, took.ms),
              firstByteMs: Math.min(known.firstByteMs, took.firstByteMs),
            };
    }
  const { direct, door: behind } = best;
  if (direct === null || behind === null) throw new Error('no run');
  const share = direct.ms / behind.ms;
  const laterMs = behind.firstByteMs - direct.firstByteMs;
  const first =
    output === '-'
      ? `; first byte ${direct.firstByteMs.toFixed(0)} and ${behind.firstByteMs.toFixed(0)} ms`
      : '';
  say(
    `${output === '-' ? 'a pipe' : 'a file'}: direct ${direct.ms.toFixed(0)} ms, door ${behind.ms.toFixed(0)} ms, share ${share.toFixed(2)} (limit ${limits.share})${first}`,
  );
  broken ||=
    share < limits.share || (output === '-' && laterMs > limits.laterMs) || direct.bytes !== behind.bytes;
}
door.close();
rmSync(folder, { recursive: true, force: true });
say(broken ? 'BEYOND A LIMIT' : 'within every limit');
process.exitCode = broken ? 1 : 0;

async function time(way: 'direct' | 'door', output: string): Promise<Run> {
  const beganMs = performance.now();
  const args = way === 'direct' ? ['--config', config, ...window] : window;
  const child = spawn(process.execPath, [visitlogMain, ...args, '--output', output], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(way === 'door' ? { VISITLOG_DOOR: socket } : {}) },
  });
  let bytes = 0;
  let firstByteMs = 0;
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (bytes === 0) firstByteMs = performance.now() - beganMs;
    bytes += chunk.length;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`${way} ended with ${code}: ${said}`);
  return { ms: performance.now() - beganMs, firstByteMs, bytes };
}

function fill(): void {
  const register = openRegister({
    dataDir,
    keyFile: join(dataDir, 'keyring'),
    retentionMs: 28 * dayMs,
    algorithm: 'aes-256-gcm',
    clock: systemClock,
  });
  const firstMs = Date.now() - 20 * hourMs;
  const stepMs = (19 * hourMs) / rows;
  const source = 'network' as const;
  for (let done = 0; done < rows; done += 10_000)
    register.transact((unit) => {
      for (let index = done; index < Math.min(rows, done + 10_000); index += 1) {
        const atMs = Math.floor(firstMs + index * stepMs);
        const visitor = `010${String(20_000_000 + ((index * 7_919) % 50_000_000)).padStart(8, '0')}`;
        const venue = `0313${String(100_000 + (index % 6_000))}`;
        const row = { visitor, venue, atMs, source, receivedAtMs: atMs, line: 'line1' };
        unit.addVisit({ ...row, webSent: false, callback: false });
      }
    });
  register.close();
}
