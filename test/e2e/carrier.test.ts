import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { type SmscServer, serveSmsc } from '../../src/simulator/smsc/serve-smsc.ts';
import { createSmsc, type Smsc } from '../../src/simulator/smsc/smsc.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import { isUnsigned } from '../support/carrier-bench.ts';
import { mainFile, type Running, start, startCommand } from '../support/program.ts';
import { expectedOf, recordedIn } from '../support/recorded.ts';
import { tracesOf } from '../support/traces.ts';
import { until } from '../support/until.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

const hasStrace = spawnSync('strace', ['-V']).status === 0;
const kills = Number(process.env.VISITLOG_KILLS ?? 10);
const latestKillMs = 60;

let workspace: Workspace;
let smsc: Smsc;
let server: SmscServer;
let sent: VisitorText[];

beforeEach(async () => {
  workspace = makeWorkspace();
  smsc = createSmsc({ clock: systemClock, retryMs: 20 });
  server = await serveSmsc(smsc, { host: '127.0.0.1', port: 0 });
  workspace.configure(`smpp://127.0.0.1:${server.port}`, 'system_id = "visitlog"');
  sent = [];
});

afterEach(async () => {
  smsc.dispose();
  await server.close();
  workspace.remove();
});

const visitors = createVisitors({ seed: 7, whole: true });

function text(count: number): void {
  while (count > 0) {
    const next = visitors.next(systemClock.wallMs());
    if (isUnsigned(next) || !smsc.send(next.parts)) continue;
    sent.push(next);
    count -= 1;
  }
}

const run = () => start(['--config', workspace.configFile, 'run']);
const taken = () => until(() => smsc.left() === 0);

describe('a carrier’s link and a gateway that dies', () => {
  it('L3, L7: kill -9 at random instants loses no text, doubles none, and leaves nothing readable', async () => {
    const random = createRandom(5);
    let log = '';
    const end = async (gateway: Running, signal?: NodeJS.Signals) => {
      await gateway.kill(signal);
      log += gateway.stdout() + gateway.stderr();
    };
    for (let kill = 0; kill < kills; kill += 1) {
      text(100);
      const gateway = run();
      await gateway.line((line) => line.includes('"event":"text.'));
      await new Promise((resolve) => setTimeout(resolve, random.int(latestKillMs)));
      await end(gateway);
    }
    const last = run();
    await taken();
    await end(last, 'SIGTERM');
    expect(smsc.givenUp).toEqual([]);
    expect(await recordedIn(workspace)).toEqual(expectedOf(sent));
    expect(tracesOf(sent, [...workspace.files(), { path: 'the log', bytes: Buffer.from(log) }])).toEqual([]);
  });

  it.runIf(hasStrace)('each answer is written after the transaction of its text was synced', async () => {
    const trace = join(workspace.folder, 'trace');
    const gateway = startCommand('strace', [
      ...['-D', '-f', '-y', '-x', '-s', '4096', '-o', trace],
      ...['-e', 'trace=fdatasync,fsync,read,write,writev'],
      ...[process.execPath, mainFile, '--config', workspace.configFile, 'run'],
    ]);
    text(40);
    await taken();
    text(40);
    await taken();
    await gateway.kill('SIGTERM');
    const ended = new RegExp(`^${gateway.child.pid} +\\+\\+\\+ (?:exited|killed)`, 'm');
    await until(() => ended.test(readFileSync(trace, 'utf8')));
    const calls = readFileSync(trace, 'utf8').split('\n').map(kindOf).filter(Boolean);
    const order = calls.join(' ');
    expect(calls.filter((kind) => kind === 'answer').length).toBeGreaterThan(2);
    // From the moment a text is read, no answer is written before the log of the database was synced.
    for (const after of order.split('text').slice(1)) {
      const at = after.indexOf('answer');
      if (at >= 0) expect(after.slice(0, at)).toContain('wal-sync');
    }
  });
});

/** The octets of deliver_sm and deliver_sm_resp, as strace prints them. */
const deliver = String.raw`\x00\x00\x00\x05\x00\x00\x00\x00`;
const answer = String.raw`\x00\x00\x00\x11\x80\x00\x00\x05\x00\x00\x00\x00`;

function kindOf(call: string): string | null {
  if (/f(?:data)?sync\(.*register\.sqlite-wal/.test(call)) return 'wal-sync';
  if (/\bwritev?\(/.test(call) && call.includes(answer)) return 'answer';
  return /\bread\(/.test(call) && call.includes(deliver) ? 'text' : null;
}
