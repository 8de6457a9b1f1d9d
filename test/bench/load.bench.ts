import { readdirSync, readFileSync } from 'node:fs';
import { runLengthOf } from './options.ts';
import { type MeasuredSession, withReceiver } from './peers/measured-modem.ts';
import { describeReceiver, peerReceivers, visitlog } from './peers/receivers.ts';
import type { Figure } from './report.ts';
import { report } from './report.ts';

const modem = { slots: 50, latencyMs: 0, baudRate: null };
const legs = 10;
/** Of USER_HZ, which is 100 on every Linux that Node runs on. */
const msPerTick = 10;

interface Load {
  readonly texts: number;
  /** For each leg. */
  readonly cpuMs: readonly number[];
  readonly rssMiB: readonly number[];
}

/** CPU for each text, and memory after many. */
const runLength = runLengthOf(process.argv.slice(2));
const legTexts = runLength.choose(3_000, 20_000);
const peerMs = runLength.choose(8_000, 30_000);
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
report('load', figures, [...notes, ...[visitlog, ...peers].map(describeReceiver), ...absent]);

async function loadOf(session: MeasuredSession, times: number, texts: number, forMs: number): Promise<Load> {
  const { modem: measured, receiver } = session;
  const cpuMs: number[] = [];
  const rssMiB: number[] = [];
  let total = 0;
  for (let leg = 0; leg < times; leg += 1) {
    const before = useOf(receiver.pid ?? 0);
    const order = { kind: 'stream', texts: Math.min(texts, Number.MAX_SAFE_INTEGER), forMs } as const;
    const streamed = await measured.carryOut(order, forMs + 10_000);
    const after = useOf(receiver.pid ?? 0);
    total += streamed.texts;
    cpuMs.push((after.cpuMs - before.cpuMs) / streamed.texts);
    rssMiB.push(after.rssMiB);
  }
  return { texts: total, cpuMs, rssMiB };
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

interface Use {
  readonly cpuMs: number;
  readonly rssMiB: number;
}

/** What a process and its children use: CPU since their start, memory at the moment. */
function useOf(pid: number): Use {
  const parts = [pid, ...childrenOf(pid)].map(useOfOne);
  return {
    cpuMs: parts.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    rssMiB: parts.reduce((sum, { rssMiB }) => sum + rssMiB, 0),
  };
}

function useOfOne(pid: number): Use {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const [, kB = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { cpuMs: (Number(fields[11]) + Number(fields[12])) * msPerTick, rssMiB: Number(kB) / 1_024 };
}

function childrenOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return children.flatMap((child) => [child, ...childrenOf(child)]);
}
