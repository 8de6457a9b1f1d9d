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
  /** The path that survives a restart, where the port is a USB device's. */
  readonly stablePath: string | null;
  /** Another stick gives the same ids and serial number. */
  readonly hasTwin: boolean;
  readonly account: Account;
  /** How many modems with ports the machine has. */
  readonly modemsHere: number;
}

export function checkPort(facts: PortFacts): Finding[] {
  const { port, file } = facts;
  const { fail } = findingsOn(facts.line);
  if (file === null) return [missing(facts)];
  if (!file.isTerminal)
    return [
      fail('port.no-terminal', `${port} is no serial device`, 'Find the modem: visitlog lines', { port }),
    ];
  return [...checkRights(facts, file), ...checkHolders(facts), ...checkName(facts)];
}

function missing({ line, port, modemsHere }: PortFacts): Finding {
  const fix =
    modemsHere > 0
      ? `A modem is here at another port: visitlog lines, then correct [[line]] port`
      : 'Plug the modem in; if it is: visitlog lines shows whether the kernel sees it';
  return findingsOn(line).fail('port.missing', `${port} is not there`, fix, {
    port,
    elsewhere: modemsHere > 0,
  });
}

function checkRights(
  { line, port, account }: PortFacts,
  file: Rights & { readonly group: string },
): Finding[] {
  const { fail, ok } = findingsOn(line);
  const facts = { port, user: account.name, group: file.group };
  if (mayUse(file, account, 6))
    return [ok('port.right', `user ${account.name} may open ${port}`, null, facts)];
  const byGroup = mayUse(file, { name: '', uid: -1, gids: [file.gid] }, 6);
  const fix = byGroup
    ? `Run: usermod -aG ${file.group} ${account.name}, then restart the gateway`
    : `Give it to a group of that user, with mode 0660, by a udev rule`;
  return [
    fail('port.no-right', `user ${account.name} may not open ${port}`, fix, { ...facts, by_group: byGroup }),
  ];
}

function checkHolders({ line, port, holders, hiddenProcesses }: PortFacts): Finding[] {
  const { fail, note, ok } = findingsOn(line);
  const others = holders.filter(({ name }) => name !== 'visitlog');
  const [other] = others;
  if (other) {
    const names = others.map(({ name, pid }) => `${name} (pid ${pid})`).join(', ');
    return [
      fail('port.taken', `${port} is in use by ${names}`, fixFor(other), {
        port,
        names,
        modem_manager: other.name === 'ModemManager',
        pid: other.pid,
      }),
    ];
  }
  const [ours] = holders;
  if (ours)
    return [
      ok('port.in-use', `the gateway has ${port} open (pid ${ours.pid})`, null, { port, pid: ours.pid }),
    ];
  if (hiddenProcesses === 0) return [ok('port.free', `nobody has ${port} open`, null, { port })];
  return [
    note(
      'port.holders-unknown',
      `whether somebody has ${port} open: ${hiddenProcesses} processes may not be looked into`,
      'Run doctor as root to see them',
      { port, hidden: hiddenProcesses },
    ),
  ];
}

function fixFor({ name, pid }: Holder): string {
  if (name === 'ModemManager') return 'Keep ModemManager off it: see modem-manager below';
  return `Stop it for good (it has process id ${pid}): two readers of a port each get half of what it says`;
}

function checkName({ line, port, stablePath, hasTwin }: PortFacts): Finding[] {
  const { warn } = findingsOn(line);
  if (hasTwin && port.includes('/by-id/'))
    return [
      warn(
        'port.twins',
        'two sticks share this name under by-id, and which one gets it can change',
        stablePath === null || stablePath === port
          ? 'Use port = "imei:…": visitlog lines --probe shows the IMEI'
          : `Use port = "${stablePath}", or port = "imei:…"`,
        { stable: stablePath === port ? null : stablePath },
      ),
    ];
  if (/^\/dev\/tty(?:USB|ACM)\d+$/.test(port))
    return [
      warn(
        'port.unstable',
        `${port} can be another device after a restart`,
        stablePath === null || stablePath === port
          ? 'Use port = "imei:…": visitlog lines --probe shows the IMEI'
          : `Use port = "${stablePath}"`,
        { port, stable: stablePath === port ? null : stablePath },
      ),
    ];
  return [];
}

/** What udev was told about a modem that a line uses. */
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
 * ModemManager opens every modem half a minute after it was plugged in and talks to it, and locks do not keep it off
 * (fault E5): only a property in udev's database does.
 */
export function checkModemManager({ installed, running, ports }: ModemManagerFacts): Finding[] {
  const { fail, warn, ok } = findingsOn('machine');
  if (!installed && running === null) return [ok('modem-manager.absent', 'ModemManager is not installed')];
  const say = running === null ? warn : fail;
  const now = running === null ? 'is installed and, once it runs,' : `runs (pid ${running}) and`;
  const open = ports.filter(({ ignored }) => !ignored);
  if (open.length === 0)
    return ports.length === 0
      ? []
      : [ok('modem-manager.kept-off', 'ModemManager is told to leave the modem alone')];
  return open.map(({ line, usb }) =>
    say(
      'modem-manager.probes',
      `ModemManager ${now} will disturb the modem of ${line} (${usb})`,
      ruleFor(usb),
      { line, usb, pid: running, rule: ignoreRule(usb) },
    ),
  );
}

function ignoreRule(usb: string): string {
  const [vendor = '', product = ''] = usb.split(':');
  return `ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${product}", ENV{ID_MM_DEVICE_IGNORE}="1"`;
}

function ruleFor(usb: string): string {
  return (
    `Write ${ignoreRule(usb)} into /etc/udev/rules.d/77-visitlog.rules and plug the ` +
    'modem in again; or, if nothing else needs it: systemctl mask --now ModemManager'
  );
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
