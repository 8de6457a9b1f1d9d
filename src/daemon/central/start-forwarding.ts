import type { Clock } from '../../base/clock.ts';
import { codeOf, fault } from '../../base/errors.ts';
import type { PlaceCopier, PlacesReport } from '../../central/copy-places.ts';
import type { Forwarder, ForwarderReport } from '../../central/forwarder.ts';
import { type Config, isSite } from '../../config/config.ts';
import type { Outbox } from '../../store/outbox/outbox.ts';
import type { RegisterOptions } from '../../store/register-types.ts';
import type { PlaceCopy } from '../../store/tables/place-copy.ts';
import { failureFields, type Log } from '../log/log.ts';
import { centralAddressOf } from './central-address.ts';

/** What a site sends to the central register, at one moment. */
export interface ForwardingReport {
  readonly forwarder: ForwarderReport;
  /** Rows that have not gone, and the oldest hour that has one; null if the register cannot be read. */
  readonly waiting: { readonly rows: number; readonly oldestHour: number | null } | null;
  /** For how long nothing could go; 0 while it can. */
  readonly stuckMs: number;
  /** What it has of the register's places; null if this site's register cannot be read. */
  readonly places: PlacesReport | null;
}

export interface Forwarding {
  /** Null on a host that is no site of a central register. */
  report(): ForwardingReport | null;
  /** There may be new rows. */
  wake(): void;
  /**
   * Of texts that are on disk here: null if they may leave their modem, else resolves once the centre has them.
   * Error: `central.not-committed` after three seconds, or when this is stopped.
   */
  release(): Promise<void> | null;
  /** Resolves within three seconds. */
  stop(): Promise<void>;
}

export interface ForwardingOptions {
  readonly settings: () => Pick<Config, 'central' | 'holder'>;
  readonly registerOptions: RegisterOptions;
  readonly clock: Clock;
  readonly log: Log;
}

interface Running {
  readonly forwarder: Forwarder;
  readonly outbox: Outbox;
  readonly places: PlaceCopier;
  readonly copy: PlaceCopy;
}

const none: Forwarding = { report: () => null, wake: () => {}, release: () => null, stop: async () => {} };

/** A centre that is well takes some milliseconds. A line does nothing else meanwhile, and a network waits for its answer. */
const releaseMs = 3_000;
/** So long an idle forwarder may be between two looks, and a batch on its way. */
const usualMs = 20_000;

/** Starts the forwarder if `[central]` names servers and holders; without it, none of its modules are loaded. */
export function startForwarding(options: ForwardingOptions): Forwarding {
  return isSite(options.settings()) ? forwardingOf(options) : none;
}

function forwardingOf({ settings, registerOptions, clock, log }: ForwardingOptions): Forwarding {
  const beganMs = clock.monotonicMs();
  let isStopped = false;
  let running: Running | null = null;
  let trouble: string | null = null;
  const starting = start().catch((error: unknown) => {
    trouble = codeOf(error);
    log.write('warn', 'central.failing', failureFields(error));
  });

  async function start(): Promise<void> {
    const [
      { startForwarder },
      { placeCopier },
      { linkGateway },
      { openOutbox },
      { openPlaceCopy },
      { pinsOf },
    ] = await Promise.all([
      import('../../central/forwarder.ts'),
      import('../../central/copy-places.ts'),
      import('../../central/gateway-link.ts'),
      import('../../store/outbox/outbox.ts'),
      import('../../store/tables/place-copy.ts'),
      import('./pins.ts'),
    ]);
    if (isStopped) return;
    const { central } = settings();
    const address = centralAddressOf({ central }, 'visitlog gateway');
    // The configuration has checked both.
    if (address === null || central.gateway === null) return;
    const gateway = central.gateway;
    const outbox = openOutbox(registerOptions);
    const copy = openPlaceCopy(registerOptions.dataDir);
    const places = placeCopier({
      copy,
      clock,
      onCopied: (count, changed) => log.write('info', 'central.places-copied', { places: count, changed }),
      onFailure: (error) => log.write('warn', 'central.places-failing', failureFields(error)),
    });
    let before: ForwarderReport | null = null;
    const forwarder = startForwarder({
      ...{ outbox, places },
      pinned: { gateway, pins: pinsOf({ central }) },
      connect: (cut) => linkGateway(address, gateway, cut),
      withoutStandby: () => settings().central.withoutStandby,
      clock,
      onChange(report) {
        logChange(log, before, report);
        before = report;
      },
      onFailure: (error) => log.write('warn', 'central.failing', failureFields(error)),
    });
    running = { forwarder, outbox, places, copy };
  }

  async function settled(): Promise<void> {
    await starting;
    if (!(await running?.forwarder.settled(releaseMs))) throw fault('central.not-committed');
  }

  return {
    report() {
      const forwarder = running?.forwarder.report() ?? notRunning(trouble);
      const sinceMs = clock.monotonicMs() - (forwarder.provenMs ?? beganMs);
      return {
        forwarder,
        waiting: running && readOrNull(running.outbox.waiting),
        stuckMs: sinceMs < usualMs ? 0 : Math.round(sinceMs),
        places: running && readOrNull(running.places.report),
      };
    },
    wake: () => running?.forwarder.wake(),
    release: () => (settings().central.wait === 'central' ? settled() : null),
    async stop() {
      isStopped = true;
      await starting;
      await running?.forwarder.stop();
      running?.outbox.close();
      running?.copy.close();
    },
  };
}

/** The register's own part of the status says why it cannot be read. */
function readOrNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

function notRunning(code: string | null): ForwarderReport {
  return {
    ...{ state: code === null ? 'connecting' : 'failing', code, host: null, replicated: null },
    ...{ forwarded: 0, lastAtMs: null, provenMs: null, withoutKeys: [] },
  };
}

/** What was wrong is over once rows go, or there are none: until then the code stays. */
function logChange(log: Log, before: ForwarderReport | null, now: ForwarderReport): void {
  if (now.state === 'waiting' && now.code !== null && now.code !== before?.code)
    log.write('warn', 'central.waiting', { code: now.code });
  const isWell = ({ state, code }: ForwarderReport) => code === null && state !== 'connecting';
  if (isWell(now) && (before === null || !isWell(before)))
    log.write('info', 'central.forwarding', { host: now.host });
  if (before !== null && before.replicated !== now.replicated) {
    if (now.replicated === false) log.write('warn', 'central.standby-gone', { host: now.host });
    if (now.replicated === true) log.write('info', 'central.standby-there', { host: now.host });
  }
}
