import { join } from 'node:path';
import type { Holder } from '../modem/discovery/port-holders.ts';
import { readText } from '../modem/discovery/system-files.ts';
import type { UsbTty } from '../modem/discovery/usb-ttys.ts';
import { type Finding, findingsOn } from './finding.ts';
import { type Account, mayUse, type Rights } from './gather-machine.ts';

/** What is known of a line's device file without opening it. */
export interface PortFacts {
  readonly line: string;
  /** As configured: a path. */
  readonly port: string;
  /** Null: nothing is there. */
  readonly file: (Rights & { readonly isTerminal: boolean; readonly group: string }) | null;
  readonly holders: readonly Holder[];
  /** Processes that this user may not look into. */
  readonly hiddenProcesses: number;
  /** The path that survives a restart, if the port belongs to a USB device. */
  readonly stablePath: string | null;
  /** Another device has the same ids and serial number. */
  readonly hasTwin: boolean;
  readonly account: Account;
  /** How many modems with ports the machine has. */
  readonly modemsHere: number;
}

export function checkPort(facts: PortFacts): Finding[] {
  const { line, port, file, modemsHere } = facts;
  const find = findingsOn(line);
  if (file === null) return [find('port.missing', { port, elsewhere: modemsHere > 0 })];
  if (!file.isTerminal) return [find('port.no-terminal', { port })];
  return [checkRights(facts, file), checkHolders(facts), ...checkName(facts)];
}

function checkRights({ line, port, account }: PortFacts, file: Rights & { readonly group: string }): Finding {
  const find = findingsOn(line);
  const facts = { port, user: account.name, group: file.group };
  if (mayUse(file, account, 6)) return find('port.right', facts);
  const by_group = mayUse(file, { name: '', uid: -1, gids: [file.gid] }, 6);
  return find('port.no-right', { ...facts, by_group });
}

function checkHolders({ line, port, holders, hiddenProcesses }: PortFacts): Finding {
  const find = findingsOn(line);
  const others = holders.filter(({ name }) => name !== 'visitlog');
  const [other] = others;
  if (other)
    return find('port.taken', {
      port,
      names: others.map(({ name, pid }) => `${name} (pid ${pid})`).join(', '),
      modem_manager: other.name === 'ModemManager',
      pid: other.pid,
    });
  const [ours] = holders;
  if (ours) return find('port.in-use', { port, pid: ours.pid });
  return hiddenProcesses === 0
    ? find('port.free', { port })
    : find('port.holders-unknown', { port, hidden: hiddenProcesses });
}

function checkName({ line, port, stablePath, hasTwin }: PortFacts): Finding[] {
  const find = findingsOn(line);
  const stable = stablePath === port ? null : stablePath;
  if (hasTwin && port.includes('/by-id/')) return [find('port.twins', { stable })];
  return /^\/dev\/tty(?:USB|ACM)\d+$/.test(port) ? [find('port.unstable', { port, stable })] : [];
}

/** What udev knows about a modem that a line uses. */
export interface GuardedPort {
  readonly line: string;
  /** `2c7c:0125` */
  readonly usb: string;
  /** ID_MM_DEVICE_IGNORE or ID_MM_PORT_IGNORE is set. */
  readonly ignored: boolean;
}

export interface ModemManagerFacts {
  readonly installed: boolean;
  /** Its process id. */
  readonly running: number | null;
  readonly ports: readonly GuardedPort[];
}

/**
 * ModemManager opens every modem half a minute after it was plugged in, whatever its locks (fault E5): only a property
 * in udev's database prevents that.
 */
export function checkModemManager({ installed, running, ports }: ModemManagerFacts): Finding[] {
  const find = findingsOn('machine');
  if (!installed && running === null) return [find('modem-manager.absent')];
  if (ports.length === 0) return [];
  const open = ports.filter(({ ignored }) => !ignored);
  if (open.length === 0) return [find('modem-manager.kept-off')];
  return open.map(({ line, usb }) =>
    find('modem-manager.probes', { line, usb, pid: running, rule: ignoreRule(usb) }),
  );
}

function ignoreRule(usb: string): string {
  const [vendor = '', product = ''] = usb.split(':');
  return `ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${product}", ENV{ID_MM_DEVICE_IGNORE}="1"`;
}

/** Whether udev's database tells ModemManager to leave this terminal, or its whole device, alone. */
export function isIgnoredByModemManager(root: string, tty: UsbTty): boolean {
  const { device } = tty;
  const entries = [
    tty.number === null ? null : `c${tty.number}`,
    device.number === null ? null : `c${device.number}`,
    `+usb:${device.position}`,
  ];
  return entries.some((entry) => {
    const text = entry === null ? null : readText(join(root, 'run/udev/data', entry));
    return text !== null && /^E:ID_MM_(?:DEVICE|PORT)_IGNORE=(?:1|yes|true)\s*$/im.test(text);
  });
}
