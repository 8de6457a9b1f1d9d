import { runLengthOf } from './options.ts';
import { withReceiver } from './peers/measured-modem.ts';
import type { ReceivingProgram } from './peers/receivers.ts';
import { bareHost, describeReceiver, peerReceivers, visitlog } from './peers/receivers.ts';
import type { Figure } from './report.ts';
import { report } from './report.ts';

const modem = { slots: 50, latencyMs: 0, baudRate: null };

/** Texts a second while the network always has another for a memory of 50 slots. */
const runLength = runLengthOf(process.argv.slice(2));
const forMs = runLength.choose(8_000, 20_000);
const runs = runLength.choose(2, 3);
const { peers, absent } = peerReceivers();
const rates = new Map<ReceivingProgram, number[]>();

for (let run = 0; run < runs; run += 1)
  for (const receiver of [visitlog, ...peers, bareHost]) {
    const streamed = await withReceiver(receiver, modem, 2, ({ modem: { carryOut } }) =>
      carryOut({ kind: 'stream', texts: Number.MAX_SAFE_INTEGER, forMs }),
    );
    if (streamed && streamed.texts > 0)
      rates.set(receiver, [...(rates.get(receiver) ?? []), (streamed.texts / streamed.tookMs) * 1_000]);
  }

const figures = [...peers, bareHost].flatMap((peer): Figure[] => {
  const values = rates.get(peer);
  if (values === undefined) return [];
  const target = peer === bareHost ? null : { atLeast: 10 };
  const beside = { name: peer.name, values };
  return [{ figure: 'stream, 50 slots', unit: 'texts/s', values: rates.get(visitlog) ?? [], beside, target }];
});
report('stream', figures, [...[visitlog, ...peers, bareHost].map(describeReceiver), ...absent]);
