import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { type AppError, fault } from '../../base/errors.ts';
import { openSerial } from '../port/serial.ts';
import type { Transport } from '../port/transport.ts';
import { type Inventory, type InventoryDevice, takeInventory } from './inventory.ts';
import { findStorageSticks } from './modem-vendors.ts';
import { beginWith, type DeviceAnswer, type ProbeTools, probeDevice } from './probe-port.ts';
import { resolvedPath } from './system-files.ts';
import type { UsbDevice } from './usb-ttys.ts';

/** Why a modem that is looked for is not there: one has come back as a CD-ROM (fault E3). Null: none has. */
export function playsDisk(sticks: readonly UsbDevice[]): AppError | null {
  const [stick] = sticks;
  if (!stick) return null;
  const usb = `${stick.vendor}:${stick.product}`;
  return fault('port.storage-mode', { usb, socket: stick.position });
}

/** Finds a modem by its own number among the ports of the machine. One for all lines of a gateway. */
export interface ModemFinder {
  /**
   * Opens the port of the modem with this IMEI.
   * @throws AppError `port.imei-not-found`, `port.storage-mode`; what the port's opening throws
   */
  open(imei: string, baudRate: number): Promise<Transport>;
  /** The error that tells of a modem here that shows itself as a CD-ROM; null: none does. */
  asDisk(): AppError | null;
}

export interface ModemFinderOptions {
  readonly clock: Clock;
  /** Ports that lines are given by path, now: their devices are those lines' and are left alone. */
  readonly reserved: () => readonly string[];
  /** Where the machine's file trees begin; `/` unless said. */
  readonly root?: string;
  readonly openPort?: ProbeTools['openPort'];
}

interface Known {
  readonly imei: string;
  readonly tty: string;
  /** Handed over once, to the line whose modem it is. */
  heard: Uint8Array | null;
}

/** A modem that boots, or hangs, is asked again after this. */
const silentForMs = 30_000;

export function createModemFinder(options: ModemFinderOptions): ModemFinder {
  const { clock, reserved, root = '/', openPort = openSerial } = options;
  const tools: ProbeTools = { root, clock, openPort };
  // By the device's key: what was plugged out and in again, or is another one, has to be asked anew (fault E2).
  const known = new Map<string, Known>();
  const silentUntilMs = new Map<string, number>();
  let search: Promise<void> | null = null;

  function knownAmong({ devices }: Inventory, imei: string): Known | null {
    for (const device of devices) {
      const entry = known.get(device.key);
      if (entry?.imei === imei && device.ports.some((port) => port.name === entry.tty)) return entry;
    }
    return null;
  }

  function isToBeAsked(device: InventoryDevice): boolean {
    if (device.kind !== 'modem' || known.has(device.key)) return false;
    if (clock.monotonicMs() < (silentUntilMs.get(device.key) ?? 0)) return false;
    return !belongsToLine(device, root, reserved());
  }

  function note(device: InventoryDevice, { identity, port, heard }: DeviceAnswer): void {
    if (identity?.imei && port) known.set(device.key, { imei: identity.imei, tty: port.name, heard });
    else silentUntilMs.set(device.key, clock.monotonicMs() + silentForMs);
  }

  /** Every device at the same time, the ports of each one after another. */
  async function askAll(inventory: Inventory): Promise<void> {
    forgetAbsent(inventory);
    const asked = inventory.devices.filter(isToBeAsked);
    await Promise.all(asked.map(async (device) => note(device, await probeDevice(device.ports, tools))));
  }

  function forgetAbsent({ devices }: Inventory): void {
    const present = new Set(devices.map(({ key }) => key));
    for (const map of [known, silentUntilMs])
      for (const key of map.keys()) if (!present.has(key)) map.delete(key);
  }

  /** Lines that look at the same time wait for one search: no port is asked by two of them at once. */
  async function searchOnce(inventory: Inventory): Promise<void> {
    search ??= askAll(inventory).finally(() => {
      search = null;
    });
    await search;
  }

  return {
    async open(imei, baudRate) {
      let inventory = takeInventory(root);
      let entry = knownAmong(inventory, imei);
      if (!entry) {
        await searchOnce(inventory);
        inventory = takeInventory(root);
        entry = knownAmong(inventory, imei);
      }
      if (!entry) throw notFound(imei, inventory);
      const transport = await openPort(join(root, 'dev', entry.tty), baudRate);
      const { heard } = entry;
      entry.heard = null;
      return heard === null ? transport : beginWith(heard, transport);
    },
    asDisk: () => playsDisk(findStorageSticks(root)),
  };
}

/** A line that is given by path has its whole device: to open another port of it can undo its settings (fault A11). */
function belongsToLine(device: InventoryDevice, root: string, reserved: readonly string[]): boolean {
  const nodes = new Set(reserved.map((path) => resolvedPath(join(root, path))));
  return device.ports.some(
    (port) =>
      nodes.has(resolvedPath(join(root, port.node))) ||
      port.holders.some((holder) => holder.name === 'visitlog'),
  );
}

function notFound(imei: string, { devices, storageSticks }: Inventory): AppError {
  const modems = devices.filter(({ kind }) => kind === 'modem').length;
  return playsDisk(storageSticks) ?? fault('port.imei-not-found', { imei, modems });
}
