import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bridgeToPty } from '../../support/pty-bridge.ts';
import type { ModemAnswer, ModemOrder, ModemSetting } from './modem-orders.ts';

/** A simulated modem behind a kernel pseudo-terminal, which measures whoever has that open. */
export interface MeasuredModem {
  /** What to open. */
  readonly link: string;
  /** Rejects where it takes longer than `limitMs`. */
  carryOut(order: ModemOrder, limitMs?: number): Promise<ModemAnswer>;
  close(): Promise<void>;
}

export async function startModem(folder: string, setting: ModemSetting): Promise<MeasuredModem> {
  const script = fileURLToPath(new URL('./modem-process.js', import.meta.url));
  const child = fork(script, [JSON.stringify(setting)], { execArgv: [] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const link = `${folder}/ttyMODEM0`;
  const bridge = await bridgeToPty({ host: '127.0.0.1', port, link });
  return {
    link,
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
      await bridge.close();
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
