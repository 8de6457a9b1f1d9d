import type { ChildProcess } from 'node:child_process';
import type { Figure } from './figures.ts';
import { introduced, peerReceivers } from './peers/receivers.ts';
import { type Session, withReceiver } from './peers/session.ts';
import { visitlog } from './peers/visitlog.ts';
import { planOf } from './plan.ts';
import { type Use, useOf } from './process-use.ts';
import { report } from './report.ts';

const modem = { slots: 50, latencyMs: 0, baudRate: null };
const legs = 10;

interface Load {
  readonly texts: number;
  /** Of each leg. */
  readonly cpuMs: readonly number[];
  readonly rssMiB: readonly number[];
}

/** CPU for each text, and memory after many. */
const plan = planOf(process.argv.slice(2));
const legTexts = plan.choose(3_000, 20_000);
const peerMs = plan.choose(8_000, 30_000);
const { peers, absent } = peerReceivers();
const ours = await withReceiver(visitlog, modem, 2, (session) => loadOf(session, legs, legTexts, 600_000));
const notes = [`ours after ${ours?.texts ?? 0} texts`];
const figures: Figure[] = [];
if (ours) {
  const values = ours.cpuMs;
  const after = ours.rssMiB.slice(-1);
  const grown = [(ours.rssMiB.at(-1) ?? 0) - (ours.rssMiB[legs / 2] ?? 0)];
  figures.push(
    { figure: 'CPU a text', unit: 'ms', values, beside: null, target: { atMost: 0.5 } },
    { figure: 'memory after them', unit: 'MiB', values: after, beside: null, target: { atMost: 90 } },
    { figure: 'growth, later half', unit: 'MiB', values: grown, beside: null, target: { atMost: 4 } },
  );
  for (const peer of peers) {
    const theirs = await withReceiver(peer, modem, 2, (session) => loadOf(session, 1, Infinity, peerMs));
    if (!theirs || theirs.texts === 0) continue;
    notes.push(`${peer.name} after ${theirs.texts} texts, ${peerMs / 1_000} s`);
    figures.push(
      besidePeer('CPU a text', 'ms', values, peer.name, theirs.cpuMs),
      besidePeer('memory', 'MiB', after, peer.name, theirs.rssMiB),
    );
  }
}
report('load', figures, [...notes, ...[visitlog, ...peers].map(introduced), ...absent]);

async function loadOf(session: Session, times: number, texts: number, forMs: number): Promise<Load> {
  const { modem: measured, receiver } = session;
  const cpuMs: number[] = [];
  const rssMiB: number[] = [];
  let total = 0;
  for (let leg = 0; leg < times; leg += 1) {
    const before = use(receiver);
    const order = { kind: 'stream', texts: Math.min(texts, Number.MAX_SAFE_INTEGER), forMs } as const;
    const streamed = await measured.carryOut(order, forMs + 10_000);
    const after = use(receiver);
    total += streamed.texts;
    cpuMs.push((after.cpuMs - before.cpuMs) / streamed.texts);
    rssMiB.push(after.rssMiB);
  }
  return { texts: total, cpuMs, rssMiB };
}

function use({ pid = 0 }: ChildProcess): Use {
  return useOf(pid);
}

function besidePeer(
  figure: string,
  unit: string,
  values: readonly number[],
  name: string,
  theirs: readonly number[],
): Figure {
  return { figure, unit, values, beside: { name, values: theirs }, target: null };
}
