import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join } from 'node:path';
import { parseLinkAddress } from '../../base/carrier-port.ts';
import { fault } from '../../base/errors.ts';
import { isIngestPort } from '../../base/ingest-port.ts';
import { parsePortAddress } from '../../modem/port/open-port.ts';
import { replaceFile } from '../replace-file.ts';
import type { UsbModem } from './find-modem.ts';
import type { SetupHost } from './host.ts';

/**
 * Starts the service now and at every boot; a running one is restarted, or with `reload` reads its configuration again.
 * @throws `setup.not-started`
 */
export async function startService({ run }: SetupHost, start: 'restart' | 'reload'): Promise<void> {
  for (const order of ['enable', start] as const) {
    if (await run('systemctl', ['--quiet', order, 'visitlog.service'])) continue;
    throw fault('setup.not-started', { order });
  }
}

export const dropIn = '/etc/systemd/system/visitlog.service.d/serial-server.conf';

const dropInHead = [
  '# The serial servers that the gateway may reach, and nothing else (visitlog setup).',
  '[Service]',
  'PrivateNetwork=no',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6',
];

/** The address that the service must be allowed to reach for this port; null if there is none, or a name. */
export function addressOf(port: string): string | null {
  const host = hostOf(port);
  return host === 'localhost' || (host !== null && isIP(host) !== 0) ? host : null;
}

function hostOf(port: string): string | null {
  const link = parseLinkAddress(port);
  if (link !== null) return link.host;
  if (isIngestPort(port)) return null;
  const address = parsePortAddress(port);
  return address.kind === 'tcp' ? address.host : null;
}

/** Lets the service reach one more address; false if it may already. */
export async function allowAddress(host: SetupHost, address: string): Promise<boolean> {
  const file = join(host.root, dropIn);
  const before = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : dropInHead;
  const row = `IPAddressAllow=${address}`;
  if (before.includes(row)) return false;
  mkdirSync(dirname(file), { recursive: true });
  await replaceFile(file, { text: `${[...before, row].join('\n')}\n`, mode: 0o644, owner: null });
  await host.run('systemctl', ['daemon-reload']);
  return true;
}

/** ModemManager ignores new rules for a modem that it has open, so it is restarted if it runs. */
export async function restartModemManager({ run }: SetupHost): Promise<void> {
  await run('systemctl', ['--quiet', 'try-restart', 'ModemManager.service']);
}

export const ruleFile = '/etc/udev/rules.d/59-visitlog-lines.rules';

const head = '# Which modem is which line (visitlog setup). See 59-visitlog-lines.rules.example.\n';

/**
 * The row that gives a modem to a line: by its serial number if it has one of its own, by its socket if two modems here
 * are alike, else by its kind.
 */
export function ruleFor(line: string, { id, position, serial, hasTwin }: UsbModem): string {
  const [vendor, product] = id.split(':');
  const kind = `ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${product}"`;
  const isPlainSerial = serial !== null && /^[\w.-]+$/.test(serial);
  const which = hasTwin
    ? `KERNELS=="${position}", SUBSYSTEMS=="usb"`
    : isPlainSerial
      ? `${kind}, ATTRS{serial}=="${serial}"`
      : kind;
  return `${which}, ENV{VISITLOG_LINE}="${line}"`;
}

/** The file with this row in place of the line's old one. */
export function withRule(text: string, line: string, rule: string): string {
  const isOfLine = (row: string) => !row.startsWith('#') && row.includes(`ENV{VISITLOG_LINE}="${line}"`);
  const others = text.split('\n').filter((row) => row !== '' && !isOfLine(row));
  return `${[...(others.length === 0 ? [head.trimEnd()] : others), rule].join('\n')}\n`;
}

/** Writes the row and lets udev act on it; false if nothing had to change. */
export async function giveModemToLine(host: SetupHost, line: string, modem: UsbModem): Promise<boolean> {
  const file = join(host.root, ruleFile);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const text = withRule(before, line, ruleFor(line, modem));
  if (text === before) return false;
  mkdirSync(dirname(file), { recursive: true });
  await replaceFile(file, { text, mode: 0o644, owner: null });
  await host.run('udevadm', ['control', '--reload']);
  const device = `/sys/bus/usb/devices/${modem.position}`;
  await host.run('udevadm', ['trigger', '--action=add', `--parent-match=${device}`]);
  await host.run('udevadm', ['settle', '--timeout=10']);
  return true;
}
