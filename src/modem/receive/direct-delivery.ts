import type { Clock, Timer } from '../../base/clock.ts';
import { retryWaitMs } from '../recover/recovery.ts';
import type { Arrival } from './arrival.ts';

/** Texts that are in the register. */
export interface TakenDirects {
  /** Resolves to whether the network may be told that it need not send them again. */
  readonly mayAcknowledge: Promise<boolean>;
}

interface DirectOptions {
  readonly clock: Clock;
  /** Resolves once the register has all of them on disk; rejects if it has none of them. Undefined: they may be acknowledged. */
  readonly accept: (arrivals: readonly Arrival[]) => Promise<TakenDirects | undefined>;
  /**
   * Keeps a text that the register has refused in a place that survives the end of the program, and returns the text as
   * it is offered from now on; null if that failed: it is asked again at the next refusal. Never throws.
   */
  readonly keep?: (arrival: Arrival) => Arrival | null;
}

/**
 * The owner of texts that came directly (+CMT, +CDS): no modem holds them. It needs no modem, so it outlives sessions,
 * and a text is offered to the register the moment it is whole, whatever the line does.
 */
export interface DirectDelivery {
  /** Texts that the register has refused so far. */
  readonly waiting: number;
  /** Resolves once the register has the text, to whether it may be acknowledged. Never rejects. */
  put(arrival: Arrival): Promise<boolean>;
  /** Offers texts that an earlier run has kept. */
  resume(kept: readonly Arrival[]): void;
  /** Called when `waiting` has changed. One watcher at a time. */
  watch(changed: () => void): void;
  /** Tries once more unless `isHopeless`, and never again. Returns how many texts are kept nowhere. */
  stop(isHopeless?: boolean): Promise<number>;
}

interface WaitingText {
  arrival: Arrival;
  isKept: boolean;
  readonly taken: (mayAcknowledge: boolean | Promise<boolean>) => void;
}

/** In one transaction. */
const mostAtOnce = 100;

/** Offers in order. After a refusal everything waits, longer each time. */
export function createDirectDelivery({ clock, accept, keep = () => null }: DirectOptions): DirectDelivery {
  const queue: WaitingText[] = [];
  let refusals = 0;
  let retry: Timer | null = null;
  let offering: Promise<void> | null = null;
  let isStopped = false;
  let changed = (): void => {};

  async function offerAll(): Promise<void> {
    retry?.cancel();
    retry = null;
    while (queue.length > 0) {
      const batch = queue.slice(0, mostAtOnce);
      let directs: TakenDirects | undefined;
      try {
        directs = await accept(batch.map(({ arrival }) => arrival));
      } catch {
        refuse();
        return;
      }
      const wasRefused = refusals > 0;
      refusals = 0;
      queue.splice(0, batch.length);
      for (const { taken } of batch) taken(directs?.mayAcknowledge ?? true);
      if (wasRefused) changed();
    }
  }

  function refuse(): void {
    const waitMs = retryWaitMs(refusals);
    refusals += 1;
    keepAll();
    if (!isStopped) retry = clock.after(waitMs, () => void offer());
    changed();
  }

  function keepAll(): void {
    for (const waiting of queue) {
      if (waiting.isKept) continue;
      const kept = keep(waiting.arrival);
      if (kept === null) continue;
      waiting.arrival = kept;
      waiting.isKept = true;
    }
  }

  function offer(): Promise<void> {
    offering ??= offerAll().finally(() => {
      offering = null;
    });
    return offering;
  }

  return {
    get waiting() {
      return refusals > 0 ? queue.length : 0;
    },
    put(arrival) {
      const taken = new Promise<boolean>((resolve) => {
        queue.push({ arrival, isKept: false, taken: resolve });
      });
      // Asked anew for each text, a register that is locked would stop the whole program for a second each time.
      if (retry === null) void offer();
      else {
        keepAll();
        changed();
      }
      return taken;
    },
    resume(kept) {
      for (const arrival of kept) queue.push({ arrival, isKept: true, taken: () => {} });
      void offer();
    },
    watch(listener) {
      changed = listener;
    },
    async stop(isHopeless = false) {
      isStopped = true;
      retry?.cancel();
      if (isHopeless) keepAll();
      else await offer();
      return queue.filter(({ isKept }) => !isKept).length;
    },
  };
}
