import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { composeText } from '../../../src/simulator/compose-text.ts';
import { serveSmsc } from '../../../src/simulator/smsc/serve-smsc.ts';
import { createSmsc } from '../../../src/simulator/smsc/smsc.ts';
import { openRegister } from '../../../src/store/register.ts';
import { startKannel, storedByKannel } from './kannel.ts';
import { type LinkReceiver, startVisitlog } from './receiver.ts';

export interface FaultPlay {
  /** As `simulate --smpp --fault` takes them. */
  readonly faults: readonly string[];
  /** Each text has two parts. */
  readonly inParts?: boolean;
  /** The receiver is killed (SIGKILL) in the middle, and started anew. */
  readonly isKilled?: boolean;
}

export interface Played {
  readonly sent: number;
  readonly lost: number;
  readonly doubled: number;
  /** Texts that the centre still held when the patience was over. */
  readonly left: number;
  /** What was kept under senders that never wrote: damaged texts handed on, and the like. */
  readonly strange: number;
}

interface Peer {
  readonly name: string;
  start(folder: string, port: number): LinkReceiver | Promise<LinkReceiver>;
  /** The sender of each text that is kept; of a text that is kept in parts, of each part. */
  senders(folder: string): Promise<readonly string[]>;
  readonly joinsParts: boolean;
}

export const visitlogPeer: Peer = {
  name: 'visitlog',
  start: startVisitlog,
  joinsParts: true,
  async senders(folder) {
    const register = openRegister({
      dataDir: join(folder, 'data'),
      keyFile: join(folder, 'data', 'keyring'),
      ...{ retentionMs: 28 * dayMs, algorithm: 'aes-256-gcm', clock: systemClock, role: 'reader' },
    });
    try {
      const ever = { fromMs: 0, toMs: systemClock.wallMs() + dayMs };
      // What staff would see; notices and what could not be read are nobody's visit.
      return (await collect(register.visits(ever))).map(({ visitor }) => visitor);
    } finally {
      register.close();
    }
  },
};

export const kannelPeer: Peer = {
  name: 'Kannel',
  start: (folder, port) => startKannel(folder, port, false),
  joinsParts: false,
  senders: async (folder) => storedByKannel(folder).map(({ sender }) => sender.replace(/^\+?82/, '0')),
};

const firstMs = 5_000;

/** Plays a fault of the link against a receiver: what its store has of the texts that the centre was given. */
export async function playFault(
  peer: Peer,
  { faults, inParts = false, isKilled = false }: FaultPlay,
  texts: number,
  patienceMs: number,
): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-'));
  const smsc = createSmsc({ clock: systemClock, faults, retryMs: 1_000 });
  const server = await serveSmsc(smsc, { host: '127.0.0.1', port: 0 });
  let receiver = await peer.start(folder, server.port);
  const senders = Array.from({ length: texts }, (_, index) => `010555${String(10_000 + index)}`);
  const send = (from: number, to: number) => {
    for (const sender of senders.slice(from, to)) smsc.send(composeOne(sender, inParts));
  };
  const settled = async (limitMs: number) => {
    const endMs = performance.now() + limitMs;
    while (smsc.left() > 0 && performance.now() < endMs) await pause(50);
  };
  try {
    const half = Math.floor(texts / 2);
    send(0, half);
    await settled(isKilled ? firstMs : patienceMs / 2);
    if (isKilled) {
      for (const pid of receiver.pids) process.kill(pid, 'SIGKILL');
      await receiver.stop();
      receiver = await peer.start(folder, server.port);
    }
    send(half, texts);
    await settled(patienceMs);
    const left = smsc.left();
    // The store is written anew each ten seconds, and at the end.
    await receiver.stop();
    return { ...count(senders, await peer.senders(folder), inParts && !peer.joinsParts ? 2 : 1), left };
  } finally {
    await receiver.stop();
    smsc.dispose();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function composeOne(sender: string, inParts: boolean) {
  const text = inParts ? `${'가나다라마바사아자차'.repeat(9)} 031-324-2114` : '031-324-2114';
  return composeText({
    sender,
    text,
    sentAtMs: systemClock.wallMs(),
    encoding: { alphabet: inParts ? 'ucs2' : 'gsm7' },
  });
}

function count(sent: readonly string[], kept: readonly string[], each: number): Omit<Played, 'left'> {
  const counts = new Map(sent.map((sender) => [sender, 0]));
  let strange = 0;
  for (const sender of kept) {
    const before = counts.get(sender);
    if (before === undefined) strange += 1;
    else counts.set(sender, before + 1);
  }
  const all = [...counts.values()];
  return {
    sent: sent.length,
    lost: all.filter((times) => times < each).length,
    doubled: all.reduce((sum, times) => sum + Math.max(0, Math.ceil((times - each) / each)), 0),
    strange,
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
