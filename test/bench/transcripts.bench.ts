import { mkdirSync, writeFileSync } from 'node:fs';
import type { FamilyName } from '../../src/simulator/families/families.ts';
import { type FaultBench, startFaultBench } from '../support/fault-play.ts';
import { optionsOf } from './options.ts';

/** One fault, played as a transcript to read. */
interface Scene {
  readonly name: string;
  readonly about: readonly string[];
  readonly family: FamilyName;
  readonly fault: string;
  /** The fault is there before the gateway starts. */
  readonly fromStart?: boolean;
  readonly capacity?: number;
  readonly texts: number;
  readonly patienceMs: number;
  /** How long is still listened afterwards. */
  readonly afterMs?: number;
}

const scenes: readonly Scene[] = [
  {
    name: 'hang-in-a-listing',
    about: [
      'The modem falls silent in the middle of AT+CMGL and would stay so for hours.',
      'The gateway waits its time, asks three times who is there, closes the port, opens it anew, and receives.',
    ],
    family: 'huawei',
    fault: 'hang:every=1,times=1,on=+CMGL,cure=reopen',
    texts: 2,
    patienceMs: 300_000,
  },
  {
    name: 'late-answer',
    about: [
      'The answer to a deletion comes 32 s late, when the gateway has long given up on it.',
      'It answers nothing else: the gateway is silent until it knows by an unmistakable answer where the modem is.',
    ],
    family: 'ec25',
    fault: 'late-reply:every=1,times=1,delay=32s,on=+CMGD',
    texts: 2,
    patienceMs: 300_000,
  },
  {
    name: 'same-text-again',
    about: [
      'The modem says OK to a deletion and keeps the text: it comes back in the next listing, twice.',
      'The register knows it: it is deleted again, and recorded once.',
    ],
    family: 'sim800',
    fault: 'cmgd-fails:every=1,times=1,how=ok,tries=2',
    texts: 1,
    patienceMs: 300_000,
    afterMs: 1_000,
  },
  {
    name: 'notification-lost',
    about: [
      'The texts lie in the modem and nothing was ever announced.',
      'The next listing of the poll interval finds them.',
    ],
    family: 'zte',
    fault: 'cmti-lost',
    texts: 2,
    patienceMs: 60_000,
    afterMs: 500,
  },
  {
    name: 'store-full-in-silence',
    about: [
      'Old texts fill every memory before the gateway starts, and nothing says so. What is sent waits at the network,',
      'which brings it only half a minute after there is room again.',
    ],
    family: 'ec25',
    fault: 'store-full:free=0,backlog=30s',
    fromStart: true,
    capacity: 5,
    texts: 3,
    patienceMs: 300_000,
  },
];

optionsOf({});
const folder = 'test/transcripts/shown';

/** Plays the scenes and writes what went over the wire into `test/transcripts/shown`. */
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
    const { visits } = await bench.recorded();
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

interface TimedLine {
  readonly atMs: number;
  readonly order: number;
  readonly line: string;
}

function linesOf(bench: FaultBench, fromMs: number): string[] {
  const wire = bench.wire.flatMap(({ atMs, order, direction, octets }): TimedLine[] =>
    octets
      .split(/[\r\n]+/)
      .filter((line) => line !== '')
      .map((line) => ({ atMs, order, line: `${direction === 'in' ? '>' : '<'}  ${shortened(line)}` })),
  );
  const said = bench.log.flatMap(({ atMs, order, event, fields }): TimedLine[] =>
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

/** The beginning of a PDU (the service centre) and its length; the rest is a visitor's number and words. */
function shortened(line: string): string {
  const control = line.replaceAll('\u001b', '<ESC>').replaceAll('\u001a', '<SUB>');
  return /^[0-9A-F]{40,}$/.test(control)
    ? `${control.slice(0, 16)}… (${control.length / 2} octets)`
    : control;
}
