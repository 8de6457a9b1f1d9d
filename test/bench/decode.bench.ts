import { readFileSync } from 'node:fs';
import { contentOf } from '../../src/sms/content.ts';
import { decodePduHex } from '../../src/sms/pdu.ts';
import { runLengthOf } from './options.ts';
import { type Decoder, npmDecoders } from './peers/npm-decoders.ts';
import { type Figure, rangeOf, report } from './report.ts';

interface CorpusEntry {
  readonly kind: string;
  readonly pdu: string;
  readonly has_smsc: boolean;
}

/** PDUs a second on one core, from hexadecimal to text, on real vectors that every library reads. */
const runLength = runLengthOf(process.argv.slice(2));
const roundMs = runLength.choose(300, 1_000);
const rounds = runLength.choose(5, 9);
const { decoders, absent } = npmDecoders(runLength.mayInstall);
const vectors = JSON.parse(readFileSync('test/golden/pdu-corpus.json', 'utf8')) as CorpusEntry[];
const ours: Decoder = { name: 'visitlog', decode: textOf };
const delivers = vectors
  .filter(({ kind, has_smsc }) => kind === 'deliver' && has_smsc)
  .map(({ pdu }) => pdu)
  .filter((pdu) => isRead(ours, pdu));
const readBy = new Map(decoders.map((decoder) => [decoder, delivers.filter((pdu) => isRead(decoder, pdu))]));
/** The same work for all. */
const mix = delivers.filter((pdu) => decoders.every((decoder) => readBy.get(decoder)?.includes(pdu)));
const rates = new Map<Decoder, number[]>([ours, ...decoders].map((decoder) => [decoder, []]));

for (let round = 0; round <= rounds; round += 1)
  for (const decoder of rates.keys()) {
    const rate = rateOf(decoder);
    // The first round warms the code up.
    if (round > 0) rates.get(decoder)?.push(rate);
  }

const values = rates.get(ours) ?? [];
const medianOf = (decoder: Decoder): number => rangeOf(rates.get(decoder) ?? []).median;
const best = [...decoders].sort((a, b) => medianOf(b) - medianOf(a))[0];
const figures: Figure[] = [
  { figure: 'decode', unit: 'PDUs/s', values, beside: null, target: { atLeast: 500_000 } },
  ...decoders.map((decoder): Figure => {
    const beside = { name: decoder.name, values: rates.get(decoder) ?? [] };
    const target = decoder === best ? { atLeast: 5 } : null;
    return { figure: 'decode', unit: 'PDUs/s', values, beside, target };
  }),
];
report('decode', figures, [
  `${mix.length} real SMS-DELIVERs, those that every library reads, of ${delivers.length}`,
  ...decoders.map((decoder) => `${decoder.name} reads ${readBy.get(decoder)?.length} of them`),
  'the 500,000 are for a core of 3 GHz',
  "gammu's decoder is reached through a phone only: no command of it takes a PDU",
  ...absent,
]);

function textOf(pdu: string): unknown {
  const decoded = decodePduHex(pdu);
  if (!decoded.ok) return null;
  const { dcs, udh, userData } = decoded.value.tpdu;
  return userData === null ? null : contentOf({ dcs, udh, userData }).text;
}

function isRead(decoder: Decoder, pdu: string): boolean {
  try {
    return typeof decoder.decode(pdu) === 'string';
  } catch {
    return false;
  }
}

/** By CPU time, so that other load on this machine does not count. */
function rateOf(decoder: Decoder): number {
  let count = 0;
  const before = process.cpuUsage();
  const endMs = performance.now() + roundMs;
  while (performance.now() < endMs) {
    for (const pdu of mix) decoder.decode(pdu);
    count += mix.length;
  }
  const { user, system } = process.cpuUsage(before);
  return (count / (user + system)) * 1e6;
}
