import { runLengthOf } from './options.ts';
import { withReceiver } from './peers/measured-modem.ts';
import type { ReceivingProgram } from './peers/receivers.ts';
import { describeReceiver, peerReceivers, visitlog } from './peers/receivers.ts';
import type { Figure } from './report.ts';
import { report } from './report.ts';

const backlog = 50;
const modem = { slots: backlog, latencyMs: 0, baudRate: null };

/** AT command lines for each text: of a backlog, and of single texts with all that is asked between them. */
const runLength = runLengthOf(process.argv.slice(2));
const singles = runLength.choose(10, 30);
const { peers, absent } = peerReceivers();
const counted = new Map<ReceivingProgram, { readonly backlog: number; readonly single: number }>();

for (const receiver of [visitlog, ...peers]) {
  const counts = await withReceiver(receiver, modem, backlog, async ({ first, modem: { carryOut } }) => {
    const { commands } = await carryOut({ kind: 'singles', texts: singles });
    return { backlog: first.commands / backlog, single: commands / singles };
  });
  if (counts) counted.set(receiver, counts);
}

const bounds = { backlog: { atMost: 1.2 }, single: { atMost: 2.5 } };
const figures = (['backlog', 'single'] as const).flatMap((kind): Figure[] => {
  const values = [counted.get(visitlog)?.[kind] ?? Number.NaN];
  const figure = `commands a text, ${kind}`;
  return [
    { figure, unit: '', values, beside: null, target: bounds[kind] },
    ...peers.flatMap((peer): Figure[] => {
      const theirs = counted.get(peer)?.[kind];
      const beside = { name: peer.name, values: [theirs ?? 0] };
      return theirs === undefined ? [] : [{ figure, unit: '', values, beside, target: null }];
    }),
  ];
});
report('commands', figures, [...[visitlog, ...peers].map(describeReceiver), ...absent]);
