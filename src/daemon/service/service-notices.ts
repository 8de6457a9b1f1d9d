import { minuteMs } from '../../base/amounts.ts';
import { type Clock, every, type Timer } from '../../base/clock.ts';
import type { LineReport } from '../../modem/line-report.ts';
import type { GatewayWatcher } from '../gateway-watcher.ts';
import type { Log } from '../log/log.ts';
import type { SweepReport } from '../sweep-loop.ts';
import type { NotifySocket } from './notify-socket.ts';
import { findStalls, type Pulses, readSigns, type Stall, type Work } from './watchdog.ts';

/** Refusals with a cause outside, which a restart does not remove: the texts stay on the modems meanwhile. */
const declared = new Set(['register.disk-full', 'register.busy', 'register.read-only']);

/** Counts what the gateway's parts do, for the signs of life. */
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

interface ServiceOptions {
  readonly socket: NotifySocket;
  readonly clock: Clock;
  readonly log: Log;
  /** How long systemd waits for a sign before it kills; null: it does not. */
  readonly watchdogMs: number | null;
}

/** What the notifications tell of a running gateway. */
interface NotifyingGateway {
  reports(): ReadonlyMap<string, LineReport>;
  sweeps(): SweepReport;
  /** Its state in one line. */
  describe(): Promise<string>;
}

/** Notifies systemd of a gateway, from before its start until it stops. */
export interface ServiceNotices {
  readonly watcher: GatewayWatcher;
  /** The gateway runs, and tries its lines next. */
  started(gateway: NotifyingGateway): void;
  /** The configuration is being read again; `reloaded` follows in any case. */
  reloading(): void;
  reloaded(): void;
  /** The last notification of a gateway that ran. */
  stopping(): void;
  /** The only further notification of a gateway that cannot start. `code`: why. */
  refused(code: string): void;
}

/** Upgrading a register, or opening a large one after a power cut, may take long. */
const openingMs = 10 * minuteMs;
const readyEveryMs = 500;
/** By then the line of a slow modem is recovering, and the register is open. */
const mostTryingMs = 45_000;
const statusEveryMs = 5_000;

export function createServiceNotices({ socket, clock, log, watchdogMs }: ServiceOptions): ServiceNotices {
  const work = createWorkLog();
  let timers: readonly Timer[] = [];
  let sentStatus = 'opening the register';
  let isStopping = false;
  socket.send({ STATUS: sentStatus, EXTEND_TIMEOUT_USEC: openingMs * 1_000 });

  function started(gateway: NotifyingGateway): void {
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

  /** A status that comes after `stopping` is not sent: the socket is closed. */
  async function describe(
    gateway: NotifyingGateway,
    send: (line: string, isNew: boolean) => void,
  ): Promise<void> {
    const line = await gateway.describe();
    if (isStopping) return;
    const isNew = line !== sentStatus;
    sentStatus = line;
    send(line, isNew);
  }

  function feed(gateway: NotifyingGateway, everyMs: number): Timer {
    let pulses: Pulses = new Map();
    let withheld = '';
    return every(clock, everyMs / 4, () => {
      const signs = readSigns(gateway.reports(), gateway.sweeps(), work.read());
      const check = findStalls(pulses, signs, clock.monotonicMs());
      pulses = check.pulses;
      const parts = check.stalled.map(({ part }) => part).join(', ');
      if (parts !== withheld) logStalls(log, check.stalled);
      withheld = parts;
      if (check.stalled.length === 0) socket.send({ WATCHDOG: 1 });
    });
  }

  function end(status: string): void {
    isStopping = true;
    for (const timer of timers) timer.cancel();
    socket.send({ STOPPING: 1, STATUS: status });
    socket.close();
  }

  return {
    watcher: work.watcher,
    started,
    reloading: () => socket.send({ RELOADING: 1, MONOTONIC_USEC: monotonicUsec() }),
    reloaded: () => socket.send({ READY: 1 }),
    stopping: () => end('stopping'),
    refused: (code) => end(`refused to start: ${code}`),
  };
}

/** Its port was tried, and its modem, if there is one, was identified. */
function wasTried({ state }: LineReport): boolean {
  return state !== 'opening' && state !== 'waking' && state !== 'setting-up';
}

function logStalls(log: Log, stalled: readonly Stall[]): void {
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
