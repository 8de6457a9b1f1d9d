import type { Config } from '../../config/config.ts';
import { startGateway } from '../gateway.ts';
import type { GatewayOptions } from '../gateway-context.ts';
import type { StyledLog } from '../log/log.ts';
import { reloadConfig } from '../reload.ts';
import { openNotifySocket } from './notify-socket.ts';
import { readServiceEnvironment } from './service-environment.ts';
import { createServiceNotices, type ServiceNotices } from './service-notices.ts';
import { statusLine } from './status-line.ts';

export interface ServeOptions extends GatewayOptions {
  readonly log: StyledLog;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Reads and checks the configuration anew. */
  readonly load: () => Promise<Config>;
  /** Calls what it is given whenever the configuration is to be read again. */
  readonly onHangup?: ((reload: () => void) => void) | undefined;
  /** Resolves when the gateway is to stop. */
  readonly until: Promise<void>;
}

/** Runs a gateway as a service: systemd is told how it is, SIGHUP reads the configuration again. Resolves at its end. */
export async function serveGateway(options: ServeOptions): Promise<void> {
  const { log, until } = options;
  const notices = await noticesOf(options);
  const watchers = [...(options.watchers ?? []), ...(notices ? [notices.watcher] : [])];
  const gateway = startGateway({ ...options, watchers });
  notices?.started({ ...gateway, describe: () => statusLine(gateway.status()) });
  // One after the other, each with what the file holds then.
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

async function noticesOf({ clock, env, log }: ServeOptions): Promise<ServiceNotices | null> {
  const { notifySocket, watchdogMs } = readServiceEnvironment(env, process.pid);
  const socket = await openNotifySocket(notifySocket, log);
  return socket && createServiceNotices({ socket, clock, log, watchdogMs });
}
