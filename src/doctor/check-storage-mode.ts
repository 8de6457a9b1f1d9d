import type { UsbDevice } from '../modem/discovery/usb-ttys.ts';
import { type Finding, findingsOn } from './finding.ts';

/** Modems that show themselves as a CD-ROM (fault E3): nobody can talk to them. */
export function checkStorageMode(sticks: readonly UsbDevice[]): Finding[] {
  const { fail } = findingsOn('machine');
  return sticks.map(({ vendor, product, position, maker, model }) => {
    const name = [maker, model].filter((part) => part !== null).join(' ') || 'a modem';
    return fail(
      'modem.storage-mode',
      `${name} (${vendor}:${product}, socket ${position}) plays a disk and has no ports`,
      'Install usb-modeswitch with its data, then plug the modem in again',
      { name, usb: `${vendor}:${product}`, socket: position },
    );
  });
}
