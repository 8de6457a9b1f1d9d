import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { createVisitors, type VisitorText } from '../../src/simulator/visitors.ts';
import { claimPort } from '../support/claimed-port.ts';
import { mainFile, type Running, start, startCommand, visitlog } from '../support/program.ts';
import { expectedOf, recordedIn } from '../support/recorded.ts';
import { tracesOf } from '../support/traces.ts';
import { until } from '../support/until.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

const hasStrace = spawnSync('strace', ['-V']).status === 0;
const kills = Number(process.env.VISITLOG_KILLS ?? 12);
const textsEachRun = 60;
const latestKillMs = 60;

let workspace: Workspace;

beforeEach(() => {
  workspace = makeWorkspace();
  workspace.configure('ingest:', 'window = 10');
});

afterEach(() => workspace.remove());

const run = () => start(['--config', workspace.configFile, 'run']);
const ingest = () => start(['--config', workspace.configFile, 'ingest', '--line', 'line1']);
const receiving = (gateway: Running) => gateway.line((line) => line.includes('"gateway.started"'));

/** The program of a city at the other end: it sends again whatever it has no answer for. */
class OuterSender {
  readonly sent: VisitorText[] = [];
  readonly #visitors = createVisitors({ seed: 11, plain: true });
  readonly #open = new Map<string, string>();
  /** What it was told of each text. */
  readonly told = new Map<string, string>();

  add(texts: number): void {
    for (let i = 0; i < texts; i += 1) {
      const text = this.#visitors.next(systemClock.wallMs());
      const id = `${text.sender}-${this.sent.length}`;
      this.sent.push(text);
      this.#open.set(id, JSON.stringify({ id, from: text.sender, text: text.text }));
    }
  }

  /** Sends what is open, and ends the input behind it. */
  send(running: Running): void {
    running.child.stdin?.on('error', () => {});
    running.child.stdin?.end([...this.#open.values()].map((line) => `${line}\n`).join(''));
  }

  /** Whole lines of answers only. */
  hear({ stdout }: Running): void {
    for (const line of stdout().split('\n').slice(0, -1)) {
      const { id, kept } = JSON.parse(line) as { id: string; kept: string };
      expect(['visit', 'known']).toContain(kept);
      this.#open.delete(id);
      this.told.set(id, kept);
    }
  }

  get left(): number {
    return this.#open.size;
  }
}

describe('ingest, its gateway, and kill -9', () => {
  it('kill -9 of either at random instants loses no text and doubles none, by the ledger of who sends again', async () => {
    const random = createRandom(9);
    const sender = new OuterSender();
    let log = '';
    for (let kill = 0; kill < kills; kill += 1) {
      sender.add(textsEachRun);
      // Every third time there is no gateway, or one that starts in the midst of it.
      const gateway = run();
      if (kill % 3 !== 0) await receiving(gateway);
      const taking = ingest();
      sender.send(taking);
      await Promise.race([taking.line(() => true), taking.exit]).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, random.int(latestKillMs)));
      const victims = random.pick([[gateway], [taking], [gateway, taking]]);
      await Promise.all(victims.map((each) => each.kill()));
      await taking.exit;
      await gateway.kill().catch(() => {});
      sender.hear(taking);
      log += gateway.stdout() + gateway.stderr() + taking.stderr();
    }
    const last = run();
    await receiving(last);
    for (let again = 0; sender.left > 0 && again < 5; again += 1) {
      const taking = ingest();
      sender.send(taking);
      await taking.exit;
      sender.hear(taking);
    }
    await last.kill('SIGTERM');
    expect(sender.left).toBe(0);
    expect(await recordedIn(workspace)).toEqual(expectedOf(sender.sent));
    const kept = [...sender.told.values()].filter((told) => told === 'visit').length;
    expect(kept).toBeGreaterThan(0);
    expect(
      tracesOf(sender.sent, [...workspace.files(), { path: 'the log', bytes: Buffer.from(log) }]),
    ).toEqual([]);
  });

  it('the pipe that breaks and SIGINT in the middle leave what was answered on disk', async () => {
    const gateway = run();
    await receiving(gateway);
    const sender = new OuterSender();
    sender.add(2_000);
    const broken = ingest();
    sender.send(broken);
    await broken.line(() => true);
    broken.child.stdout?.destroy();
    await broken.exit;
    expect(broken.child.exitCode).toBe(1);
    expect(broken.stderr()).toContain('[ingest.unread]');
    sender.hear(broken);
    const stopped = ingest();
    stopped.child.stdin?.on('error', () => {});
    stopped.child.stdin?.write(`${JSON.stringify({ id: 'x', from: 'CITY', text: 'hello' })}\n{"id":"y`);
    await stopped.line(() => true);
    await stopped.kill('SIGINT');
    expect(stopped.child.exitCode).toBe(1);
    expect(stopped.stderr()).toContain('[ingest.interrupted]');
    expect(stopped.stdout().split('\n')[0]).toBe('{"id":"x","kept":"notice"}');
    const last = ingest();
    sender.send(last);
    await last.exit;
    sender.hear(last);
    await gateway.kill('SIGTERM');
    expect(sender.left).toBe(0);
    const { visits } = await recordedIn(workspace);
    expect(visits).toEqual(expectedOf(sender.sent).visits);
  });

  it.runIf(hasStrace)('each answer is written after the transaction of its text was synced', async () => {
    const trace = join(workspace.folder, 'trace');
    const gateway = startCommand('strace', [
      ...['-D', '-f', '-y', '-s', '256', '-o', trace, '-e', 'trace=fdatasync,fsync,write,writev'],
      ...[process.execPath, mainFile, '--config', workspace.configFile, 'run'],
    ]);
    await receiving(gateway);
    const sender = new OuterSender();
    sender.add(100);
    const taking = ingest();
    sender.send(taking);
    await taking.exit;
    sender.hear(taking);
    expect(sender.left).toBe(0);
    await gateway.kill('SIGTERM');
    const ended = new RegExp(`^${gateway.child.pid} +\\+\\+\\+ (?:exited|killed)`, 'm');
    await until(() => ended.test(readFileSync(trace, 'utf8')));
    const kinds = readFileSync(trace, 'utf8').split('\n').flatMap(kindOf);
    const order = kinds.join('');
    // `window` is ten: ten answers or fewer go out behind each sync.
    expect(order.match(/A/g)?.length).toBeGreaterThanOrEqual(10);
    expect(order).not.toMatch(/AA/);
    expect(order.indexOf('S')).toBeLessThan(order.indexOf('A'));
  });
});

describe('an ingest line, as the machine’s administrator sees it', () => {
  it('status, lines, doctor and metrics say whether a program brings texts, and nothing of a modem', async () => {
    const { port, release } = claimPort();
    onTestFinished(release);
    workspace.configure('ingest:', `[metrics]\nlisten = "127.0.0.1:${port}"`);
    const ask = async (...args: string[]) =>
      (await visitlog(['--config', workspace.configFile, ...args])).stdout;
    expect(await ask('lines')).toMatch(/^line1: ingest:, brought by visitlog ingest\n(?! )/m);
    const gateway = run();
    await receiving(gateway);
    const ofNobody = [await ask('lines'), await ask('doctor'), await ask('status')];
    for (const said of ofNobody) expect(said).toContain('ingest.nobody');
    const sender = new OuterSender();
    sender.add(3);
    const taking = ingest();
    sender.send(taking);
    await taking.exit;
    expect(await ask('lines')).toContain('line1: ingest:, brought by visitlog ingest\n  receiving\n');
    expect(await ask('doctor')).toMatch(/^line1\n {2}ok {4}the gateway receives on this line\n\n/m);
    const [line] = (JSON.parse(await ask('status', '--json')) as { lines: Record<string, unknown>[] }).lines;
    expect(line).toMatchObject({ state: 'ready', model: null, signal: null, storage: null, imei: null });
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toContain('visitlog_line_state{line="line1",state="ready"} 1');
    expect(metrics).toContain('visitlog_texts_total{line="line1",outcome="visit"} 3');
    expect(metrics).not.toMatch(/visitlog_line_(signal|storage)\w*\{line="line1"/);
    await gateway.kill('SIGTERM');
  });
});

/** `S`: the register's log was synced; `A`: answers went out. */
function kindOf(call: string): string[] {
  if (/f(?:data)?sync\(.*register\.sqlite-wal/.test(call)) return ['S'];
  return /\bwritev?\(/.test(call) && call.includes(String.raw`\"kept\":`) ? ['A'] : [];
}
