import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { hourMs } from '../../src/base/amounts.ts';
import { sleep } from '../../src/base/clock.ts';
import { pauseOf } from '../../src/daemon/sweep-loop.ts';
import type { Actor } from '../../src/store/audit/audit-types.ts';
import { openRegister } from '../../src/store/register.ts';
import type { SweepResult } from '../../src/store/sweep/sweep-tally.ts';
import { clockFrom } from '../support/fake-clock.ts';
import {
  copyRegister,
  defaultSpec,
  type MadeRegister,
  makeRegister,
  registerOptions,
} from './make-register.ts';
import { optionsOf } from './options.ts';
import { type Spread, spreadOf, startReception } from './reception.ts';

/*
 * npm run bench -- sweep [--visits 10000000] [--hour 50000] [--rate 50] [--folder DIR] [--beside]
 *
 * How long a text waits for its commit while an hour goes from a large register: the gateway's own sweep and intake,
 * in one process, on a real file. With `--beside` the sweep is another process, as `visitlog sweep` is. Ends with 1 when
 * a text waited longer than 50 ms. The texts before the sweep show what the machine alone does to them.
 */
const limitMs = 50;
/** What the command waits between two steps. */
const commandPauseMs = 25;
const baselineMs = 10_000;

const values = optionsOf({
  visits: { type: 'string', default: String(defaultSpec.visits) },
  hour: { type: 'string', default: String(defaultSpec.oldestHourVisits) },
  rate: { type: 'string', default: '50' },
  folder: { type: 'string', default: join(tmpdir(), 'visitlog-bench') },
  beside: { type: 'boolean', default: false },
  sweeper: { type: 'string' },
});
const spec = { ...defaultSpec, visits: Number(values.visits), oldestHourVisits: Number(values.hour) };
const say = (text: string) => void process.stdout.write(`${text}\n`);

if (values.sweeper !== undefined) {
  await sweepAsCommand(JSON.parse(values.sweeper) as MadeRegister);
  process.exit(0);
}

const made = makeRegister(values.folder, spec, (done) => {
  if (process.stdout.isTTY) process.stdout.write(`\rmaking the register: ${(done * 100).toFixed(1)} %`);
});
const copy = copyRegister(made, join(values.folder, 'sweep'));
const clock = clockFrom(made.nowMs + hourMs);
const register = openRegister(registerOptions(copy, { clock }));
const path = join(copy.dataDir, 'register.sqlite');
say(`load ${loadavg()[0]?.toFixed(1)} on ${process.version}`);
say(`register: ${(await register.health()).visits} visits, ${(statSync(path).size / 1e9).toFixed(2)} GB`);

const quiet = startReception(register, clock, Number(values.rate));
await new Promise((resolve) => setTimeout(resolve, baselineMs));
quiet.stop();
say(`texts without a sweep: ${formatSpread(spreadOf(quiet.waitsMs))}`);

const busy = startReception(register, clock, Number(values.rate));
const result = values.beside
  ? await sweepBeside({ ...copy, nowMs: clock.wallMs() })
  : await register.sweep({ who: nobody(), command: 'run', pause: pauseOf(clock) });
busy.stop();
const waits = spreadOf(busy.waitsMs);
say(`texts during the sweep: ${formatSpread(waits)}`);
say(`sweep: ${formatSweep(result)}`);
say(`register after it: ${(statSync(path).size / 1e9).toFixed(2)} GB`);
register.close();
rmSync(copy.dataDir, { recursive: true, force: true });
say(`no text waits longer than ${limitMs} ms: ${waits.maxMs <= limitMs ? 'yes' : 'NO'}`);
process.exitCode = waits.maxMs <= limitMs ? 0 : 1;

function nobody(): Actor {
  return { uid: 0, user: null, sudo: null, login: null, session: null };
}

async function sweepBeside(register: MadeRegister): Promise<SweepResult> {
  const child = fork(process.argv[1] as string, ['--sweeper', JSON.stringify(register)]);
  const [result] = (await once(child, 'message')) as [SweepResult];
  await once(child, 'exit');
  return result;
}

async function sweepAsCommand(register: MadeRegister): Promise<void> {
  const clock = clockFrom(register.nowMs);
  const tool = openRegister(registerOptions(register, { clock, role: 'tool' }));
  const pause = (tookMs: number) => sleep(clock, Math.max(commandPauseMs, tookMs));
  const result = await tool.sweep({ who: nobody(), command: 'sweep', pause });
  tool.close();
  await new Promise((resolve) => process.send?.(result, resolve));
}

function formatSpread({ count, medianMs, p99Ms, maxMs }: Spread): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return `${count}, median ${ms(medianMs)}, 99 % ${ms(p99Ms)}, longest ${ms(maxMs)}`;
}

function formatSweep({
  rows,
  hours,
  keys,
  steps,
  longestStepMs,
  durationMs,
  freedPages,
}: SweepResult): string {
  const work = `${rows.visits} visits, ${rows.seen} fingerprints, ${hours.length} hours, ${keys} keys, ${freedPages} pages`;
  return `${work}; ${(durationMs / 1_000).toFixed(1)} s, ${steps} steps, longest ${longestStepMs.toFixed(1)} ms`;
}
