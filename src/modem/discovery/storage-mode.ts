import { join } from 'node:path';
import { modemMakerOf } from './modem-vendors.ts';
import { namesIn, readAttribute, resolvedPath } from './system-files.ts';
import { readUsbDevice, type UsbDevice } from './usb-ttys.ts';

/** Ids under which modems show themselves as a CD-ROM, until their mode is switched (fault E3). */
const storageIds = new Set([
  '12d1:1446',
  '12d1:14fe',
  '12d1:1505',
  '12d1:1520',
  '12d1:1521',
  '12d1:1c0b',
  '12d1:1da1',
  '12d1:1f01',
  '19d2:0053',
  '19d2:0083',
  '19d2:0103',
  '19d2:0115',
  '19d2:0149',
  '19d2:0150',
  '19d2:0154',
  '19d2:0166',
  '19d2:1225',
  '19d2:2000',
  '19d2:fff5',
  '1c9e:f000',
  '1bbb:f000',
]);

const massStorage = '08';

/** Modems that are plugged in and have no ports, because they play a disk with their own driver on it. */
export function findStorageSticks(root: string): UsbDevice[] {
  const folder = join(root, 'sys/bus/usb/devices');
  return namesIn(folder)
    .filter((name) => !name.includes(':'))
    .flatMap((name) => {
      const path = resolvedPath(join(folder, name));
      const device = path && readUsbDevice(path);
      return device && isStorageStick(device, interfaceClassesOf(folder, name)) ? [device] : [];
    });
}

function isStorageStick(device: UsbDevice, classes: readonly string[]): boolean {
  if (storageIds.has(`${device.vendor}:${device.product}`)) return true;
  return modemMakerOf(device) !== null && classes.length > 0 && classes.every((each) => each === massStorage);
}

/** The interfaces stand beside their device, under its name: `1-1` and `1-1:1.0`. */
function interfaceClassesOf(folder: string, name: string): string[] {
  return namesIn(folder)
    .filter((other) => other.startsWith(`${name}:`))
    .flatMap((other) => readAttribute(join(folder, other), 'bInterfaceClass') ?? []);
}
