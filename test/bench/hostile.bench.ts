import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/base/clock.ts';
import type { Hostility } from './hostile-peer.ts';
import { runLengthOf } from './options.ts';
import { type Figure, quantile, report } from './report.ts';
import type { GatewaySample } from './soak/soak-gateway.ts';
import { startSoakModem } from './soak/soak-modem.ts';

/** One honest line beside a line whose peer is silent, or hostile: the honest line's time to its first text, and a text. */
const runLength = runLengthOf(process.argv.slice(2));
const texts = runLength.choose(100, 600);
const runs = runLength.choose(1, 3);
/** The gap between two texts; together with their number, longer than every back-off. */
const apartMs = 100;
const patienceMs = 180_000;

interface Times {
  readonly firstMs: number;
  readonly waitsMs: readonly number[];
  readonly heldBytes: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(isSo: () => boolean): Promise<void> {
  for (const endMs = performance.now() + patienceMs; !isSo(); await pause(1))
    if (performance.now() > endMs)
      throw new Error(`the honest line receives nothing for ${patienceMs / 1_000} s`);
}

function startPeer(hostility: Hostility): { readonly child: ChildProcess; readonly port: Promise<number> } {
  const child = fork(fileURLToPath(new URL('./hostile-peer.js', import.meta.url)), [hostility]);
  return {
    child,
    port: new Promise((resolve) => child.once('message', ({ port }: { port: number }) => resolve(port))),
  };
}

async function measure(hostility: Hostility): Promise<Times> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-hostile-'));
  const startMs = systemClock.wallMs() - texts * 2_000;
  const honest = await startSoakModem(0, 1, (text) => startMs + text * 1_000);
  const peer = startPeer(hostility);
  const config = join(folder, 'visitlog.toml');
  const ports = [honest.port, await peer.port];
  const lines = ports.map((port, i) => `[[line]]\nname = "line${i + 1}"\nport = "tcp://127.0.0.1:${port}"\n`);
  writeFileSync(config, `data_dir = ${JSON.stringify(join(folder, 'data'))}\n${lines.join('')}`);
  honest.text();
  const beganMs = performance.now();
  const gateway = fork(fileURLToPath(new URL('./soak/soak-gateway.js', import.meta.url)), [config], {
    execArgv: ['--expose-gc'],
  });
  let heldBytes = 0;
  gateway.on('message', ({ sample }: { sample?: GatewaySample }) => {
    heldBytes = Math.max(heldBytes, sample?.rssBytes ?? 0);
  });
  try {
    await until(() => honest.isEmpty());
    const firstMs = performance.now() - beganMs;
    const waitsMs: number[] = [];
    for (let i = 0; i < texts; i += 1) {
      const sentMs = performance.now();
      honest.text();
      await until(() => honest.isEmpty());
      waitsMs.push(performance.now() - sentMs);
      await pause(apartMs);
    }
    return { firstMs, waitsMs, heldBytes };
  } finally {
    gateway.kill('SIGKILL');
    peer.child.kill('SIGKILL');
    await honest.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const hostilities = ['silent', 'notifications', 'rubbish'] as const;
const times = new Map<Hostility, Times[]>(hostilities.map((hostility) => [hostility, []]));
for (let run = 0; run < runs; run += 1)
  for (const hostility of hostilities) {
    const measured = await measure(hostility);
    times.get(hostility)?.push(measured);
    const { firstMs, waitsMs } = measured;
    process.stderr.write(
      `${hostility}: first ${firstMs.toFixed()} ms, p99 ${quantile(waitsMs, 0.99).toFixed(1)} ms\n`,
    );
  }

function figure(name: string, unit: string, hostility: Hostility, of: (times: Times) => number): Figure {
  const values = (times.get(hostility) ?? []).map(of);
  const beside = { name: 'beside a silent peer', values: (times.get('silent') ?? []).map(of) };
  return { figure: `${name}, ${hostility}`, unit, values, beside, target: { atMost: 2 } };
}

report(
  'hostile',
  (['notifications', 'rubbish'] as const).flatMap((hostility) => [
    figure('until the first text', 'ms', hostility, ({ firstMs }) => firstMs),
    figure('a text, p50', 'ms', hostility, ({ waitsMs }) => quantile(waitsMs, 0.5)),
    figure('a text, p99', 'ms', hostility, ({ waitsMs }) => quantile(waitsMs, 0.99)),
    figure('memory', 'MiB', hostility, ({ heldBytes }) => heldBytes / 2 ** 20),
  ]),
  [`${texts} texts, ${apartMs} ms apart, each on an honest line beside a second line`],
);
