import { runLengthOf } from './options.ts';
import { withReceiver } from './peers/measured-modem.ts';
import type { ReceivingProgram } from './peers/receivers.ts';
import { bareHost, visitlog } from './peers/receivers.ts';
import type { Figure } from './report.ts';
import { report } from './report.ts';

const baudRate = 115_200;
const latencyMs = 10;
const texts = 100;
const modem = { slots: texts, latencyMs, baudRate };

/** A full modem on a serial wire, with a delay before each answer: for which share of the time the wire was needed. */
const runLength = runLengthOf(process.argv.slice(2));
const runs = runLength.choose(2, 5);
const rates = new Map<ReceivingProgram, number[]>();
const shares: number[] = [];

for (let run = 0; run < runs; run += 1)
  for (const receiver of [visitlog, bareHost]) {
    const first = await withReceiver(receiver, modem, texts, async (session) => session.first);
    if (!first) continue;
    const { commands, octets, tookMs } = first;
    rates.set(receiver, [...(rates.get(receiver) ?? []), (texts / tookMs) * 1_000]);
    const neededMs = (octets * 10_000) / baudRate + commands * latencyMs;
    if (receiver === visitlog) shares.push(neededMs / tookMs);
  }

const alone = { name: bareHost.name, values: rates.get(bareHost) ?? [] };
const figures: Figure[] = [
  {
    figure: 'drain of 100 at 115,200 baud',
    unit: 'texts/s',
    values: rates.get(visitlog) ?? [],
    beside: alone,
    target: { atLeast: 0.9 },
  },
  { figure: 'octets and answer times / time', unit: '', values: shares, beside: null, target: null },
];
report('line-rate', figures, [
  `each command is answered after ${latencyMs} ms; the modem alone sends the same commands and does nothing else`,
]);
