import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createModem } from '../../src/simulator/modem.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { serveTcp } from '../../src/simulator/tcp.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import { emptied } from '../support/emptied.ts';
import { start } from '../support/program.ts';
import { expectedOf, type RegisterContent, recordedIn } from '../support/recorded.ts';
import { tracesOf } from '../support/traces.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

/** Five registers side by side, each killed ten times: a start is mostly waiting for the modem to be quiet. */
const seeds = [1, 2, 3, 4, 5];
const killsEach = 10;
/** Enough that the modem is never empty while the gateway is killed. */
const textsEachRun = 40;
const latestKillMs = 100;

describe('kill -9 at fifty random instants while texts flow', () => {
  it.concurrent.each(seeds)(
    'C20, G3: kill -9 loses no text, doubles none, and leaves nothing readable (seed %i)',
    async (seed) => {
      const { lost, recorded, expected, log, traces } = await play(seed);
      expect(lost).toBe(0);
      expect(recorded).toEqual(expected);
      // Some of the instants lay between a commit and its deletions: those texts were offered twice.
      expect(log).toContain('"event":"text.known"');
      expect(traces).toEqual([]);
    },
  );
});

interface Played {
  readonly lost: number;
  readonly recorded: RegisterContent;
  readonly expected: RegisterContent;
  readonly log: string;
  readonly traces: readonly string[];
}

async function play(seed: number): Promise<Played> {
  const workspace = makeWorkspace();
  const modem = createModem({ family: 'ec25', clock: systemClock, retryMs: 20, latencyMs: 1 });
  const server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
  workspace.configure(`tcp://127.0.0.1:${server.port}`);
  const random = createRandom(seed);
  const visitors = createVisitors({ seed });
  const sent: VisitorText[] = [];
  const firstMs = systemClock.wallMs() - killsEach * textsEachRun * 1_000;
  let log = '';
  try {
    for (let kill = 0; kill < killsEach; kill += 1) {
      for (let i = 0; i < textsEachRun; i += 1) {
        const text = visitors.next(firstMs + sent.length * 1_000);
        sent.push(text);
        modem.network.sendParts(text.parts);
      }
      log += await runAndKill(workspace, random.int(latestKillMs));
    }
    log += await runUntil(workspace, () => emptied(modem));
    return {
      lost: modem.network.journal.counts().lost,
      recorded: await recordedIn(workspace),
      expected: expectedOf(sent),
      log,
      traces: tracesOf(sent, [...workspace.files(), { path: 'the log', bytes: Buffer.from(log) }]),
    };
  } finally {
    await server.close();
    modem.dispose();
    workspace.remove();
  }
}

/** Kills the gateway so long after it has taken its first texts; what it printed. */
async function runAndKill(workspace: Workspace, afterMs: number): Promise<string> {
  const gateway = start(['--config', workspace.configFile, 'run']);
  await gateway.line((line) => line.includes('"event":"text.'));
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  await gateway.kill();
  return gateway.stdout() + gateway.stderr();
}

async function runUntil(workspace: Workspace, done: () => Promise<void>): Promise<string> {
  const gateway = start(['--config', workspace.configFile, 'run']);
  await done();
  await gateway.kill('SIGTERM');
  return gateway.stdout() + gateway.stderr();
}
