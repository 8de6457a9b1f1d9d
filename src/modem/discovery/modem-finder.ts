import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { type AppError, fault } from '../../base/errors.ts';
import type { ModemFinder } from '../port/open-port.ts';
import { openSerial } from '../port/serial.ts';
import { type Inventory, type InventoryDevice, readInventory } from './inventory.ts';
import { findStorageSticks } from './modem-vendors.ts';
import { beginWith, type DeviceAnswer, type ProbeTools, probeDevice } from './probe-port.ts';
import { resolvedPath } from './system-files.ts';
import type { UsbDevice } from './usb-ttys.ts';

/** Why a modem may be missing: one shows itself as a CD-ROM (fault E3). Null if none does. */
function storageModeOf(sticks: readonly UsbDevice[]): AppError | null {
  const [stick] = sticks;
  if (!stick) return null;
  const usb = `${stick.vendor}:${stick.product}`;
  return fault('port.storage-mode', { usb, socket: stick.position });
}

interface ModemFinderOptions {
  readonly clock: Clock;
  /** Ports that the configuration gives to lines by path now: their devices are left alone. */
  readonly reserved: () => readonly string[];
  /** Where the machine's file trees begin; `/` unless given. */
  readonly root?: string;
  readonly openPort?: ProbeTools['openPort'];
}

interface DiscoveredModem {
  readonly imei: string;
  readonly tty: string;
  /** A text that the search has heard; handed to the modem's line once. */
  heard: Uint8Array | null;
}

/** A modem that boots, or hangs, is asked again after this. */
const silentForMs = 30_000;

export function createModemFinder(options: ModemFinderOptions): ModemFinder {
  const { clock, reserved, root = '/', openPort = openSerial } = options;
  const tools: ProbeTools = { root, clock, openPort };
  // By the device's key: a device that was replugged or exchanged is asked again (fault E2).
  const known = new Map<string, DiscoveredModem>();
  const silentUntilMs = new Map<string, number>();
  let search: Promise<void> | null = null;

  function knownAmong({ devices }: Inventory, imei: string): DiscoveredModem | null {
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

  function recordAnswer(device: InventoryDevice, { identity, port, heard }: DeviceAnswer): void {
    if (identity?.imei && port) known.set(device.key, { imei: identity.imei, tty: port.name, heard });
    else silentUntilMs.set(device.key, clock.monotonicMs() + silentForMs);
  }

  /** All devices at the same time, the ports of each one after another. */
  async function askAll(inventory: Inventory): Promise<void> {
    forgetAbsent(inventory);
    const asked = inventory.devices.filter(isToBeAsked);
    await Promise.all(
      asked.map(async (device) => recordAnswer(device, await probeDevice(device.ports, tools))),
    );
  }

  function forgetAbsent({ devices }: Inventory): void {
    const present = new Set(devices.map(({ key }) => key));
    for (const map of [known, silentUntilMs])
      for (const key of map.keys()) if (!present.has(key)) map.delete(key);
  }

  /** Lines that search at the same time share one search, so that no port is asked twice at once. */
  async function searchOnce(inventory: Inventory): Promise<void> {
    search ??= askAll(inventory).finally(() => {
      search = null;
    });
    await search;
  }

  return {
    async open(imei, baudRate) {
      let inventory = readInventory(root);
      let entry = knownAmong(inventory, imei);
      if (!entry) {
        await searchOnce(inventory);
        inventory = readInventory(root);
        entry = knownAmong(inventory, imei);
      }
      if (!entry) throw notFound(imei, inventory);
      const transport = await openPort(join(root, 'dev', entry.tty), baudRate);
      const { heard } = entry;
      entry.heard = null;
      return heard === null ? transport : beginWith(heard, transport);
    },
    storageMode: () => storageModeOf(findStorageSticks(root)),
  };
}

/** A line that has a port by its path has the whole device: opening another port can undo its settings (fault A11). */
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
  return storageModeOf(storageSticks) ?? fault('port.imei-not-found', { imei, modems });
}
