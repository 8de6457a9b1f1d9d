import { type Finding, findingsOn } from './finding.ts';

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
