import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { serveSmsc } from '../../src/simulator/smsc/serve-smsc.ts';
import { createSmsc } from '../../src/simulator/smsc/smsc.ts';
import { createVisitors } from '../../src/simulator/visitors.ts';
import { killCarrier } from '../support/kill-carrier.ts';
import { mainFile, startCommand } from '../support/program.ts';
import { expectedOf } from '../support/recorded.ts';
import { tracesOf } from '../support/traces.ts';
import { until } from '../support/until.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

const hasStrace = spawnSync('strace', ['-V']).status === 0;

let workspace: Workspace;

beforeEach(() => {
  workspace = makeWorkspace();
});

afterEach(() => workspace.remove());

describe('a carrier’s link and a gateway that dies', () => {
  it('L3, L7: kill -9 at random instants loses no text, doubles none, and leaves nothing readable', async () => {
    const { sent, recorded, log, givenUp } = await killCarrier({
      workspace,
      kills: 10,
      textsEach: 100,
      mainFile,
    });
    expect(givenUp).toEqual([]);
    expect(recorded).toEqual(expectedOf(sent));
    expect(tracesOf(sent, [...workspace.files(), { path: 'the log', bytes: Buffer.from(log) }])).toEqual([]);
  });

  it.runIf(hasStrace)('each answer is written after the transaction of its text was synced', async () => {
    const smsc = createSmsc({ clock: systemClock });
    const server = await serveSmsc(smsc, { host: '127.0.0.1', port: 0 });
    workspace.configure(`smpp://127.0.0.1:${server.port}`, 'system_id = "visitlog"');
    const visitors = createVisitors({ seed: 7, whole: true });
    let pdus = 0;
    const text = (count: number) => {
      for (let i = 0; i < count; i += 1) {
        const { parts } = visitors.next(systemClock.wallMs());
        pdus += parts.length;
        smsc.send(parts);
      }
    };
    const taken = () => until(() => smsc.left() === 0);
    const trace = join(workspace.folder, 'trace');
    const gateway = startCommand('strace', [
      ...['-D', '-f', '-y', '-x', '-s', '65536', '-o', trace],
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
    smsc.dispose();
    await server.close();
    let [read, synced, answered, writes] = [0, 0, 0, 0];
    for (const call of readFileSync(trace, 'utf8').split('\n')) {
      if (/f(?:data)?sync\(.*register\.sqlite-wal/.test(call)) synced = read;
      else if (/\bread\(/.test(call)) read += timesIn(call, deliver);
      else if (/\bwritev?\(/.test(call) && call.includes(answer)) {
        writes += 1;
        answered += timesIn(call, answer);
        // Answers go out in the order of the texts: as many as had been read before the last sync, at most.
        expect(answered).toBeLessThanOrEqual(synced);
      }
    }
    expect(answered).toBe(pdus);
    expect(writes).toBeGreaterThan(2);
  });
});

/** The octets of deliver_sm and deliver_sm_resp, as strace prints them. */
const deliver = String.raw`\x00\x00\x00\x05\x00\x00\x00\x00`;
const answer = String.raw`\x00\x00\x00\x11\x80\x00\x00\x05\x00\x00\x00\x00`;

const timesIn = (call: string, octets: string) => call.split(octets).length - 1;
