import { type Clock, every, type Timer } from '../../base/clock.ts';
import type { LineReport } from '../../modem/line-report.ts';
import type { GatewayWatcher } from '../gateway-context.ts';
import type { Log } from '../log/log.ts';
import type { SweepReport } from '../sweep-loop.ts';
import type { NotifySocket } from './notify-socket.ts';
import { findStalls, type Pulses, readSigns, type Stall, type Work } from './watchdog.ts';

/** Refusals that come from outside and that a restart does not mend: the lines hold their texts meanwhile. */
const declared = new Set(['register.disk-full', 'register.busy', 'register.read-only']);

/** Counts what the gateway's parts have done, for the signs of life. */
export function createWorkLog(): { readonly watcher: GatewayWatcher; read(): Work } {
  const openings = new Map<string, number>();
  let transactions = 0;
  let refusals = 0;
  return {
    watcher: {
      onTransaction(code) {
        if (code === null) transactions += 1;
        else if (declared.has(code)) refusals += 1;
      },
      onOpening(line) {
        openings.set(line, (openings.get(line) ?? 0) + 1);
      },
    },
    read: () => ({ transactions, declared: refusals, openings }),
  };
}

export interface ServiceOptions {
  readonly socket: NotifySocket;
  readonly clock: Clock;
  readonly log: Log;
  /** How long systemd waits for a sign before it kills; null: it does not. */
  readonly watchdogMs: number | null;
}

/** Of the gateway that runs. */
export interface Served {
  reports(): ReadonlyMap<string, LineReport>;
  sweeps(): SweepReport;
  /** How it is, in a line. */
  describe(): Promise<string>;
}

/** What systemd is told of a gateway, from before its start until it stops. */
export interface ServiceNotices {
  readonly watcher: GatewayWatcher;
  /** The gateway runs: its lines are about to be tried. */
  started(gateway: Served): void;
  /** The configuration is being read again; `reloaded` follows in any case. */
  reloading(): void;
  reloaded(): void;
  /** Nothing is told after this. */
  stopping(): void;
}

/** A register that a new version brings up to date, or a large one after a power cut, may take long to open. */
const openingMs = 600_000;
const readyEveryMs = 500;
/** A line whose modem is slow is tried long enough by then: it is in its recovery, and the register is open. */
const mostTryingMs = 45_000;
const statusEveryMs = 5_000;

export function createServiceNotices({ socket, clock, log, watchdogMs }: ServiceOptions): ServiceNotices {
  const work = createWorkLog();
  let timers: readonly Timer[] = [];
  let told = 'opening the register';
  let isStopping = false;
  socket.send({ STATUS: told, EXTEND_TIMEOUT_USEC: openingMs * 1_000 });

  function started(gateway: Served): void {
    const beganMs = clock.monotonicMs();
    const ready = every(clock, readyEveryMs, () => {
      const isTried = [...gateway.reports().values()].every(wasTried);
      if (!isTried && clock.monotonicMs() - beganMs < mostTryingMs) return;
      ready.cancel();
      void describe(gateway, (line) => socket.send({ READY: 1, STATUS: line }));
    });
    const status = every(clock, statusEveryMs, () => {
      void describe(gateway, (line, isNew) => isNew && socket.send({ STATUS: line }));
    });
    timers = [ready, status, ...(watchdogMs === null ? [] : [feed(gateway, watchdogMs)])];
  }

  /** A description that comes after `stopping` is not told: the socket is closed. */
  async function describe(gateway: Served, tell: (line: string, isNew: boolean) => void): Promise<void> {
    const line = await gateway.describe();
    if (isStopping) return;
    const isNew = line !== told;
    told = line;
    tell(line, isNew);
  }

  function feed(gateway: Served, everyMs: number): Timer {
    let pulses: Pulses = new Map();
    let withheld = '';
    return every(clock, everyMs / 4, () => {
      const signs = readSigns(gateway.reports(), gateway.sweeps(), work.read());
      const judged = findStalls(pulses, signs, clock.monotonicMs());
      pulses = judged.pulses;
      const parts = judged.stalled.map(({ part }) => part).join(', ');
      if (parts !== withheld) tellStalls(log, judged.stalled);
      withheld = parts;
      if (judged.stalled.length === 0) socket.send({ WATCHDOG: 1 });
    });
  }

  return {
    watcher: work.watcher,
    started,
    reloading: () => socket.send({ RELOADING: 1, MONOTONIC_USEC: monotonicUsec() }),
    reloaded: () => socket.send({ READY: 1 }),
    stopping() {
      isStopping = true;
      for (const timer of timers) timer.cancel();
      socket.send({ STOPPING: 1, STATUS: 'stopping' });
      socket.close();
    },
  };
}

/** Its port was gone to, and its modem, if there is one, was asked what it is. */
function wasTried({ state }: LineReport): boolean {
  return state !== 'opening' && state !== 'waking' && state !== 'setting-up';
}

function tellStalls(log: Log, stalled: readonly Stall[]): void {
  if (stalled.length === 0) log.write('info', 'watchdog.fed-again');
  for (const { part, silentMs, allowedMs } of stalled)
    log.write('error', 'watchdog.withheld', {
      part,
      silent_s: Math.round(silentMs / 1_000),
      allowed_s: allowedMs / 1_000,
    });
}

/** CLOCK_MONOTONIC, as systemd reads it. */
function monotonicUsec(): string {
  return String(process.hrtime.bigint() / 1_000n);
}
