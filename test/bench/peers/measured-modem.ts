import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bridgeToPty } from '../../support/pty-bridge.ts';
import type { ReceivingProgram } from './receivers.ts';

/** A task for a measured modem; it answers when the task is done. */
export type ModemOrder =
  /** Stores that many texts; done when a host has read and deleted them all. */
  | { readonly kind: 'drain'; readonly texts: number }
  /** Sends that many texts, each when the one before is deleted. */
  | { readonly kind: 'singles'; readonly texts: number }
  /** The same for that much time, with rests of `restMs`, from now on. */
  | { readonly kind: 'steady'; readonly forMs: number; readonly restMs: number }
  /** The network always has another text, until that many are deleted or that much time is over. */
  | { readonly kind: 'stream'; readonly texts: number; readonly forMs: number };

export interface ModemAnswer {
  readonly texts: number;
  /** From the first command that reads to the last that deletes; of a stream, from its first deletion on. */
  readonly tookMs: number;
  /** Command lines in that time. */
  readonly commands: number;
  /** Octets both ways in that time. */
  readonly octets: number;
  /** For `singles` and `steady`: from printing the notification until the deletion command arrives, for each text. */
  readonly waitsMs: readonly number[];
}

export interface ModemSetting {
  readonly slots: number;
  /** Time that a command takes. */
  readonly latencyMs: number;
  /** Null: octets are there at once. */
  readonly baudRate: number | null;
}

/** A simulated modem in a process of its own that measures the program which uses it. */
interface ModemProcess {
  /** Of TCP, at 127.0.0.1. */
  readonly port: number;
  /** Rejects if it takes longer than `limitMs`. */
  carryOut(order: ModemOrder, limitMs?: number): Promise<ModemAnswer>;
  close(): Promise<void>;
}

/** The same behind a kernel pseudo-terminal. */
interface MeasuredModem extends ModemProcess {
  /** The path to open. */
  readonly link: string;
}

export async function startModem(folder: string, setting: ModemSetting): Promise<MeasuredModem> {
  const modem = await startModemProcess(setting);
  const link = `${folder}/ttyMODEM0`;
  const bridge = await bridgeToPty({ host: '127.0.0.1', port: modem.port, link });
  return {
    ...modem,
    link,
    async close() {
      await bridge.close();
      await modem.close();
    },
  };
}

export async function startModemProcess(setting: ModemSetting): Promise<ModemProcess> {
  const script = fileURLToPath(new URL('./modem-process.js', import.meta.url));
  const child = fork(script, [JSON.stringify(setting)], { execArgv: [] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    port,
    async carryOut(order, limitMs = 40_000) {
      const limit = new AbortController();
      const timer = setTimeout(() => limit.abort(), limitMs);
      try {
        const answered = once(child, 'message', { signal: limit.signal });
        child.send(order);
        const [{ answer }] = (await answered) as [{ answer: ModemAnswer }];
        return answer;
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

export interface MeasuredSession {
  readonly modem: MeasuredModem;
  readonly receiver: ChildProcess;
  /** For the texts that were in the modem when the receiver was started. */
  readonly first: ModemAnswer;
}

/**
 * Starts a receiver on a modem in which `texts` lie, waits until they are gone and goes on with `measure`. Everything
 * is removed afterwards. Null if the receiver did not get so far.
 */
export async function withReceiver<T>(
  receiver: ReceivingProgram,
  setting: ModemSetting,
  texts: number,
  measure: (session: MeasuredSession) => Promise<T>,
): Promise<T | null> {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-'));
  mkdirSync(`${folder}/kept`);
  const modem = await startModem(folder, setting);
  const drained = modem.carryOut({ kind: 'drain', texts });
  const child = receiver.start(modem.link, `${folder}/kept`);
  try {
    const first = await Promise.race([drained, once(child, 'exit').then(() => null)]);
    return first === null ? null : await measure({ modem, receiver: child, first });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ABORT_ERR') throw error;
    return null;
  } finally {
    await end(child);
    await modem.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 6_000);
  await exit;
  clearTimeout(patience);
}
