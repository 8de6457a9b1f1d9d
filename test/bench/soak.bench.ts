import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/base/clock.ts';
import { optionsOf } from './options.ts';
import { spreadOf } from './reception.ts';
import type { GatewaySample } from './soak/soak-gateway.ts';
import { type SoakModem, startSoakModem } from './soak/soak-modem.ts';
import { compare, expectedCounts, grows, type Point, recordedCounts, slopeOf } from './soak/soak-verdict.ts';

const MiB = 1 << 20;
/** How much memory may grow in a minute of the later half: in use after a collection, and the whole process. */
const heldPerMinute = 0.3 * MiB;
const rssPerMinute = 3 * MiB;
const heldSwing = 2 * MiB;
const rssSwing = 12 * MiB;
const patienceMs = 120_000;

interface SoakOptions {
  readonly lines: number;
  readonly minutes: number;
  readonly perSecond: number;
  readonly seed: number;
}

function givenOptions(): SoakOptions {
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

/** Runs many lines against one gateway. False: a text was lost or doubled, or memory grows. */
async function soak(options: SoakOptions): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-soak-'));
  const texts = Math.ceil(options.minutes * 60 * options.perSecond);
  const startMs = systemClock.wallMs() - texts * options.lines * 1_000;
  const modems = await Promise.all(
    Array.from({ length: options.lines }, (_, i) =>
      startSoakModem(i, options.seed, (text) => startMs + (text * options.lines + i) * 1_000),
    ),
  );
  const samples: { atMs: number; sample: GatewaySample }[] = [];
  const troubles = new Map<string, number>();
  const gateway = startGatewayProcess(writeConfig(folder, modems), samples, troubles);
  try {
    await until(() => samples.at(-1)?.sample.ready === options.lines, patienceMs);
    const beganMs = systemClock.monotonicMs();
    const show = progress(beganMs, modems, () => samples.at(-1)?.sample.outcomes ?? 0);
    await textAll(modems, options, beganMs, texts);
    const tookMs = systemClock.monotonicMs() - beganMs;
    const drained = await until(() => modems.every((modem) => modem.isEmpty()), patienceMs);
    show.end();
    gateway.send('stop');
    await new Promise((resolve) => gateway.once('exit', resolve));
    const inRun = samples.filter(({ atMs }) => atMs >= beganMs && atMs <= beganMs + tookMs);
    return report({ options, modems, folder, samples: inRun, troubles, tookMs, drained });
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
  const script = fileURLToPath(new URL('./soak/soak-gateway.js', import.meta.url));
  const child = fork(script, [file], { execArgv: ['--expose-gc'] });
  child.on('message', (message: { sample?: GatewaySample; trouble?: { event: string } }) => {
    if (message.sample) samples.push({ atMs: systemClock.monotonicMs(), sample: message.sample });
    const { event } = message.trouble ?? {};
    if (event !== undefined) troubles.set(event, (troubles.get(event) ?? 0) + 1);
  });
  return child;
}

/** Sends each line's texts at its own instants: no line waits for another, and a late timer drops no text. */
async function textAll(
  modems: readonly SoakModem[],
  options: SoakOptions,
  beganMs: number,
  texts: number,
): Promise<void> {
  const everyMs = 1_000 / options.perSecond;
  while (modems.some(({ sent }) => sent < texts)) {
    const passedMs = systemClock.monotonicMs() - beganMs;
    modems.forEach((modem, i) => {
      const due = Math.min(texts, Math.floor((passedMs + (everyMs * i) / modems.length) / everyMs));
      while (modem.sent < due) modem.text();
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Prints the progress: one line that is overwritten on a terminal, else one line a minute. */
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
  readonly options: SoakOptions;
  readonly modems: readonly SoakModem[];
  readonly folder: string;
  readonly samples: readonly { readonly atMs: number; readonly sample: GatewaySample }[];
  readonly troubles: ReadonlyMap<string, number>;
  readonly tookMs: number;
  readonly drained: boolean;
}

/** Prints the summary; true if all is well. */
async function report({
  options,
  modems,
  folder,
  samples,
  troubles,
  tookMs,
  drained,
}: Result): Promise<boolean> {
  const expected = expectedCounts(
    modems.flatMap((modem, i) => modem.expected.map((text) => ({ ...text, line: `line${i + 1}` }))),
  );
  const recorded = await recordedCounts(join(folder, 'data'));
  const { lost, doubled } = compare(expected, recorded);
  const lostInModems = modems.reduce((sum, { modem }) => sum + modem.network.journal.counts().lost, 0);
  const sent = modems.reduce((sum, modem) => sum + modem.sent, 0);
  const total = [...recorded.values()].reduce((sum, count) => sum + count, 0);
  const waits = spreadOf(modems.flatMap(({ commitWaitsMs }) => commitWaitsMs));
  const rss = pointsOf(samples, ({ rssBytes }) => rssBytes);
  const held = pointsOf(samples, ({ heldBytes }) => heldBytes);
  const isGrowing = grows(held, heldPerMinute, heldSwing) || grows(rss, rssPerMinute, rssSwing);
  const first = samples[0]?.sample;
  const last = samples.at(-1)?.sample;
  const cpuShare = first && last ? (last.cpuMs - first.cpuMs) / spanMs(samples) : 0;
  const delays = samples.map(({ sample }) => sample.delayMs);
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const mib = (bytes: number): string => `${(bytes / MiB).toFixed(1)} MiB`;
  const lines = [
    `lines ${options.lines}, ${options.perSecond} texts/s each, ${(tookMs / 60_000).toFixed(1)} min, seed ${options.seed}`,
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
  process.exitCode = (await soak(givenOptions())) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
