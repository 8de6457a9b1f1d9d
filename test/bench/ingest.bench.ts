import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVisitors } from '../../src/simulator/visitors.ts';
import { runLengthOf } from './options.ts';
import { visitlogMain } from './peers/receivers.ts';
import { report } from './report.ts';

/** Lines a second of `visitlog ingest`, from the first line in to the last answer out, each synced before its answer. */
const runLength = runLengthOf(process.argv.slice(2));
const runs = runLength.choose(2, 5);
const texts = runLength.choose(10_000, 50_000);

const visitors = createVisitors({ seed: 11, plain: true });
const input = Array.from({ length: texts }, (_, index) => {
  const { sender, text } = visitors.next(Date.now());
  return `${JSON.stringify({ id: `${index}`, from: sender, text })}\n`;
}).join('');

async function measure(hasGateway: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-'));
  const socket = join(folder, 'visitlog.sock');
  const config = join(folder, 'visitlog.toml');
  const keys = [
    `data_dir = ${JSON.stringify(join(folder, 'data'))}`,
    'disk.reserve = "0"',
    `status.socket = ${JSON.stringify(socket)}`,
    '[[line]]',
    'name = "line1"',
    'port = "ingest:"',
  ];
  writeFileSync(config, `${keys.join('\n')}\n`);
  const gateway = hasGateway ? spawnMain(['--config', config, 'run'], 'ignore') : null;
  try {
    while (gateway !== null && !existsSync(`${socket}.ingest`))
      await new Promise((resolve) => setTimeout(resolve, 20));
    const taking = spawnMain(['--config', config, 'ingest', '--line', 'line1'], 'pipe');
    let firstMs = 0;
    let lastMs = 0;
    let answers = 0;
    taking.stdout?.on('data', (chunk: Buffer) => {
      firstMs ||= performance.now();
      lastMs = performance.now();
      answers += chunk.toString().split('"kept":"visit"').length - 1;
    });
    taking.stdin?.end(input);
    await once(taking, 'close');
    if (answers < texts * 0.99) throw new Error(`${answers} of ${texts} were answered`);
    return (texts / (lastMs - firstMs)) * 1_000;
  } finally {
    if (gateway !== null) {
      gateway.kill('SIGTERM');
      await once(gateway, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function spawnMain(args: readonly string[], stdio: 'ignore' | 'pipe'): ChildProcess {
  return spawn(process.execPath, [visitlogMain, ...args], { stdio });
}

const through: number[] = [];
const alone: number[] = [];
for (let run = 0; run < runs; run += 1) {
  through.push(await measure(true));
  alone.push(await measure(false));
}
report(
  'ingest',
  [
    {
      ...{ figure: 'through the gateway, window 50', unit: 'lines/s', values: through },
      ...{ beside: null, target: { atLeast: 500 } },
    },
    { figure: 'without a gateway', unit: 'lines/s', values: alone, beside: null, target: null },
  ],
  [
    'from the first answer to the last; sender, command and gateway share the machine',
    'each transaction of up to 50 lines is synced (synchronous = FULL) before its answers',
  ],
);
