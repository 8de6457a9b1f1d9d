import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLengthOf } from './options.ts';
import { withReceiver } from './peers/measured-modem.ts';
import type { ReceivingProgram } from './peers/receivers.ts';
import { bareHost, describeReceiver, peerReceivers, visitlog } from './peers/receivers.ts';
import { type Figure, quantile, report } from './report.ts';

const modem = { slots: 50, latencyMs: 0, baudRate: null };
/** About what SQLite writes for a text: a few pages and their frames. */
const bytes = Buffer.alloc(4 * 4_096, 1);

/** From the notification to the deletion, one text at a time; the bound is the time of the disk and the modem alone. */
const runLength = runLengthOf(process.argv.slice(2));
const runs = runLength.choose(2, 5);
const { peers, absent } = peerReceivers();
const p50 = new Map<ReceivingProgram, number[]>();
const p99 = new Map<ReceivingProgram, number[]>();
const syncs: number[] = [];
const bounds: number[] = [];
const warm: number[] = [];
/** For a gateway that has run for a while, so that its code is compiled. */
const warmUp = { kind: 'stream', texts: runLength.choose(10_000, 20_000), forMs: 60_000 } as const;

function textsFor(receiver: ReceivingProgram): number {
  return peers.includes(receiver) ? runLength.choose(8, 30) : runLength.choose(60, 200);
}

for (let run = 0; run < runs; run += 1)
  for (const receiver of [visitlog, bareHost, ...peers]) {
    if (run > 0 && peers.includes(receiver)) continue;
    syncs.push(...measureSyncs(25));
    const order = { kind: 'singles', texts: textsFor(receiver) } as const;
    const singles = await withReceiver(receiver, modem, 2, ({ modem: { carryOut } }) => carryOut(order));
    if (!singles) continue;
    p50.set(receiver, [...(p50.get(receiver) ?? []), quantile(singles.waitsMs, 0.5)]);
    p99.set(receiver, [...(p99.get(receiver) ?? []), quantile(singles.waitsMs, 0.99)]);
    if (receiver === bareHost) bounds.push(2 * quantile(syncs, 0.5) + quantile(singles.waitsMs, 0.5));
    if (receiver !== visitlog) continue;
    const later = await withReceiver(visitlog, modem, 2, async ({ modem: { carryOut } }) => {
      await carryOut(warmUp, warmUp.forMs + 10_000);
      return carryOut(order);
    });
    if (later) warm.push(quantile(later.waitsMs, 0.5));
  }

const ours = { p50: p50.get(visitlog) ?? [], p99: p99.get(visitlog) ?? [] };
const limit = { name: '2 fdatasync + the modem alone', values: bounds };
const spread = { name: 'our p50', values: ours.p50 };
const figures: Figure[] = [
  { figure: 'latency p50', unit: 'ms', values: ours.p50, beside: limit, target: { atMost: 1 } },
  { figure: `p50 after ${warmUp.texts} texts`, unit: 'ms', values: warm, beside: limit, target: null },
  { figure: 'latency p99', unit: 'ms', values: ours.p99, beside: spread, target: { atMost: 5 } },
  ...peers.flatMap((peer) => [
    besidePeer('latency p50', ours.p50, peer.name, p50.get(peer)),
    besidePeer('latency p99', ours.p99, peer.name, p99.get(peer)),
  ]),
].filter((figure) => figure !== null);
const syncNote = `one write and fdatasync here: p50 ${quantile(syncs, 0.5).toFixed(2)} ms, p99 ${quantile(syncs, 0.99).toFixed(2)} ms`;
report('latency', figures, [syncNote, ...[visitlog, ...peers, bareHost].map(describeReceiver), ...absent]);

function besidePeer(
  figure: string,
  values: readonly number[],
  name: string,
  theirs: readonly number[] | undefined,
): Figure | null {
  return theirs ? { figure, unit: 'ms', values, beside: { name, values: theirs }, target: null } : null;
}

/** How long this disk takes to write and sync, in ms each, in the folder of the measured registers. */
function measureSyncs(times: number): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-'));
  const file = openSync(`${folder}/synced`, 'w');
  const tookMs: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const beganMs = performance.now();
    writeSync(file, bytes);
    fdatasyncSync(file);
    tookMs.push(performance.now() - beganMs);
  }
  closeSync(file);
  rmSync(folder, { recursive: true, force: true });
  return tookMs;
}
