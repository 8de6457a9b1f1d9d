import { systemClock } from '../../src/base/clock.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { centreTextOf } from '../../src/simulator/smsc/centre-text.ts';
import { serveSmsc } from '../../src/simulator/smsc/serve-smsc.ts';
import { createSmsc } from '../../src/simulator/smsc/smsc.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import { isUnsigned } from './carrier-bench.ts';
import { type Running, startCommand } from './program.ts';
import { expectedOf, type RegisterContent, recordedIn } from './recorded.ts';
import { until } from './until.ts';
import type { Workspace } from './workspace.ts';

export interface KillOptions {
  readonly workspace: Workspace;
  readonly kills: number;
  /** Texts that the centre is given before each start. */
  readonly textsEach: number;
  /** The command that is killed. */
  readonly mainFile: string;
  readonly seed?: number;
  /** It is killed no more after this time. */
  readonly limitMs?: number;
}

export interface Killed {
  /** How often it was killed. */
  readonly kills: number;
  readonly sent: readonly VisitorText[];
  readonly recorded: RegisterContent;
  /** Lines of the sender's ledger that the register lacks, and lines that it has too often. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Answers to texts that were no acceptance. */
  readonly givenUp: readonly number[];
  readonly log: string;
}

const latestKillMs = 60;

/**
 * Kills a gateway on a carrier's link with SIGKILL, again and again: in turns while it binds and while it takes texts, at
 * random instants. No two texts have the same octets: of two that have, one may be taken for the other that comes again
 * (docs/SPEC.md).
 */
export async function killCarrier(options: KillOptions): Promise<Killed> {
  const { workspace, kills, textsEach, mainFile, seed = 5, limitMs = Infinity } = options;
  const smsc = createSmsc({ clock: systemClock, retryMs: 20 });
  const server = await serveSmsc(smsc, { host: '127.0.0.1', port: 0 });
  workspace.configure(`smpp://127.0.0.1:${server.port}`, 'system_id = "visitlog"');
  const next = distinctTexts(seed);
  const random = createRandom(seed);
  const sent: VisitorText[] = [];
  const beganMs = performance.now();
  let log = '';
  let killed = 0;
  const run = () => startCommand(process.execPath, [mainFile, '--config', workspace.configFile, 'run']);
  const end = async (gateway: Running, signal?: NodeJS.Signals) => {
    await gateway.kill(signal);
    log += gateway.stdout() + gateway.stderr();
  };
  try {
    for (; killed < kills && performance.now() - beganMs < limitMs; killed += 1) {
      for (let count = 0; count < textsEach; ) {
        const text = next();
        if (!smsc.send(text.parts)) continue;
        sent.push(text);
        count += 1;
      }
      const gateway = run();
      const sign = killed % 4 === 3 ? '"state":"setting-up"' : '"event":"text.';
      await gateway.line((line) => line.includes(sign));
      await new Promise((resolve) => setTimeout(resolve, random.int(latestKillMs)));
      await end(gateway);
    }
    const last = run();
    await until(() => smsc.left() === 0);
    await end(last, 'SIGTERM');
    const recorded = await recordedIn(workspace);
    return {
      kills: killed,
      sent,
      recorded,
      ...compare(expectedOf(sent), recorded),
      givenUp: smsc.givenUp,
      log,
    };
  } finally {
    smsc.dispose();
    await server.close();
  }
}

function distinctTexts(seed: number): () => VisitorText {
  const visitors = createVisitors({ seed, whole: true });
  const seen = new Set<string>();
  return () => {
    for (;;) {
      const text = visitors.next(systemClock.wallMs());
      const octets = text.parts.map((part) => JSON.stringify(centreTextOf(part)));
      if (isUnsigned(text) || octets.some((each) => seen.has(each))) continue;
      for (const each of octets) seen.add(each);
      return text;
    }
  };
}

function compare(expected: RegisterContent, recorded: RegisterContent) {
  const ledger = [...expected.visits, ...expected.texts];
  const kept = [...recorded.visits, ...recorded.texts];
  return { lost: without(ledger, kept), doubled: without(kept, ledger) };
}

/** The lines of one that the other lacks, each as often as it lacks it. */
function without(one: readonly string[], other: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of other) counts.set(line, (counts.get(line) ?? 0) + 1);
  return one.filter((line) => {
    const left = counts.get(line) ?? 0;
    counts.set(line, left - 1);
    return left <= 0;
  });
}
