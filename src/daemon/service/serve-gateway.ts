import { fstatSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { codeOf } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { reloadConfig } from '../config-change.ts';
import { type GatewayOptions, startGateway } from '../gateway.ts';
import type { StyledLog } from '../log/log.ts';
import type { LineOfStatus, Reason } from '../status/status-object.ts';
import { openNotifySocket } from './notify-socket.ts';
import { createServiceNotices, type ServiceNotices } from './service-notices.ts';

/** What systemd gives this process in its environment (sd_watchdog_enabled(3)). */
interface ServiceEnvironment {
  readonly notifySocket: string | undefined;
  /** How long systemd waits for a sign of life; null: it does not. */
  readonly watchdogMs: number | null;
}

/** Reads `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID`, which may name another process than `pid`. */
export function readServiceEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  pid: number,
): ServiceEnvironment {
  const isMeant = !env.WATCHDOG_PID || Number(env.WATCHDOG_PID) === pid;
  const watchdogMs = Number(env.WATCHDOG_USEC ?? 0) / 1_000;
  return {
    notifySocket: env.NOTIFY_SOCKET || undefined,
    watchdogMs: isMeant && watchdogMs >= 1 ? watchdogMs : null,
  };
}

/** The parts of a status that the status line shows. */
export interface Summary {
  readonly reasons: readonly Pick<Reason, 'code' | 'line'>[];
  readonly lines: readonly LineSummary[];
}

type LineSummary = Pick<LineOfStatus, 'name' | 'state' | 'reason' | 'operator' | 'waiting'> & {
  readonly signal: Pick<NonNullable<LineOfStatus['signal']>, 'bars'> | null;
  readonly texts: Pick<LineOfStatus['texts'], 'today'>;
};

/**
 * `line1: SKTelecom, 4 of 5 bars, 312 texts today; line2: absent, looking every 30 s`. What concerns all lines stands
 * first: `disk.low; line1: …`.
 */
export function statusLine({ reasons, lines }: Summary): string {
  const common = reasons.filter(({ line }) => line === null).map(({ code }) => code);
  return [...common, ...lines.map((line) => `${line.name}: ${describe(line)}`)].join('; ');
}

function describe(line: LineSummary): string {
  const { state, reason, operator, signal, texts, waiting } = line;
  const because = reason === null ? '' : ` (${reason})`;
  switch (state) {
    case 'ready':
      return [
        operator ?? 'no operator yet',
        ...(signal === null ? [] : [`${signal.bars} of 5 bars`]),
        ...(texts.today === null ? [] : [`${counted(texts.today, 'text')} today`]),
        ...(reason === null ? [] : [`alarm ${reason}`]),
      ].join(', ');
    case 'unproven':
      return `not proven to receive${because}`;
    case 'no-network':
      return `no network${because}`;
    case 'absent':
      return `absent${because}, looking every 30 s`;
    case 'wrong-port':
      return `something else than a modem at the port${because}, trying again`;
    case 'opening':
    case 'waking':
    case 'setting-up':
      return 'being set up';
    case 'waiting-for-sim':
      return `waiting for its SIM${because}, asking again`;
    case 'pin-needed':
      return `a person is needed${because}`;
    case 'holding':
      return `${counted(waiting, 'text')} held on the modem${because}, trying again`;
    case 'resyncing':
      return 'not answering, being understood anew';
    case 'recovering':
      return `recovering${because}`;
    case 'stopped':
      return 'stopped';
  }
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

interface ServeOptions extends GatewayOptions {
  readonly log: StyledLog;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads and checks the configuration anew. */
  readonly load: () => Promise<Config>;
  /** Registers what to call on SIGHUP. */
  readonly onHangup?: ((reload: () => void) => void) | undefined;
  /** Resolves when the gateway is to stop. */
  readonly until: Promise<void>;
}

/** Runs a gateway as a service: notifies systemd, reads the configuration again on SIGHUP. Resolves at its end. */
export async function serveGateway(options: ServeOptions): Promise<void> {
  const { log, until } = options;
  const notices = await noticesOf(options);
  const watchers = [...(options.watchers ?? []), ...(notices ? [notices.watcher] : [])];
  const gateway = startedOrRefused(() => startGateway({ ...options, watchers }), notices);
  notices?.started({ ...gateway, describe: async () => statusLine(await gateway.status()) });
  // One after the other, each with the file's content at that time.
  let reloading = Promise.resolve();
  options.onHangup?.(() => {
    reloading = reloading.then(() => reload(gateway.apply));
  });
  await until;
  notices?.stopping();
  await gateway.stop();

  async function reload(apply: (typeof gateway)['apply']): Promise<void> {
    notices?.reloading();
    const change = await reloadConfig({ load: options.load, apply, log });
    if (change) log.restyle(change.config.log);
    notices?.reloaded();
  }
}

/** Systemd learns at once that the start was refused: what would keep the process alive is closed. */
function startedOrRefused<T>(start: () => T, notices: ServiceNotices | null): T {
  try {
    return start();
  } catch (thrown) {
    notices?.refused(codeOf(thrown));
    throw thrown;
  }
}

async function noticesOf({ clock, env, log }: ServeOptions): Promise<ServiceNotices | null> {
  const { notifySocket, watchdogMs } = readServiceEnvironment(env, process.pid);
  const socket = await openNotifySocket(notifySocket, log);
  return socket && createServiceNotices({ socket, clock, log, watchdogMs });
}

/** Whether this stream ends in the journal: systemd names it by device and inode (systemd.exec(5)). */
export function endsInJournal(
  stream: Writable & { readonly fd?: number },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (!env.JOURNAL_STREAM || stream.fd === undefined) return false;
  const { dev, ino } = fstatSync(stream.fd, { bigint: true });
  return env.JOURNAL_STREAM === `${dev}:${ino}`;
}
