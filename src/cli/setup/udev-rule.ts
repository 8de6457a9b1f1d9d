import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { UsbModem } from './find-modem.ts';
import type { SetupHost } from './host.ts';
import { writeWhole } from './write-whole.ts';

export const ruleFile = '/etc/udev/rules.d/59-visitlog-lines.rules';

const head = '# Which modem is which line (visitlog setup). See 59-visitlog-lines.rules.example.\n';

/**
 * The row that gives a modem to a line: by its serial number where it has one of its own, by the socket it is plugged
 * into where two here are alike, else by its kind.
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

/** The file with this line's row, instead of the one that it had. */
export function withRule(text: string, line: string, rule: string): string {
  const isOfLine = (row: string) => !row.startsWith('#') && row.includes(`ENV{VISITLOG_LINE}="${line}"`);
  const others = text.split('\n').filter((row) => row !== '' && !isOfLine(row));
  return `${[...(others.length === 0 ? [head.trimEnd()] : others), rule].join('\n')}\n`;
}

/** Writes the row and lets udev act on it; false where nothing had to be changed. */
export async function giveModemToLine(host: SetupHost, line: string, modem: UsbModem): Promise<boolean> {
  const file = join(host.root, ruleFile);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const text = withRule(before, line, ruleFor(line, modem));
  if (text === before) return false;
  mkdirSync(dirname(file), { recursive: true });
  await writeWhole(file, { text, mode: 0o644, owner: null });
  await host.run('udevadm', ['control', '--reload']);
  const device = `/sys/bus/usb/devices/${modem.position}`;
  await host.run('udevadm', ['trigger', '--action=add', `--parent-match=${device}`]);
  await host.run('udevadm', ['settle', '--timeout=10']);
  return true;
}
