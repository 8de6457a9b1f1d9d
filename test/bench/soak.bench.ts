import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/base/clock.ts';
import { optionsOf } from './options.ts';
import { spreadOf } from './reception.ts';
import type { GatewaySample } from './soak-gateway.ts';
import { grows, type Point, slopeOf } from './soak-growth.ts';
import { type SoakModem, startSoakModem } from './soak-modem.ts';
import { compare, expectedTally, recordedTally } from './soak-register.ts';

const MiB = 1 << 20;
/** In use after a collection, and the whole process: what a minute may add in the later half of a run. */
const heldPerMinute = 0.3 * MiB;
const rssPerMinute = 3 * MiB;
const heldWhim = 2 * MiB;
const rssWhim = 12 * MiB;
const patienceMs = 120_000;

interface Plan {
  readonly lines: number;
  readonly minutes: number;
  readonly perSecond: number;
  readonly seed: number;
}

function givenPlan(): Plan {
  const values = optionsOf({
    lines: { type: 'string', default: '20' },
    minutes: { type: 'string', default: '10' },
    'per-second': { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
  });
  return {
    lines: Number(values.lines),
    minutes: Number(values.minutes),
    perSecond: Number(values['per-second']),
    seed: Number(values.seed),
  };
}

/** Lines at their pace against one gateway; what came of it. Exit 1: something was lost or doubled, or memory grows. */
async function soak(plan: Plan): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-soak-'));
  const texts = Math.ceil(plan.minutes * 60 * plan.perSecond);
  const startMs = systemClock.wallMs() - texts * plan.lines * 1_000;
  const modems = await Promise.all(
    Array.from({ length: plan.lines }, (_, i) =>
      startSoakModem(i, plan.seed, (text) => startMs + (text * plan.lines + i) * 1_000),
    ),
  );
  const samples: { atMs: number; sample: GatewaySample }[] = [];
  const troubles = new Map<string, number>();
  const gateway = startGatewayProcess(writeConfig(folder, modems), samples, troubles);
  try {
    await until(() => samples.at(-1)?.sample.ready === plan.lines, patienceMs);
    const beganMs = systemClock.monotonicMs();
    const show = progress(beganMs, modems, () => samples.at(-1)?.sample.outcomes ?? 0);
    await textAll(modems, plan, beganMs, texts);
    const tookMs = systemClock.monotonicMs() - beganMs;
    const drained = await until(() => modems.every((modem) => modem.isEmpty()), patienceMs);
    show.end();
    gateway.send('stop');
    await new Promise((resolve) => gateway.once('exit', resolve));
    const inRun = samples.filter(({ atMs }) => atMs >= beganMs && atMs <= beganMs + tookMs);
    return report({ plan, modems, folder, samples: inRun, troubles, tookMs, drained });
  } finally {
    gateway.kill();
    await Promise.all(modems.map((modem) => modem.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeConfig(folder: string, modems: readonly SoakModem[]): string {
  const file = join(folder, 'visitlog.toml');
  const lines = modems.map(
    ({ port }, i) => `[[line]]\nname = "line${i + 1}"\nport = "tcp://127.0.0.1:${port}"\n`,
  );
  writeFileSync(file, `data_dir = ${JSON.stringify(join(folder, 'data'))}\n${lines.join('')}`);
  return file;
}

function startGatewayProcess(
  file: string,
  samples: { atMs: number; sample: GatewaySample }[],
  troubles: Map<string, number>,
): ChildProcess {
  const script = fileURLToPath(new URL('./soak-gateway.js', import.meta.url));
  const child = fork(script, [file], { execArgv: ['--expose-gc'] });
  child.on('message', (message: { sample?: GatewaySample; trouble?: { event: string } }) => {
    if (message.sample) samples.push({ atMs: systemClock.monotonicMs(), sample: message.sample });
    const { event } = message.trouble ?? {};
    if (event !== undefined) troubles.set(event, (troubles.get(event) ?? 0) + 1);
  });
  return child;
}

/** Each line's texts at its own instants: no line waits for another, and none is forgotten when the clock is late. */
async function textAll(
  modems: readonly SoakModem[],
  plan: Plan,
  beganMs: number,
  texts: number,
): Promise<void> {
  const everyMs = 1_000 / plan.perSecond;
  while (modems.some(({ sent }) => sent < texts)) {
    const passedMs = systemClock.monotonicMs() - beganMs;
    modems.forEach((modem, i) => {
      const due = Math.min(texts, Math.floor((passedMs + (everyMs * i) / modems.length) / everyMs));
      while (modem.sent < due) modem.text();
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A line that is written over at a terminal; a line a minute elsewhere. */
function progress(beganMs: number, modems: readonly SoakModem[], outcomes: () => number): { end(): void } {
  const { isTTY } = process.stderr;
  const show = (): void => {
    const seconds = Math.round((systemClock.monotonicMs() - beganMs) / 1_000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    const sent = modems.reduce((sum, modem) => sum + modem.sent, 0);
    const line = `${time}  ${sent} texts sent, ${outcomes()} recorded`;
    process.stderr.write(isTTY ? `\r${line}  ` : `${line}\n`);
  };
  const timer = setInterval(show, isTTY ? 1_000 : 60_000);
  return {
    end() {
      clearInterval(timer);
      if (isTTY) process.stderr.write('\n');
    },
  };
}

async function until(done: () => boolean, limitMs: number): Promise<boolean> {
  for (const endMs = systemClock.monotonicMs() + limitMs; !done(); ) {
    if (systemClock.monotonicMs() > endMs) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return true;
}

interface Result {
  readonly plan: Plan;
  readonly modems: readonly SoakModem[];
  readonly folder: string;
  readonly samples: readonly { readonly atMs: number; readonly sample: GatewaySample }[];
  readonly troubles: ReadonlyMap<string, number>;
  readonly tookMs: number;
  readonly drained: boolean;
}

/** Prints the summary; true where all is well. */
function report({ plan, modems, folder, samples, troubles, tookMs, drained }: Result): boolean {
  const expected = expectedTally(
    modems.flatMap((modem, i) => modem.expected.map((text) => ({ ...text, line: `line${i + 1}` }))),
  );
  const recorded = recordedTally(join(folder, 'data'));
  const { lost, doubled } = compare(expected, recorded);
  const lostInModems = modems.reduce((sum, { modem }) => sum + modem.network.journal.counts().lost, 0);
  const sent = modems.reduce((sum, modem) => sum + modem.sent, 0);
  const total = [...recorded.values()].reduce((sum, count) => sum + count, 0);
  const waits = spreadOf(modems.flatMap(({ commitWaitsMs }) => commitWaitsMs));
  const rss = pointsOf(samples, ({ rssBytes }) => rssBytes);
  const held = pointsOf(samples, ({ heldBytes }) => heldBytes);
  const isGrowing = grows(held, heldPerMinute, heldWhim) || grows(rss, rssPerMinute, rssWhim);
  const first = samples[0]?.sample;
  const last = samples.at(-1)?.sample;
  const cpuShare = first && last ? (last.cpuMs - first.cpuMs) / spanMs(samples) : 0;
  const delays = samples.map(({ sample }) => sample.delayMs);
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const mib = (bytes: number): string => `${(bytes / MiB).toFixed(1)} MiB`;
  const lines = [
    `lines ${plan.lines}, ${plan.perSecond} texts/s each, ${(tookMs / 60_000).toFixed(1)} min, seed ${plan.seed}`,
    `texts sent       ${sent}`,
    `rows recorded    ${total} (a text may name several places)`,
    `lost             ${lost + lostInModems}${drained ? '' : '  (the modems were not emptied in time)'}`,
    `doubled          ${doubled}`,
    `commit wait      p50 ${ms(waits.medianMs)}, p99 ${ms(waits.p99Ms)}, max ${ms(waits.maxMs)} (${waits.count} listings)`,
    `RSS              ${mib(rss[0]?.value ?? 0)} → ${mib(rss.at(-1)?.value ?? 0)}, later half ${mib(slopeOf(rss.slice(rss.length >> 1)))}/min`,
    `in use after GC  ${mib(held[0]?.value ?? 0)} → ${mib(held.at(-1)?.value ?? 0)}, later half ${mib(slopeOf(held.slice(held.length >> 1)))}/min`,
    `CPU              ${(cpuShare * 100).toFixed(0)} % of a core`,
    `event loop late  p50 ${ms(spreadOf(delays.map(({ median }) => median)).medianMs)}, p99 ${ms(Math.max(0, ...delays.map(({ p99 }) => p99)))}, max ${ms(Math.max(0, ...delays.map(({ max }) => max)))}`,
    `warnings         ${[...troubles].map(([event, count]) => `${event} ${count}`).join(', ') || 'none'}`,
  ];
  const isWell = lost + lostInModems + doubled === 0 && drained && !isGrowing && cpuShare < 1;
  lines.push(isWell ? 'well' : `NOT WELL${isGrowing ? ': memory grows' : ''}`);
  process.stdout.write(`${lines.join('\n')}\n`);
  return isWell;
}

function pointsOf(samples: Result['samples'], measure: (sample: GatewaySample) => number): Point[] {
  const beganMs = samples[0]?.atMs ?? 0;
  return samples.map(({ atMs, sample }) => ({ minutes: (atMs - beganMs) / 60_000, value: measure(sample) }));
}

function spanMs(samples: Result['samples']): number {
  return Math.max(1, (samples.at(-1)?.atMs ?? 0) - (samples[0]?.atMs ?? 0));
}

try {
  process.exitCode = (await soak(givenPlan())) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
