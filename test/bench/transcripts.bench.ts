import { mkdirSync, writeFileSync } from 'node:fs';
import { type FaultBench, startFaultBench } from '../support/fault-play.ts';
import { optionsOf } from './options.ts';
import { type Scene, scenes } from './transcript-scenes.ts';

optionsOf({});
const folder = 'test/transcripts/shown';

/** Plays the scenes and writes what was said on the wire into `test/transcripts/shown`. */
mkdirSync(folder, { recursive: true });
for (const scene of scenes) {
  const file = `${folder}/${scene.name}.txt`;
  writeFileSync(file, await play(scene));
  process.stdout.write(`${file}\n`);
}

async function play(scene: Scene): Promise<string> {
  const bench = await startFaultBench({
    modems: [
      { family: scene.family, capacity: scene.capacity ?? 20, faults: scene.fromStart ? [scene.fault] : [] },
    ],
    visitors: { plain: true },
  });
  try {
    if (!scene.fromStart) {
      await bench.until(() => bench.report().state === 'ready', 60_000);
      // Behind the first look into every memory.
      await bench.clock.advance(5_000);
      bench.modem.faults.add(scene.fault);
    }
    const fromMs = scene.fromStart ? 0 : bench.clock.monotonicMs();
    await bench.text(scene.texts, 700);
    await bench.emptied(scene.patienceMs);
    await bench.clock.advance(scene.afterMs ?? 0);
    const { visits } = bench.recorded();
    const { lost } = bench.modem.network.journal.counts();
    return [
      ...scene.about.map((line) => `# ${line}`),
      `# simulator: --family ${scene.family} --fault ${scene.fault}`,
      '#   <  from the modem   >  from the gateway   ==  what the gateway says',
      '',
      ...linesOf(bench, fromMs),
      '',
      `# ${bench.sent.length} texts sent, ${visits.length} visits recorded, ${new Set(visits).size} different, ${lost} lost`,
      '',
    ].join('\n');
  } finally {
    await bench.close();
  }
}

interface Said {
  readonly atMs: number;
  readonly order: number;
  readonly line: string;
}

function linesOf(bench: FaultBench, fromMs: number): string[] {
  const wire = bench.wire.flatMap(({ atMs, order, direction, octets }): Said[] =>
    octets
      .split(/[\r\n]+/)
      .filter((line) => line !== '')
      .map((line) => ({ atMs, order, line: `${direction === 'in' ? '>' : '<'}  ${shortened(line)}` })),
  );
  const said = bench.log.flatMap(({ atMs, order, event, fields }): Said[] =>
    wordsOf(event, fields).map((line) => ({ atMs, order, line })),
  );
  return [...wire, ...said]
    .filter(({ atMs }) => atMs >= fromMs)
    .sort((a, b) => a.order - b.order)
    .map(({ atMs, line }) => `${((atMs - fromMs) / 1_000).toFixed(3).padStart(9)} ${line}`);
}

function wordsOf(event: string, fields: Readonly<Record<string, unknown>>): string[] {
  if (event === 'line.state') {
    const reason = fields.reason === null ? '' : ` (${fields.reason})`;
    return [`== state: ${fields.state}${reason}`];
  }
  if (!/^(?:text|part|line|register)\./.test(event)) return [];
  const { line: _line, ...rest } = fields;
  const told = Object.entries(rest).filter(([, value]) => value !== undefined);
  return [`== ${[event, ...told.map(([key, value]) => `${key}=${value}`)].join(' ')}`];
}

/** The head of a PDU (the service centre) and its length: the rest is somebody’s number and words. */
function shortened(line: string): string {
  const control = line.replaceAll('\u001b', '<ESC>').replaceAll('\u001a', '<SUB>');
  return /^[0-9A-F]{40,}$/.test(control)
    ? `${control.slice(0, 16)}… (${control.length / 2} octets)`
    : control;
}
