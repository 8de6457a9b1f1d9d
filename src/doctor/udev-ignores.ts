import { join } from 'node:path';
import { readText } from '../modem/discovery/system-files.ts';
import type { UsbTty } from '../modem/discovery/usb-ttys.ts';

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
