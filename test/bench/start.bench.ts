import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runLengthOf } from './options.ts';
import { startModem } from './peers/measured-modem.ts';
import { visitlogMain, writeVisitlogConfig } from './peers/receivers.ts';
import type { Figure } from './report.ts';
import { report } from './report.ts';

/** From the start of a process to its end; for the gateway, until it reports its modem ready. */
const runLength = runLengthOf(process.argv.slice(2));
const alternations = runLength.choose(15, 40);
const help: number[] = [];
const version: number[] = [];
const bare: number[] = [];
for (let i = 0; i <= alternations; i += 1) {
  const took = { bare: timed(['-e', '0']), help: timed([visitlogMain, '--help']) };
  const versionMs = timed([visitlogMain, '--version']);
  // The first run of each reads the files from the disk.
  if (i === 0) continue;
  bare.push(took.bare);
  help.push(took.help);
  version.push(versionMs);
}
const ready: number[] = [];
for (let i = 0; i < runLength.choose(3, 7); i += 1) ready.push(await timeToReady());

const node = { name: 'node -e 0', values: bare };
const figures: Figure[] = [
  { figure: 'visitlog --help', unit: 'ms', values: help, beside: node, target: { atMost: 1.5 } },
  { figure: 'visitlog --version', unit: 'ms', values: version, beside: node, target: { atMost: 1.5 } },
  { figure: 'run, to ready', unit: 'ms', values: ready, beside: null, target: { atMost: 1_000 } },
];
report('start', figures, [
  'alternating, a process each; the modem of the gateway has long been on and answers at once',
]);

function timed(args: readonly string[]): number {
  const beganMs = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
  return performance.now() - beganMs;
}

/** The register has to be created and the modem set up. */
async function timeToReady(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-'));
  const modem = await startModem(folder, { slots: 50, latencyMs: 0, baudRate: null });
  const args = [visitlogMain, '--config', writeVisitlogConfig(modem.link, folder), 'run'];
  const beganMs = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout }))
    if (/"line.state".*"state":"ready"/.test(line)) break;
  const tookMs = performance.now() - beganMs;
  child.stdout.resume();
  child.kill('SIGTERM');
  await once(child, 'exit');
  await modem.close();
  rmSync(folder, { recursive: true, force: true });
  return tookMs;
}
