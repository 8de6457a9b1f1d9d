import { runLengthOf } from './options.ts';
import { withReceiver } from './peers/measured-modem.ts';
import type { ReceivingProgram } from './peers/receivers.ts';
import { bareHost, describeReceiver, peerReceivers, smstools, visitlog } from './peers/receivers.ts';
import type { Figure } from './report.ts';
import { report } from './report.ts';

const texts = 250;
const modem = { slots: texts, latencyMs: 0, baudRate: null };

/** Texts a second of a full modem, from the first command that reads to the last that deletes. */
const runLength = runLengthOf(process.argv.slice(2));
const runs = runLength.choose(3, 7);
const { peers: all, absent } = peerReceivers();
const peers = all.filter((peer) => peer !== smstools);
const rates = new Map<ReceivingProgram, number[]>();

for (let run = 0; run < runs; run += 1)
  for (const receiver of [visitlog, ...peers, bareHost]) {
    if (receiver.name === 'smstools' && run > 0) continue;
    const first = await withReceiver(receiver, modem, texts, async (session) => session.first);
    if (first) rates.set(receiver, [...(rates.get(receiver) ?? []), (texts / first.tookMs) * 1_000]);
  }

const figures = [...peers, bareHost].flatMap((peer): Figure[] => {
  const values = rates.get(peer);
  if (values === undefined) return [];
  const target = peer !== bareHost ? { atLeast: 1.5 } : null;
  const beside = { name: peer.name, values };
  return [{ figure: 'drain of 250', unit: 'texts/s', values: rates.get(visitlog) ?? [], beside, target }];
});
report('drain', figures, [
  ...[visitlog, ...peers, bareHost].map(describeReceiver),
  'smstools is left out: it deletes four texts a second (see stream)',
  ...absent,
]);
