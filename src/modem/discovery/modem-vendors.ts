import { join } from 'node:path';
import { namesIn, readAttribute, resolvedPath } from './system-files.ts';
import { readUsbDevice, type UsbDevice, type UsbTty } from './usb-ttys.ts';

interface Vendor {
  readonly name: string;
  /** Only these products are modems; without it all are. */
  readonly products?: RegExp;
  /** Interfaces that take AT commands, the likeliest first. */
  readonly interfaces: readonly number[];
}

/**
 * Makers of modems by their USB vendor id. Only these are asked who they are though no line names their port, and the
 * bridges of a pool (`mayBeAsked`): anything else on a serial port may be a door lock, a meter or a radio, which must not
 * be written to.
 */
const vendors: Readonly<Record<string, Vendor>> = {
  // By protocol if there is one (see below): the user interface's port has the notifications.
  '12d1': { name: 'Huawei', interfaces: [2, 1, 0] },
  '19d2': { name: 'ZTE', interfaces: [2, 3, 1] },
  '1e0e': { name: 'SIMCom', interfaces: [2, 3] },
  '2c7c': { name: 'Quectel', interfaces: [2, 3] },
  '1199': { name: 'Sierra Wireless', interfaces: [3, 2] },
  '0bdb': { name: 'Ericsson', interfaces: [1, 3] },
  '1bc7': { name: 'Telit', interfaces: [] },
  '1e2d': { name: 'Cinterion', interfaces: [] },
  '2cb7': { name: 'Fibocom', interfaces: [] },
  '1508': { name: 'Fibocom', interfaces: [] },
  '2dee': { name: 'MeiG', interfaces: [] },
  '0af0': { name: 'Option', interfaces: [] },
  '1410': { name: 'Novatel', interfaces: [] },
  '1c9e': { name: 'Longcheer', interfaces: [] },
  '1bbb': { name: 'Alcatel', interfaces: [] },
  // 01a0 to 01af are satellite receivers of the same maker.
  '1546': { name: 'u-blox', products: /^(?!01a)/, interfaces: [] },
  // EC20 and UC20 with the chip maker's id, which phones have too.
  '05c6': { name: 'Qualcomm', products: /^(?:9003|9215)$/, interfaces: [2, 3] },
};

const bridges: Readonly<Record<string, string>> = {
  '0403': 'FTDI',
  '067b': 'Prolific',
  '10c4': 'Silicon Labs',
  '1a86': 'QinHeng',
};

/** The maker by its USB vendor id; null if it is not a modem's. */
export function modemMakerOf(device: Pick<UsbDevice, 'vendor' | 'product'>): string | null {
  const vendor = vendors[device.vendor];
  return vendor && (vendor.products?.test(device.product) ?? true) ? vendor.name : null;
}

/** The maker of a serial bridge, behind which anything may be; null if it is not a bridge. */
export function bridgeMakerOf(device: Pick<UsbDevice, 'vendor'>): string | null {
  return bridges[device.vendor] ?? null;
}

/** A device's terminals; the first most likely takes AT commands and has the notifications. */
export function inOrderOfLikelihood(ttys: readonly UsbTty[]): UsbTty[] {
  return [...ttys].sort((a, b) => rankOf(a) - rankOf(b) || interfaceOf(a) - interfaceOf(b));
}

function rankOf(tty: UsbTty): number {
  // Huawei's interface numbers differ by model, its protocols do not: x2 is the port of the user interface.
  if (tty.device.vendor === '12d1' && /^[0136]2$/.test(tty.protocol ?? '')) return -1;
  const place = vendors[tty.device.vendor]?.interfaces.indexOf(interfaceOf(tty)) ?? -1;
  return place < 0 ? 99 : place;
}

function interfaceOf(tty: UsbTty): number {
  return tty.interfaceNumber ?? 0;
}

/** Ids of modems that show themselves as a CD-ROM until their mode is switched (fault E3). */
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

/** Modems that are plugged in and have no ports, because they show themselves as a disk with their driver. */
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

/** The folders of the interfaces stand beside their device's: `1-1:1.0` beside `1-1`. */
function interfaceClassesOf(folder: string, name: string): string[] {
  return namesIn(folder)
    .filter((other) => other.startsWith(`${name}:`))
    .flatMap((other) => readAttribute(join(folder, other), 'bInterfaceClass') ?? []);
}
