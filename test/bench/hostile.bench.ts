import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Begin, Neighbour, NeighbourWord } from './hostile-peer.ts';
import { runLengthOf } from './options.ts';
import { startModemProcess } from './peers/measured-modem.ts';
import { visitlogMain } from './peers/receivers.ts';
import { type Figure, quantile, report } from './report.ts';

/**
 * The honest line of a gateway while the peer of its other line is quiet, hostile, or only keeps a core busy: from the
 * notification of a text to its deletion. Gateway, modem and peer have a process each.
 */
const runLength = runLengthOf(process.argv.slice(2));
const runs = runLength.choose(1, 3);
const forMs = runLength.choose(5_000, 10_000);
const restMs = 20;
const modem = { slots: 50, latencyMs: 0, baudRate: null };
/** So that the gateway's code is compiled. */
const warmUp = { kind: 'stream', texts: 3_000, forMs: 20_000 } as const;
const patienceMs = 120_000;

interface Measured {
  readonly firstMs: number;
  readonly waitsMs: readonly number[];
  readonly memoryBytes: number;
  readonly peer: Extract<NeighbourWord, { cpuMs: number }>;
}

class Peer {
  readonly #child: ChildProcess;
  readonly #words: NeighbourWord[] = [];

  constructor(hostility: Neighbour) {
    this.#child = fork(fileURLToPath(new URL('./hostile-peer.js', import.meta.url)), [hostility], {
      execArgv: [],
    });
    this.#child.on('message', (word: NeighbourWord) => this.#words.push(word));
  }

  /** The first word with this key. */
  async hear<K extends string>(key: K): Promise<Extract<NeighbourWord, Record<K, unknown>>> {
    type Wanted = Extract<NeighbourWord, Record<K, unknown>>;
    for (;;) {
      const word = this.#words.find((one): one is Wanted => key in one);
      if (word !== undefined) return word;
      await once(this.#child, 'message', { signal: AbortSignal.timeout(patienceMs) });
    }
  }

  begin(order: Begin): void {
    this.#child.send(order);
  }

  async end(): Promise<Measured['peer']> {
    this.#child.send('end');
    return this.hear('cpuMs');
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

function startGateway(ports: readonly number[], folder: string): ChildProcess {
  const lines = ports.map((port, i) => `[[line]]\nname = "line${i + 1}"\nport = "tcp://127.0.0.1:${port}"\n`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'visitlog.toml');
  const head = [`data_dir = "${folder}/data"`, `key_file = "${folder}/data/keyring"`];
  writeFileSync(file, [...head, ...lines, '[status]', `socket = "${folder}/status.sock"\n`].join('\n'));
  return spawn(process.execPath, [visitlogMain, '--config', file, 'run'], { stdio: 'ignore' });
}

/** `isEarly`: the peer is hostile before the gateway starts; else once both lines are set up. */
async function measure(hostility: Neighbour, burnMs: number, isEarly: boolean): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-hostile-'));
  const peer = new Peer(hostility);
  const honest = await startModemProcess(modem);
  if (isEarly) peer.begin({ burnMs });
  const beganMs = performance.now();
  const drained = honest.carryOut({ kind: 'drain', texts: 2 }, patienceMs);
  const gateway = startGateway([honest.port, (await peer.hear('port')).port], folder);
  try {
    await drained;
    const firstMs = performance.now() - beganMs;
    let waitsMs: readonly number[] = [];
    if (!isEarly) {
      await honest.carryOut(warmUp, patienceMs);
      await peer.hear('isListed');
      peer.begin({ burnMs });
      ({ waitsMs } = await honest.carryOut({ kind: 'steady', forMs, restMs }, patienceMs));
    }
    return { firstMs, waitsMs, memoryBytes: peakBytesOf(gateway), peer: await peer.end() };
  } finally {
    peer.kill();
    gateway.kill('SIGKILL');
    await once(gateway, 'exit');
    await honest.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function peakBytesOf({ pid }: ChildProcess): number {
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
  return Number(peak?.[1] ?? Number.NaN) * 1_024;
}

const floods = ['notifications', 'octets', 'long-listing', 'listing'] as const;
const measured = new Map<string, Measured[]>();

async function add(name: string, hostility: Neighbour, burnMs = 0, isEarly = false): Promise<Measured> {
  const one = await measure(hostility, burnMs, isEarly);
  measured.set(name, [...(measured.get(name) ?? []), one]);
  const { firstMs, waitsMs, peer } = one;
  const waits = isEarly
    ? `first text after ${firstMs.toFixed()} ms`
    : `${waitsMs.length} texts, p50 ${quantile(waitsMs, 0.5).toFixed(2)} ms, p99 ${quantile(waitsMs, 0.99).toFixed(2)} ms, max ${Math.max(...waitsMs).toFixed(1)} ms`;
  process.stderr.write(
    `${name}: ${waits}; the peer took ${peer.cpuMs.toFixed()} ms of processor, wrote ${(peer.writtenOctets / 2 ** 20).toFixed(1)} MiB on ${peer.connections} connections\n`,
  );
  return one;
}

for (let run = 0; run < runs; run += 1) {
  await add('quiet, early', 'quiet', 0, true);
  await add('notifications, early', 'notifications', 0, true);
  for (const flood of floods) {
    await add('quiet', 'quiet');
    const { peer } = await add(flood, flood);
    // The same processor time, and not an octet.
    await add(`busy for ${flood}`, 'busy', peer.cpuMs);
  }
}

const valuesOf = (name: string, of: (one: Measured) => number) => (measured.get(name) ?? []).map(of);

function besides(what: string, unit: string, flood: string, of: (one: Measured) => number): Figure[] {
  const values = valuesOf(flood, of);
  const figure = `${what}, ${flood}`;
  const quiet = { name: 'a quiet peer', values: valuesOf('quiet', of) };
  const busy = { name: 'a busy neighbour', values: valuesOf(`busy for ${flood}`, of) };
  return [
    { figure, unit, values, beside: quiet, target: { atMost: 2 } },
    { figure, unit, values, beside: busy, target: null },
  ];
}

const firstText = ({ firstMs }: Measured) => firstMs;
report(
  'hostile',
  [
    {
      figure: 'start to first text, notifications',
      unit: 'ms',
      values: valuesOf('notifications, early', firstText),
      beside: { name: 'a quiet peer', values: valuesOf('quiet, early', firstText) },
      target: { atMost: 2 },
    },
    ...floods.flatMap((flood) => [
      ...besides('p50', 'ms', flood, ({ waitsMs }) => quantile(waitsMs, 0.5)),
      ...besides('p99', 'ms', flood, ({ waitsMs }) => quantile(waitsMs, 0.99)),
      ...besides('peak memory', 'MiB', flood, ({ memoryBytes }) => memoryBytes / 2 ** 20).slice(0, 1),
    ]),
  ],
  [`one text after the other, ${restMs} ms apart, for ${forMs / 1_000} s from the beginning of the flood`],
);
