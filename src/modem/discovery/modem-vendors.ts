import type { UsbDevice, UsbTty } from './usb-ttys.ts';

interface Vendor {
  readonly name: string;
  /** Only these products are modems; without it all are. */
  readonly products?: RegExp;
  /** Interfaces that take AT commands, the likeliest first. */
  readonly interfaces: readonly number[];
}

/**
 * Makers of modems by their USB vendor id. Only these are ever asked who they are: anything else on a serial port
 * may be a door lock, a meter or a radio, and no visitor register has a word to say to it.
 */
const vendors: Readonly<Record<string, Vendor>> = {
  // Where it tells, by protocol (see below): the user interface's port has the notifications.
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
  // Satellite receivers of the same maker stand at 01a0 to 01af.
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

/** The maker by its USB vendor id; null where no modem is made under it. */
export function modemMakerOf(device: Pick<UsbDevice, 'vendor' | 'product'>): string | null {
  const vendor = vendors[device.vendor];
  return vendor && (vendor.products?.test(device.product) ?? true) ? vendor.name : null;
}

/** The maker of a serial bridge, behind which anything may be; null where it is none. */
export function bridgeMakerOf(device: Pick<UsbDevice, 'vendor'>): string | null {
  return bridges[device.vendor] ?? null;
}

/** A device's terminals, that which most likely takes AT commands and has the notifications first. */
export function inOrderOfPromise(ttys: readonly UsbTty[]): UsbTty[] {
  return [...ttys].sort((a, b) => promiseOf(a) - promiseOf(b) || interfaceOf(a) - interfaceOf(b));
}

function promiseOf(tty: UsbTty): number {
  // Huawei's numbers differ from model to model, its protocols do not: x2 is the port of the user interface.
  if (tty.device.vendor === '12d1' && /^[0136]2$/.test(tty.protocol ?? '')) return -1;
  const place = vendors[tty.device.vendor]?.interfaces.indexOf(interfaceOf(tty)) ?? -1;
  return place < 0 ? 99 : place;
}

function interfaceOf(tty: UsbTty): number {
  return tty.interfaceNumber ?? 0;
}
