import { bridgeMakerOf, findStorageSticks, inOrderOfLikelihood, modemMakerOf } from './modem-vendors.ts';
import { findHolders, type Holder, type Holders } from './port-holders.ts';
import { findUsbTtys, stablePathOf, type UsbDevice, type UsbTty } from './usb-ttys.ts';

/** A terminal, as far as it is known without opening it. */
export interface InventoryPort extends UsbTty {
  /** The path to configure. */
  readonly path: string;
  readonly holders: readonly Holder[];
}

export interface InventoryDevice extends UsbDevice {
  /** `bridge`: anything may be behind it. `other`: not a modem by its vendor id. */
  readonly kind: 'modem' | 'bridge' | 'other';
  /** The likeliest to answer first. */
  readonly ports: readonly InventoryPort[];
  /** One port of a device that has a modem behind each. */
  readonly isInPool: boolean;
}

/** No single modem has so many ports: each leads to a modem of its own. */
const poolPorts = 8;

export interface Inventory {
  readonly devices: readonly InventoryDevice[];
  /** Modems that show themselves as a CD-ROM and have no ports. */
  readonly storageSticks: readonly UsbDevice[];
  readonly holders: Holders;
}

/** What is plugged into the machine whose file trees begin at `root`. Opens nothing. */
export function readInventory(root: string): Inventory {
  const ttys = findUsbTtys(root);
  const holders = findHolders(root);
  const byDevice = new Map<string, UsbTty[]>();
  for (const tty of ttys) byDevice.set(tty.device.key, [...(byDevice.get(tty.device.key) ?? []), tty]);
  const devices = [...byDevice.values()].flatMap((own): InventoryDevice[] => {
    const device = own[0]?.device;
    if (!device) return [];
    const ports = inOrderOfLikelihood(own).map((tty) => ({
      ...tty,
      path: stablePathOf(tty, ttys),
      holders: holders.of(tty.node),
    }));
    return splitPool({ ...device, kind: kindOf(device), ports, isInPool: ports.length >= poolPorts });
  });
  return { devices, storageSticks: findStorageSticks(root), holders };
}

/** Ports behind which there are different modems are devices of their own; a bridge's ports always are. */
function splitPool(device: InventoryDevice): InventoryDevice[] {
  if (!device.isInPool && device.kind !== 'bridge') return [device];
  const inOrder = [...device.ports].sort((a, b) => (a.interfaceNumber ?? 0) - (b.interfaceNumber ?? 0));
  return inOrder.map((port) => ({ ...device, key: `${device.key}/${port.name}`, ports: [port] }));
}

/** Whether its ports may be asked who is there though no line names them. */
export function mayBeAsked({ kind, isInPool }: InventoryDevice): boolean {
  return kind === 'modem' || (kind === 'bridge' && isInPool);
}

function kindOf(device: UsbDevice): InventoryDevice['kind'] {
  if (modemMakerOf(device) !== null) return 'modem';
  return bridgeMakerOf(device) === null ? 'other' : 'bridge';
}
