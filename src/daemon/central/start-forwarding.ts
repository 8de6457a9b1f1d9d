import type { Clock } from '../../base/clock.ts';
import { codeOf } from '../../base/errors.ts';
import type { Forwarder, ForwarderReport } from '../../central/forwarder.ts';
import type { Config } from '../../config/config.ts';
import type { Outbox } from '../../store/outbox/outbox.ts';
import type { RegisterOptions } from '../../store/register-types.ts';
import { failureFields, type Log } from '../log/log.ts';
import { centralAddressOf } from './central-address.ts';

/** What a site sends to the central register, at one moment. */
export interface ForwardingReport {
  readonly forwarder: ForwarderReport;
  /** Rows that have not gone, and the oldest hour that has one; null if the register cannot be read. */
  readonly waiting: { readonly rows: number; readonly oldestHour: number | null } | null;
  /** For how long nothing could go; 0 while it can. */
  readonly stuckMs: number;
}

export interface Forwarding {
  /** Null on a host that is no site of a central register. */
  report(): ForwardingReport | null;
  /** There may be new rows. */
  wake(): void;
  /** Resolves within three seconds. */
  stop(): Promise<void>;
}

export interface ForwardingOptions {
  readonly settings: () => Pick<Config, 'central' | 'holder'>;
  readonly registerOptions: RegisterOptions;
  readonly clock: Clock;
  readonly log: Log;
}

const none: Forwarding = { report: () => null, wake: () => {}, stop: async () => {} };

/** So long an idle forwarder may be between two looks, and a batch on its way. */
const usualMs = 20_000;

/** Starts the forwarder if `[central]` names servers and holders; without it, none of its modules are loaded. */
export function startForwarding(options: ForwardingOptions): Forwarding {
  const { central, holder } = options.settings();
  const isSite = central.url !== null && holder.name === null && central.holders.length > 0;
  return isSite ? forwardingOf(options) : none;
}

function forwardingOf({ settings, registerOptions, clock, log }: ForwardingOptions): Forwarding {
  const beganMs = clock.monotonicMs();
  let isStopped = false;
  let running: { readonly forwarder: Forwarder; readonly outbox: Outbox } | null = null;
  let trouble: string | null = null;
  const starting = start().catch((error: unknown) => {
    trouble = codeOf(error);
    log.write('warn', 'central.failing', failureFields(error));
  });

  async function start(): Promise<void> {
    const [{ startForwarder }, { linkGateway }, { openOutbox }, { parsePin }] = await Promise.all([
      import('../../central/forwarder.ts'),
      import('../../central/gateway-link.ts'),
      import('../../store/outbox/outbox.ts'),
      import('../../store/holder/holder-pin.ts'),
    ]);
    if (isStopped) return;
    const { central } = settings();
    const address = centralAddressOf({ central }, 'visitlog gateway');
    // The configuration has checked both.
    if (address === null || central.gateway === null) return;
    const gateway = central.gateway;
    const outbox = openOutbox(registerOptions);
    let before: ForwarderReport | null = null;
    const forwarder = startForwarder({
      outbox,
      pinned: { gateway, pins: central.holders.flatMap((pin) => parsePin(pin) ?? []) },
      connect: (cut) => linkGateway(address, gateway, cut),
      withoutStandby: () => settings().central.withoutStandby,
      clock,
      onChange(report) {
        logChange(log, before, report);
        before = report;
      },
      onFailure: (error) => log.write('warn', 'central.failing', failureFields(error)),
    });
    running = { forwarder, outbox };
  }

  function waiting(outbox: Outbox): ForwardingReport['waiting'] {
    try {
      return outbox.waiting();
    } catch {
      // The register's own part of the status says so.
      return null;
    }
  }

  return {
    report() {
      const forwarder = running?.forwarder.report() ?? notRunning(trouble);
      const sinceMs = clock.monotonicMs() - (forwarder.provenMs ?? beganMs);
      return {
        forwarder,
        waiting: running && waiting(running.outbox),
        stuckMs: sinceMs < usualMs ? 0 : Math.round(sinceMs),
      };
    },
    wake: () => running?.forwarder.wake(),
    async stop() {
      isStopped = true;
      await starting;
      await running?.forwarder.stop();
      running?.outbox.close();
    },
  };
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
