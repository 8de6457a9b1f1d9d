import type { Clock } from '../base/clock.ts';
import { BootSequence } from './boot.ts';
import {
  type Counters,
  type ModemDevice,
  type NewCard,
  type RebootKind,
  ring,
  swapSim,
  type Watcher,
} from './device.ts';
import { type FamilyName, findFamily } from './families/families.ts';
import type { Family } from './family.ts';
import { ActiveFaults } from './faults/active-faults.ts';
import { runExchange } from './interpreter.ts';
import type { SmsMemory } from './memory.ts';
import { type Network, SimulatedNetwork } from './network.ts';
import { type HostSide, ModemPort } from './port.ts';
import { createRandom, createTimers } from './random.ts';
import { frame } from './reply.ts';
import { initialSettings, type PortRole, type Settings, type UsbState } from './settings.ts';
import { createSimCard, type SimCard } from './sim-card.ts';

export interface ModemOptions {
  readonly family: FamilyName;
  readonly clock: Clock;
  /** The same seed plays the same faults at the same places; 1 by default. */
  readonly seed?: number;
  /** Slots of every memory except the one of reports; the family's own by default. */
  readonly capacity?: number;
  /** Time that a command takes; 0 by default. */
  readonly latencyMs?: number;
  /** Octets are paced as at this rate; not at all by default. */
  readonly baudRate?: number | null;
  /** The SIM asks for it after every boot; none by default. */
  readonly pin?: string | null;
  readonly imei?: string;
  readonly iccid?: string;
  readonly imsi?: string;
  readonly operator?: string;
  /** Starts with its boot instead of as one that has long been on. */
  readonly cold?: boolean;
  /** Faults as `slug` or `slug:value` (see `parseFault`). */
  readonly faults?: readonly string[];
  /** Scales the times of boot and registration; 1 by default. */
  readonly bootScale?: number;
  /** Waits at the network: after a text found no room (30 s), and before a backlog comes (0). */
  readonly retryMs?: number;
  readonly backlogMs?: number;
  /** false: texts that are done with are only counted. */
  readonly keepJournal?: boolean;
}

const identityDefaults = {
  imei: '359853035323129',
  iccid: '8982050000000000012',
  imsi: '450050000000012',
  operator: 'SKTelecom',
};

const puk = '12345678';
const smsc = '+821000000000';

/** A modem in software: what a host sees at its ports, and the network behind it. */
export interface SimulatedModem {
  readonly family: Family;
  readonly network: Network;
  readonly counters: Counters;
  readonly settings: Readonly<Settings>;
  readonly sim: SimCard;
  readonly usb: UsbState;
  readonly memories: ReadonlyMap<string, SmsMemory>;
  readonly faults: ActiveFaults;
  /** Opens one of its ports; throws `simulator.port.absent` or `simulator.port.busy`. */
  attach(role?: PortRole): HostSide;
  onUsbChange(listener: (usb: UsbState) => void): void;
  watch(watcher: Watcher): void;
  /** Prints a notification as if the modem had one. */
  notify(...lines: readonly string[]): void;
  reboot(kind: RebootKind): void;
  unplug(): void;
  /** Puts it back (or, after it came back as a CD-ROM, switches its mode), as that tty number. */
  plug(number?: number): void;
  /** Another card: its PIN is asked for, its memory is empty. */
  swapSim(card: NewCard): void;
  /** An incoming call: RING every 3 s until the host hangs up. */
  ring(): void;
  /** Stops every timer. */
  dispose(): void;
}

export function createModem(options: ModemOptions): SimulatedModem {
  return new SoftwareModem(options);
}

const roles = ['at', 'second', 'dead', 'nmea'] as const;

class SoftwareModem implements ModemDevice, SimulatedModem {
  readonly clock;
  readonly random;
  readonly bootScale;
  readonly latencyMs;
  readonly identity;
  readonly sim;
  readonly network;
  readonly faults;
  readonly ports: ReadonlyMap<PortRole, ModemPort>;
  readonly counters: Counters = {
    commands: 0,
    bytesIn: 0,
    bytesOut: 0,
    stored: 0,
    deleted: 0,
    reboots: 0,
    byName: new Map(),
  };
  readonly memories = new Map<string, SmsMemory>();
  readonly watchers: Watcher[] = [];
  readonly radio = { cfun: 1, registration: 0, rssi: 18 };
  readonly ready = { answers: false, sim: false, sms: false };
  family: Family;
  settings: Settings;
  usb: UsbState = { state: 'present', number: 0 };
  unacknowledged: ModemDevice['unacknowledged'] = null;
  ringing = false;
  fullAnnounced = false;
  readonly #boot = new BootSequence(this);
  readonly #usbListeners: ((usb: UsbState) => void)[] = [];

  constructor(options: ModemOptions) {
    const { imei, iccid, imsi, operator } = { ...identityDefaults, ...options };
    this.clock = createTimers(options.clock);
    this.random = createRandom(options.seed ?? 1);
    this.bootScale = options.bootScale ?? 1;
    this.latencyMs = options.latencyMs ?? 0;
    this.identity = { imei, operator, smsc };
    this.sim = createSimCard({ iccid, imsi, pin: options.pin ?? null, puk });
    this.family = findFamily(options.family);
    this.faults = new ActiveFaults(this, options.capacity ?? null);
    this.network = new SimulatedNetwork(this, {
      smsc,
      retryMs: options.retryMs ?? 30_000,
      backlogMs: options.backlogMs ?? 0,
      keepJournal: options.keepJournal ?? true,
    });
    const { baudRate = null } = options;
    this.ports = new Map(
      roles.map((role) => [
        role,
        new ModemPort(this, role, { baudRate, run: (exchange) => runExchange(this, exchange) }),
      ]),
    );
    // Some faults read the settings when they are created, others change the family that settings come from.
    this.settings = initialSettings(this.family);
    for (const spec of options.faults ?? []) this.faults.add(spec);
    this.settings = initialSettings(this.family);
    if (options.cold) this.#boot.startCold();
    else this.#boot.startWarm();
    this.faults.start();
  }

  attach(role: PortRole = 'at'): HostSide {
    const port = this.ports.get(role);
    if (!port) throw new RangeError(`no port ${role}`);
    return port.attach();
  }

  notify(...lines: readonly string[]): boolean {
    let left = lines;
    for (const { notice } of this.faults.hooks) if (notice && left.length > 0) left = notice(left);
    const port = this.ports.get(this.settings.noticePort);
    if (left.length === 0 || !port?.attached || !this.ready.answers) return false;
    port.print(frame(left));
    return true;
  }

  setUsb(usb: UsbState): void {
    this.usb = usb;
    if (usb.state !== 'present') for (const port of this.ports.values()) port.hangUp();
    for (const hooks of this.faults.hooks) hooks.usb?.(usb);
    for (const listener of this.#usbListeners) listener(usb);
  }

  onUsbChange(listener: (usb: UsbState) => void): void {
    this.#usbListeners.push(listener);
  }

  watch(watcher: Watcher): void {
    this.watchers.push(watcher);
  }

  reboot(kind: RebootKind): void {
    this.#boot.reboot(kind);
  }

  unplug(): void {
    this.#boot.unplug();
  }

  plug(number = this.usb.number): void {
    this.#boot.plug(number);
  }

  simUnlocked(): void {
    this.#boot.resumeAfterPin();
  }

  swapSim(card: NewCard): void {
    swapSim(this, card);
  }

  ring(): void {
    ring(this);
  }

  dispose(): void {
    this.faults.clear();
    this.clock.stop();
  }
}
