import { mkdirSync, writeFileSync } from 'node:fs';
import { linkFaults } from '../../src/simulator/smsc/link-faults.ts';
import { optionsOf } from './options.ts';
import { kannelVersion } from './smpp/kannel.ts';
import { type FaultPlay, kannelPeer, type Played, playFault, visitlogPeer } from './smpp/play-fault.ts';

/*
 * The faults of a carrier's link, played by the same centre against visitlog and against Kannel's bearerbox: texts that are
 * lost, and texts that are kept twice. Ends with 1 if visitlog loses or doubles one.
 */
const values = optionsOf({
  texts: { type: 'string', default: '40' },
  beside: { type: 'string', default: '4' },
  patience: { type: 'string', default: '120' },
  only: { type: 'string', default: 'all' },
});

/** Left out: L17, whose password is tried again after five minutes, and L24, which is about the register. */
const plays: readonly FaultPlay[] = [
  { faults: [] },
  { faults: ['dead-enquire'] },
  { faults: ['half-open:10'] },
  { faults: ['cut-before-resp:5'] },
  { faults: ['resp-lost:5'] },
  { faults: ['resend-at-once'] },
  { faults: ['resend-later:10s', 'cut-before-resp:5'] },
  { faults: ['resend-later:10s', 'cut-before-resp:5'], isKilled: true },
  { faults: ['throttled:2'] },
  { faults: ['wrong-length:10'] },
  { faults: ['huge-length:10'] },
  { faults: ['cut-short:10'] },
  { faults: ['unknown-parameters'] },
  { faults: ['message-payload'] },
  { faults: ['sar-parts'], inParts: true },
  { faults: ['parts-reversed'], inParts: true },
  { faults: ['two-binds:2'] },
  { faults: ['slow-loris:10'] },
  { faults: ['sequence-wraps'] },
  { faults: ['sequence-repeats'] },
  { faults: ['unbinds:10'] },
  { faults: ['unknown-command'] },
  { faults: ['receipts'] },
];

const nameOf = ({ faults, isKilled }: FaultPlay): string => {
  const [first] = faults;
  const row = first === undefined ? '' : linkFaults[first.split(':')[0] as keyof typeof linkFaults].row;
  return isKilled
    ? `L7 kill -9, ${faults.join(', ')}`
    : `${row} ${faults.join(', ') || 'a sound link'}`.trim();
};
const isWanted = (play: FaultPlay) => values.only === 'all' || nameOf(play).includes(values.only);

const version = kannelVersion();
const peers = version === null ? [visitlogPeer] : [visitlogPeer, kannelPeer];
const waiting = plays.filter(isWanted);
const results = new Map<FaultPlay, readonly Played[]>();
await Promise.all(
  Array.from({ length: Number(values.beside) }, async () => {
    for (let play = waiting.shift(); play !== undefined; play = waiting.shift()) {
      const one = play;
      const texts = Number(values.texts);
      const patienceMs = Number(values.patience) * 1_000;
      process.stderr.write(`${nameOf(one)}\n`);
      results.set(one, await Promise.all(peers.map((peer) => playFault(peer, one, texts, patienceMs))));
    }
  }),
);

const wanted = plays.filter(isWanted);
const say = (text: string) => void process.stdout.write(`${text}\n`);
const cells = (words: readonly (string | number)[]) =>
  words
    .map((word, at) => String(word).padEnd(at === 0 ? 50 : 12))
    .join('')
    .trimEnd();
say(
  `\nsmpp-faults · ${values.texts} texts each · Node ${process.version}${version === null ? '' : ` · Kannel ${version}`}`,
);
say(cells(['', ...peers.flatMap(({ name }) => [name, '', '', ''])]));
say(cells(['fault', ...peers.flatMap(() => ['lost', 'twice', 'not taken', 'strange'])]));
for (const play of wanted) {
  const figures = (results.get(play) ?? []).flatMap(({ lost, doubled, left, strange }) => [
    lost,
    doubled,
    left,
    strange,
  ]);
  say(cells([nameOf(play), ...figures]));
}
say(
  `  lost: neither kept nor held by the centre's next try within ${values.patience} s; a text that is not taken counts as lost too`,
);
say('  twice: kept once more than it was sent; strange: kept under a number that sent nothing');
say('  Kannel stores parts and joins none; it is asked for both parts of a text');
if (version === null) say('  Kannel is not installed and is not compared (Debian package kannel)');
mkdirSync('build/bench', { recursive: true });
const document = wanted.map((play) => ({
  fault: nameOf(play),
  ...Object.fromEntries(peers.map(({ name }, at) => [name, results.get(play)?.[at]])),
}));
writeFileSync(
  'build/bench/smpp-faults.json',
  `${JSON.stringify({ name: 'smpp-faults', version, plays: document }, null, 2)}\n`,
);
const faultless = wanted.every(
  (play) => (results.get(play)?.[0]?.lost ?? 1) + (results.get(play)?.[0]?.doubled ?? 1) === 0,
);
process.exitCode = faultless ? 0 : 1;
