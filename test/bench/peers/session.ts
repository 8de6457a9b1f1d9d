import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MeasuredModem, startModem } from './measured-modem.ts';
import type { ModemAnswer, ModemSetting } from './modem-orders.ts';
import type { Receiver } from './receiver.ts';

export interface Session {
  readonly modem: MeasuredModem;
  readonly receiver: ChildProcess;
  /** Of the texts that lay in the modem when the receiver was started. */
  readonly first: ModemAnswer;
}

/**
 * Starts a receiver on a modem in which `texts` lie, waits until they are gone and goes on with `measure`. Everything
 * is removed afterwards. Null where the receiver did not come so far.
 */
export async function withReceiver<T>(
  receiver: Receiver,
  setting: ModemSetting,
  texts: number,
  measure: (session: Session) => Promise<T>,
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
