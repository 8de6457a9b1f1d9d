import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join } from 'node:path';
import { WordedError } from '../../base/errors.ts';
import { parsePortAddress } from '../../modem/port/port-address.ts';
import type { SetupHost } from './host.ts';
import { writeWhole } from './write-whole.ts';

/** Starts the service now and at every boot; one that runs takes up the new configuration. Error: `setup.not-started`. */
export async function startService({ run }: SetupHost): Promise<void> {
  for (const order of ['enable', 'restart'] as const) {
    if (await run('systemctl', ['--quiet', order, 'visitlog.service'])) continue;
    throw new WordedError('setup.not-started', 'systemd did not start the gateway', {
      hint: 'See why: journalctl -u visitlog -n 20, and visitlog doctor',
      context: { order },
    });
  }
}

export const dropIn = '/etc/systemd/system/visitlog.service.d/serial-server.conf';

const dropInHead = [
  '# The serial servers that the gateway may reach, and nothing else (visitlog setup).',
  '[Service]',
  'PrivateNetwork=no',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6',
];

/** The address that the service must be allowed to reach for this port; null: none, or one that has to be looked up. */
export function addressOf(port: string): string | null {
  const address = parsePortAddress(port);
  if (address.kind !== 'tcp') return null;
  if (address.host === 'localhost') return 'localhost';
  return isIP(address.host) === 0 ? null : address.host;
}

/** Lets the service reach one address besides those that it may already; false: it may already. */
export async function allowAddress(host: SetupHost, address: string): Promise<boolean> {
  const file = join(host.root, dropIn);
  const before = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : dropInHead;
  const row = `IPAddressAllow=${address}`;
  if (before.includes(row)) return false;
  mkdirSync(dirname(file), { recursive: true });
  await writeWhole(file, { text: `${[...before, row].join('\n')}\n`, mode: 0o644, owner: null });
  await host.run('systemctl', ['daemon-reload']);
  return true;
}

/** ModemManager takes up no rule for a modem that it has: it is started again, if it runs. */
export async function restartModemManager({ run }: SetupHost): Promise<void> {
  await run('systemctl', ['--quiet', 'try-restart', 'ModemManager.service']);
}
