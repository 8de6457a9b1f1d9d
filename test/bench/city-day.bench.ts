import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { hourMs } from '../../src/base/amounts.ts';
import type { CentreText } from '../../src/simulator/smsc/centre-text.ts';
import { visitsByHour } from './city/city.ts';
import { optionsOf } from './options.ts';
import { quantile, report } from './report.ts';
import { MeasuredCentre, plainTexts } from './smpp/measured-centre.ts';
import { watchRss } from './smpp/receiver.ts';
import { timeCommand } from './timed-process.ts';

/*
 * A city's day on a carrier's link, faster than it is: texts by the curve of the day, hours that expire and are swept, and an
 * officer who asks. Ends with 1 if a text is neither kept nor swept.
 */
const values = optionsOf({
  texts: { type: 'string', default: '900000' },
  speed: { type: 'string', default: '10' },
  from: { type: 'string', default: '6' },
  hours: { type: 'string', default: '24' },
  keep: { type: 'string', default: '3' },
  question: { type: 'string', default: '10' },
});
const [speed, hours] = [Number(values.speed), Number(values.hours)];
/** Midnight in Korea of a Monday, and the hour of the day at which the run begins. */
const startMs = Date.UTC(2026, 10, 22, 15) + Number(values.from) * hourMs;
const byHour = visitsByHour(startMs, 24, Number(values.texts)).slice(0, hours);
const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-'));
const config = join(folder, 'visitlog.toml');
const dataDir = join(folder, 'data');

/** Texts of the day that have been sent after so long by the city's own time. */
function textsAfter(elapsedMs: number): number {
  const at = elapsedMs / hourMs;
  const whole = byHour.slice(0, Math.floor(at)).reduce((sum, count) => sum + count, 0);
  return whole + (byHour[Math.floor(at)] ?? 0) * (at - Math.floor(at));
}

interface Sweep {
  readonly visits: number;
  readonly unresolved: number;
  readonly undecodable: number;
  readonly notices: number;
}

const swept: Sweep[] = [];
const troubles: unknown[] = [];

function startGateway(port: number): ChildProcess {
  const lines = [
    ...[`data_dir = ${JSON.stringify(dataDir)}`, 'disk.reserve = "0"', 'status.socket = ""'],
    ...[`retention.period = "${values.keep}h"`, `retention.sweep_interval = "${Math.ceil(600 / speed)}s"`],
    ...['[[line]]', `port = "smpp://127.0.0.1:${port}"`],
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const file = fileURLToPath(new URL(`./city-day/fast-gateway${extname(import.meta.url)}`, import.meta.url));
  const child = fork(file, [String(startMs), String(speed), '--config', config], {
    // As `visitlog run` sets them for itself.
    execArgv: ['--semi-space-growth-factor=1', '--heap-growing-percent=25'],
  });
  child.on('message', (message: { sweep?: Sweep; trouble?: unknown }) => {
    if (message.sweep) swept.push(message.sweep);
    if (message.trouble) troubles.push(message.trouble);
  });
  return child;
}

/** What an officer asks: how many visits each place had in each hour that is still kept. */
const span = (nowMs: number) => [
  ...['--from', new Date(nowMs - Number(values.keep) * hourMs).toISOString()],
  ...['--to', new Date(nowMs + hourMs).toISOString()],
];

/** Rows, also those whose time is over and that no sweep has removed yet. */
function keptRows(): number {
  const db = new Database(join(dataDir, 'register.sqlite'), { readonly: true });
  try {
    const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
    return count('sealed_visits') + count('sealed_texts');
  } finally {
    db.close();
  }
}

/** Texts that differ: of two equal ones, the later may be taken for the first that comes again (docs/SPEC.md). */
function distinctTexts(): () => CentreText {
  const next = plainTexts(50_000);
  let visitors = 0;
  return () => {
    const { fields, optionals } = next();
    visitors += 1;
    return { fields: { ...fields, source_addr: `010${String(20_000_000 + visitors)}` }, optionals };
  };
}

const centre = await MeasuredCentre.listen(distinctTexts());
const bound = centre.bound();
const gateway = startGateway(centre.port);
try {
  await bound;
  const beganMs = performance.now();
  const nowMs = () => startMs + (performance.now() - beganMs) * speed;
  const memory = watchRss([gateway.pid ?? 0]);
  let isOver = false;
  const questionsMs: number[] = [];
  const asking = (async () => {
    for (;;) {
      // At first there is nothing to ask about.
      await new Promise((resolve) => setTimeout(resolve, Number(values.question) * 1_000));
      if (isOver) return;
      const question = ['counts', ...span(nowMs()), '--by', 'venue,hour', '--format', 'csv'];
      questionsMs.push((await timeCommand(nowMs(), ['--config', config, ...question])).ms);
    }
  })();
  const load = { durationMs: (hours * hourMs) / speed, window: 100 };
  const result = await centre.run({ ...load, textsAfter: (elapsedMs) => textsAfter(elapsedMs * speed) });
  isOver = true;
  const rss = memory.stop();
  await asking;
  const ended = once(gateway, 'exit');
  gateway.kill('SIGTERM');
  await ended;
  const gone = swept.reduce(
    (sum, one) => sum + one.visits + one.unresolved + one.undecodable + one.notices,
    0,
  );
  const left = keptRows();
  const lost = result.texts - gone - left;
  const one = (
    figure: string,
    unit: string,
    value: number,
    target: { readonly atMost: number } | null = null,
  ) => ({
    ...{ figure, unit, values: [value], beside: null, target },
  });
  report(
    'city-day',
    [
      one('sent', 'texts', result.texts),
      one('most in an hour of the city', 'texts/s', Math.max(...byHour) / (hourMs / speed / 1_000)),
      one('swept', 'texts', gone),
      one('kept at the end', 'texts', left),
      one('neither', 'texts', lost, { atMost: 0 }),
      one('refused', 'texts', result.refused, { atMost: 0 }),
      one('deliver to answer, p50', 'ms', quantile(result.waitsMs, 0.5)),
      one('deliver to answer, p99', 'ms', quantile(result.waitsMs, 0.99)),
      one('memory, most', 'MiB', Math.max(...rss) / 1_048_576, { atMost: 110 }),
      one('questions', '', questionsMs.length),
      one('a question', 'ms', quantile(questionsMs, 0.5)),
      one('errors and warnings', '', troubles.length),
    ],
    [
      `${hours} hours of the city's day from ${values.from}:00 at ${values.speed} times its speed; each record lives ${values.keep} h`,
      ...troubles.slice(0, 5).map((trouble) => JSON.stringify(trouble)),
    ],
  );
  process.exitCode = lost === 0 && result.refused === 0 ? 0 : 1;
} finally {
  gateway.kill('SIGKILL');
  centre.close();
  rmSync(folder, { recursive: true, force: true });
}
