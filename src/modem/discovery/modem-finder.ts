import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { type AppError, fault } from '../../base/errors.ts';
import { isModem, type ModemId } from '../modem-id.ts';
import type { ModemFinder } from '../port/open-port.ts';
import { openSerial } from '../port/serial.ts';
import { type Inventory, type InventoryDevice, mayBeAsked, readInventory } from './inventory.ts';
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
  readonly identity: Readonly<Record<ModemId['kind'], string | null>>;
  readonly tty: string;
  /** A line has used it: its SIM may be another one by now. */
  wasOpened: boolean;
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

  /** @throws AppError `port.imei-shared` */
  function knownAmong({ devices }: Inventory, wanted: ModemId): DiscoveredModem | null {
    const entries = devices.flatMap((device) => {
      const entry = known.get(device.key);
      const isThere = entry !== undefined && device.ports.some((port) => port.name === entry.tty);
      return isThere && isModem(entry.identity, wanted) ? [entry] : [];
    });
    const [first = null] = entries;
    // Which of them is meant cannot be told; two ports of one modem have the same SIM.
    const sims = new Set(entries.map(({ identity }) => identity.iccid ?? identity.imsi));
    if (wanted.kind === 'imei' && entries.length > 1 && (sims.size > 1 || sims.has(null)))
      throw fault('port.imei-shared', { imei: wanted.id, modems: entries.length });
    return first;
  }

  /** A SIM can be put into another modem while both stay plugged in: what a line has used is asked anew. */
  function forgetUsed(wanted: ModemId): void {
    if (wanted.kind === 'imei') return;
    for (const [key, entry] of known)
      if (entry.wasOpened && isModem(entry.identity, wanted)) known.delete(key);
  }

  function isToBeAsked(device: InventoryDevice): boolean {
    // One that has not given its IMEI may do so later.
    if (!mayBeAsked(device) || typeof known.get(device.key)?.identity.imei === 'string') return false;
    if (clock.monotonicMs() < (silentUntilMs.get(device.key) ?? 0)) return false;
    return !belongsToLine(device, root, reserved());
  }

  function recordAnswer(device: InventoryDevice, { identity, port, heard }: DeviceAnswer): void {
    if (identity && port && (identity.imei ?? identity.iccid ?? identity.imsi) !== null)
      known.set(device.key, { identity, tty: port.name, wasOpened: false, heard });
    if (typeof identity?.imei !== 'string') silentUntilMs.set(device.key, clock.monotonicMs() + silentForMs);
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
    async open(wanted, baudRate) {
      forgetUsed(wanted);
      let inventory = readInventory(root);
      let entry = knownAmong(inventory, wanted);
      if (!entry) {
        await searchOnce(inventory);
        inventory = readInventory(root);
        entry = knownAmong(inventory, wanted);
      }
      if (!entry) throw notFound(wanted, inventory);
      entry.wasOpened = true;
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

function notFound({ kind, id }: ModemId, { devices, storageSticks }: Inventory): AppError {
  const modems = devices.filter(mayBeAsked).length;
  const missing =
    kind === 'imei'
      ? fault('port.imei-not-found', { imei: id, modems })
      : fault('port.sim-not-found', { kind, modems });
  return storageModeOf(storageSticks) ?? missing;
}
