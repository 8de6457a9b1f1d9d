import type { LoadedConfig } from '../../config/load.ts';
import type { Gateway } from '../../daemon/gateway.ts';
import { startGateway } from '../../daemon/gateway.ts';
import { devicePathsOf } from '../../daemon/lines/line-port.ts';
import { createLog } from '../../daemon/log/log.ts';
import type { Account } from '../../doctor/account.ts';
import { createModemFinder } from '../../modem/discovery/modem-finder.ts';
import { openerOf } from '../../modem/port/open-port.ts';
import type { Shell } from '../shell.ts';
import { ownerOfRegister, type SetupHost } from './host.ts';

/** The gateway inside this process, where no service can be started: until the first text, to show that all is well. */
export function startOwnGateway(
  { config }: Pick<LoadedConfig, 'config'>,
  { clock, stderr }: Pick<Shell, 'clock' | 'stderr'>,
  host: SetupHost,
): Gateway {
  const { root, openPort } = host;
  const account = ownerOfRegister(host, config.dataDir);
  if (account) become(account);
  const modems = createModemFinder({ clock, reserved: () => devicePathsOf(config.lines), root, openPort });
  return startGateway({
    config,
    clock,
    log: createLog({ level: 'error', format: 'text', stream: stderr, clock }),
    openTransport: (line) => openerOf(line.port, line.baudRate, modems),
  });
}

/** Root would leave a register that the gateway's own user cannot open afterwards. */
function become({ uid, gids }: Account): void {
  if (process.getuid?.() !== 0) return;
  process.setgroups?.([...gids]);
  if (gids[0] !== undefined) process.setgid?.(gids[0]);
  process.setuid?.(uid);
}
