import type { Clock, Timer } from '../base/clock.ts';

/** A wire that carries `baudRate` / 10 octets a second (8N1), in slices as a USB serial chip hands them over. */
export interface Wire {
  send(text: string): void;
  clear(): void;
}

const sliceMs = 16;

export function createWire(clock: Clock, baudRate: number, deliver: (text: string) => void): Wire {
  const octetMs = 10_000 / baudRate;
  const slice = Math.max(1, Math.floor(sliceMs / octetMs));
  const waiting: { dueMs: number; text: string }[] = [];
  let freeAtMs = 0;
  let timer: Timer | null = null;

  function schedule(): void {
    const first = waiting[0];
    if (!first || timer) return;
    timer = clock.after(Math.max(0, first.dueMs - clock.monotonicMs()), () => {
      timer = null;
      const nowMs = clock.monotonicMs();
      while (waiting[0] && waiting[0].dueMs <= nowMs + 0.5) deliver(waiting.shift()?.text ?? '');
      schedule();
    });
  }

  return {
    send(text) {
      freeAtMs = Math.max(freeAtMs, clock.monotonicMs());
      for (let at = 0; at < text.length; at += slice) {
        const part = text.slice(at, at + slice);
        freeAtMs += part.length * octetMs;
        waiting.push({ dueMs: freeAtMs, text: part });
      }
      schedule();
    },
    clear() {
      waiting.length = 0;
      timer?.cancel();
      timer = null;
    },
  };
}
