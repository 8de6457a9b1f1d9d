import type { UsbDevice, UsbTty } from './usb-ttys.ts';

/**
 * The path to write into a configuration. The name by serial number follows a stick from socket to socket, but two
 * sticks with the same number have to share it, and which of them gets it changes (fault E7): then the socket's.
 */
export function stablePathOf(tty: UsbTty, all: readonly UsbTty[]): string {
  const [byId] = tty.byId;
  const [byPath] = tty.byPath;
  return (hasTwin(tty.device, all) ? byPath : (byId ?? byPath)) ?? tty.node;
}

/** Whether another device of the machine gives the same ids and the same serial number, or lack of one. */
export function hasTwin(device: UsbDevice, all: readonly UsbTty[]): boolean {
  return all.some(
    ({ device: other }) =>
      other.position !== device.position &&
      other.vendor === device.vendor &&
      other.product === device.product &&
      other.serial === device.serial,
  );
}
