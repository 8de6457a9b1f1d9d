import { basename, dirname, join } from 'node:path';
import { linkAt, namesIn, readAttribute, resolvedPath } from './system-files.ts';

/** The paths of udev's links to this terminal under /dev/serial. */
function linksTo(root: string, kind: 'by-id' | 'by-path', name: string): string[] {
  const folder = `/dev/serial/${kind}`;
  return namesIn(join(root, folder))
    .filter((link) => basename(linkAt(join(root, folder, link)) ?? '') === name)
    .sort()
    .map((link) => `${folder}/${link}`);
}

/** A USB device. */
export interface UsbDevice {
  /** Where it is plugged in: `1-1.2`. */
  readonly position: string;
  /** Another stick, or the same one plugged in again, has another key. */
  readonly key: string;
  /** Four hexadecimal digits each, in lower case. */
  readonly vendor: string;
  readonly product: string;
  /** What the device says of itself; null if it says nothing. */
  readonly maker: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  /** `major:minor` of its node, by which udev knows it; null if it has none. */
  readonly number: string | null;
}

/** A serial terminal of a USB device. */
export interface UsbTty {
  /** `ttyUSB2` */
  readonly name: string;
  /** `/dev/ttyUSB2` */
  readonly node: string;
  readonly device: UsbDevice;
  /** Number of its USB interface, from 0; null if it has none. */
  readonly interfaceNumber: number | null;
  /** bInterfaceProtocol, two hexadecimal digits. */
  readonly protocol: string | null;
  /** The kernel's driver: `option`, `cdc_acm`, `ftdi_sio`. */
  readonly driver: string | null;
  /** `major:minor` */
  readonly number: string | null;
  /** Links to it under /dev/serial/by-id and by-path. */
  readonly byId: readonly string[];
  readonly byPath: readonly string[];
}

/**
 * Every ttyUSB* and ttyACM* of the machine whose file trees begin at `root`, in order of their number. Read from
 * /sys itself, because udevadm is not installed everywhere.
 */
export function findUsbTtys(root: string): UsbTty[] {
  const folder = join(root, 'sys/class/tty');
  return namesIn(folder)
    .filter((name) => /^tty(?:USB|ACM)\d+$/.test(name))
    .sort(byKindAndNumber)
    .flatMap((name) => readTty(root, name, join(folder, name)));
}

/** `ttyACM0`, `ttyUSB2`, `ttyUSB10`. A language's own comparison would load megabytes of tables for good. */
function byKindAndNumber(a: string, b: string): number {
  const [kindA, kindB] = [a.slice(0, 6), b.slice(0, 6)];
  if (kindA !== kindB) return kindA < kindB ? -1 : 1;
  return Number(a.slice(6)) - Number(b.slice(6));
}

/** Empty if a stick is pulled between two reads. */
function readTty(root: string, name: string, link: string): UsbTty[] {
  const folder = resolvedPath(link);
  const port = folder && ancestorWith(folder, 'bInterfaceNumber');
  const owner = port && ancestorWith(port, 'idVendor');
  const device = owner ? readUsbDevice(owner) : null;
  if (!folder || !port || !device) return [];
  const number = readAttribute(port, 'bInterfaceNumber');
  const driver = resolvedPath(join(port, 'driver'));
  return [
    {
      name,
      node: `/dev/${name}`,
      device,
      interfaceNumber: number === null ? null : Number.parseInt(number, 16),
      protocol: readAttribute(port, 'bInterfaceProtocol'),
      driver: driver && basename(driver),
      number: readAttribute(folder, 'dev'),
      byId: linksTo(root, 'by-id', name),
      byPath: linksTo(root, 'by-path', name),
    },
  ];
}

/** The device whose folder under /sys this is; null if it is not a device's. */
export function readUsbDevice(folder: string): UsbDevice | null {
  const vendor = readAttribute(folder, 'idVendor');
  const product = readAttribute(folder, 'idProduct');
  if (vendor === null || product === null) return null;
  const position = basename(folder);
  return {
    position,
    key: `${position}#${readAttribute(folder, 'busnum') ?? ''}.${readAttribute(folder, 'devnum') ?? ''}`,
    vendor: vendor.toLowerCase(),
    product: product.toLowerCase(),
    maker: readAttribute(folder, 'manufacturer'),
    model: readAttribute(folder, 'product'),
    serial: readAttribute(folder, 'serial'),
    number: readAttribute(folder, 'dev'),
  };
}

function ancestorWith(folder: string, attribute: string): string | null {
  for (let at = folder; at !== dirname(at); at = dirname(at))
    if (readAttribute(at, attribute) !== null) return at;
  return null;
}

/**
 * The path to write into a configuration. The name by serial number follows a stick from socket to socket. Two sticks
 * with the same number share it, and which of them gets it changes (fault E7): they are named by their sockets.
 */
export function stablePathOf(tty: UsbTty, all: readonly UsbTty[]): string {
  const [byId] = tty.byId;
  const [byPath] = tty.byPath;
  return (hasTwin(tty.device, all) ? byPath : (byId ?? byPath)) ?? tty.node;
}

/** Whether another device of the machine has the same ids and the same serial number, or none either. */
export function hasTwin(device: UsbDevice, all: readonly UsbTty[]): boolean {
  return all.some(
    ({ device: other }) =>
      other.position !== device.position &&
      other.vendor === device.vendor &&
      other.product === device.product &&
      other.serial === device.serial,
  );
}
