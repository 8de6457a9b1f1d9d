import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createModem, type SimulatedModem } from '../../src/simulator/modem.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { serveTcp, type TcpServer } from '../../src/simulator/tcp.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import { emptied } from '../support/emptied.ts';
import { start } from '../support/program.ts';
import { expectedOf, recordedIn } from '../support/recorded.ts';
import { tracesOf } from '../support/traces.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

const kills = 50;
const seed = 20_261_123;
/** Enough that the modem is never empty while the gateway is killed. */
const textsEachRun = 40;

describe('kill -9 while texts flow', () => {
  let workspace: Workspace;
  let modem: SimulatedModem;
  let server: TcpServer;
  let log = '';

  beforeEach(async () => {
    workspace = makeWorkspace();
    modem = createModem({ family: 'ec25', clock: systemClock, retryMs: 20, latencyMs: 1 });
    server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
    workspace.configure(`tcp://127.0.0.1:${server.port}`);
  });

  afterEach(async () => {
    await server.close();
    modem.dispose();
    workspace.remove();
  });

  it(`at ${kills} random instants loses no text, doubles none, and leaves nothing readable`, async () => {
    const random = createRandom(seed);
    const visitors = createVisitors({ seed });
    const sent: VisitorText[] = [];
    const firstMs = systemClock.wallMs() - kills * textsEachRun * 1_000;
    for (let kill = 0; kill < kills; kill += 1) {
      for (let i = 0; i < textsEachRun; i += 1) {
        const text = visitors.next(firstMs + sent.length * 1_000);
        sent.push(text);
        modem.network.sendParts(text.parts);
      }
      await runAndKill(random.int(100));
    }
    await runToTheEnd();
    expect(modem.network.journal.counts().lost).toBe(0);
    expect(recordedIn(workspace)).toEqual(expectedOf(sent));
    // Some of the instants lay between a commit and its deletions: those texts were offered twice.
    expect(log).toContain('"event":"text.known"');
    const logged = { path: 'the log', bytes: Buffer.from(log) };
    expect(tracesOf(sent, [...workspace.files(), logged])).toEqual([]);
  }, 120_000);

  async function runAndKill(afterMs: number): Promise<void> {
    const gateway = start(['--config', workspace.configFile, 'run']);
    await gateway.line((line) => line.includes('"event":"text.'));
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await gateway.kill();
    log += gateway.stdout() + gateway.stderr();
  }

  async function runToTheEnd(): Promise<void> {
    const gateway = start(['--config', workspace.configFile, 'run']);
    await emptied(modem);
    await gateway.kill('SIGTERM');
    log += gateway.stdout() + gateway.stderr();
    expect(gateway.child.exitCode).toBe(0);
  }
});
