import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionsOf } from './options.ts';
import { type Figure, quantile, report } from './report.ts';
import { kannelVersion, startKannel } from './smpp/kannel.ts';
import { type LoadResult, MeasuredCentre, plainTexts } from './smpp/measured-centre.ts';
import { cpuMsOf, type LinkReceiver, startVisitlog, watchRss } from './smpp/receiver.ts';

/*
 * A carrier's link whose window is always full, for so many minutes; then, in the same process, 100 texts a second for one.
 * Beside it Kannel, which stores to a file. Every text of visitlog is synced before its answer.
 */
const values = optionsOf({
  minutes: { type: 'string', default: '10' },
  runs: { type: 'string', default: '1' },
  window: { type: 'string', default: '50' },
  quick: { type: 'boolean', default: false },
  install: { type: 'boolean', default: false },
});
const fullMs = values.quick ? 20_000 : Number(values.minutes) * 60_000;
const pacedMs = values.quick ? 20_000 : 60_000;
const window = Number(values.window);
const perSecond = 100;
const mib = 1_048_576;

interface Measured {
  readonly full: LoadResult;
  readonly paced: LoadResult;
  readonly cpuMs: number;
  readonly rss: readonly number[];
}

type Start = (folder: string, port: number) => LinkReceiver | Promise<LinkReceiver>;

async function measure(start: Start): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-'));
  const centre = await MeasuredCentre.listen(plainTexts(20_000));
  const bound = centre.bound();
  const receiver = await start(folder, centre.port);
  try {
    await bound;
    const cpuBefore = cpuMsOf(receiver.pids);
    const memory = watchRss(receiver.pids);
    const full = await centre.run({ durationMs: fullMs, window });
    const rss = memory.stop();
    const cpuMs = cpuMsOf(receiver.pids) - cpuBefore;
    const textsAfter = (elapsedMs: number) => (elapsedMs * perSecond) / 1_000;
    const paced = await centre.run({ durationMs: pacedMs, window, textsAfter });
    return { full, paced, cpuMs, rss };
  } finally {
    await receiver.stop();
    centre.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const ours: Measured[] = [];
const theirs: Measured[] = [];
const version = kannelVersion();
for (let run = 0; run < Number(values.runs); run += 1) {
  ours.push(await measure(startVisitlog));
  if (version !== null) theirs.push(await measure((folder, port) => startKannel(folder, port, true)));
}

function figure(
  name: string,
  unit: string,
  of: (measured: Measured) => number,
  target: Figure['target'] = null,
): Figure[] {
  const shown: Figure = { figure: name, unit, values: ours.map(of), beside: null, target };
  // A bound of ours is not a ratio: what Kannel takes has a row of its own.
  const peer: Figure = { ...shown, figure: `Kannel: ${name}`, values: theirs.map(of), target: null };
  return theirs.length === 0 ? [shown] : [shown, peer];
}

const rssAt = (part: number) => (measured: Measured) =>
  (measured.rss[Math.min(measured.rss.length - 1, Math.floor(measured.rss.length * part))] ?? 0) / mib;

report(
  'smpp',
  [
    ...figure(`window of ${window}, full`, 'texts/s', ({ full }) => (full.texts / full.tookMs) * 1_000, {
      atLeast: 1_000,
    }),
    ...figure('processor time', 'ms/text', ({ full, cpuMs }) => cpuMs / full.texts),
    ...figure('deliver to answer, full, p99', 'ms', ({ full }) => quantile(full.waitsMs, 0.99)),
    ...figure(`deliver to answer, ${perSecond}/s, p99`, 'ms', ({ paced }) => quantile(paced.waitsMs, 0.99), {
      atMost: 50,
    }),
    ...figure('memory after a third', 'MiB', rssAt(1 / 3)),
    ...figure('memory, most', 'MiB', ({ rss }) => Math.max(...rss) / mib, { atMost: 110 }),
    ...figure('memory, end over a third', '×', (measured) => rssAt(1)(measured) / rssAt(1 / 3)(measured), {
      atMost: 1.25,
    }),
    ...figure('refused', 'texts', ({ full, paced }) => full.refused + paced.refused, { atMost: 0 }),
  ],
  [
    `a full window for ${fullMs / 1_000} s, then ${perSecond} texts a second for ${pacedMs / 1_000} s; the centre is in the process that measures`,
    'visitlog: each transaction is synced before its answers (synchronous = FULL)',
    version === null
      ? 'Kannel is not installed and is not compared (Debian package kannel)'
      : `Kannel ${version}: bearerbox stores each text in its store file, not synced, and smsbox takes it from there; time and memory are of both`,
  ],
);
