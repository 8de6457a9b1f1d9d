import type { Clock } from '../base/clock.ts';
import { createBoot } from './boot.ts';
import type { Exchange } from './exchange.ts';
import { type FamilyName, findFamily } from './families/families.ts';
import type { Family } from './family.ts';
import { createRack, type Rack } from './faults/rack.ts';
import { runExchange } from './interpreter.ts';
import { type Counters, type Machine, ring, swapSim, type Watcher } from './machine.ts';
import type { Memory } from './memory.ts';
import { createNetwork, type Network } from './network.ts';
import { createPort, type HostSide, type ModemPort } from './port.ts';
import { createRandom, createTimers } from './random.ts';
import { frame } from './reply.ts';
import { initialSettings, type PortRole, type Presence, type Settings } from './settings.ts';
import { createSimCard, type SimCard } from './sim-card.ts';

export interface ModemOptions {
  readonly family: FamilyName;
  readonly clock: Clock;
  /** The same seed plays the same faults at the same places; 1 unless said. */
  readonly seed?: number;
  /** Slots of every memory but that of reports; the family's own unless said. */
  readonly capacity?: number;
  /** Time that a command takes; 0 unless said. */
  readonly latencyMs?: number;
  /** Octets are paced as at this rate; not at all unless said. */
  readonly baudRate?: number | null;
  /** The SIM asks for it after every boot; none unless said. */
  readonly pin?: string | null;
  readonly imei?: string;
  readonly iccid?: string;
  readonly imsi?: string;
  readonly operator?: string;
  /** Starts with its boot instead of as one that has long been on. */
  readonly cold?: boolean;
  /** Faults as `slug` or `slug:value` (see `parseFault`). */
  readonly faults?: readonly string[];
  /** Scales the times of boot and registration; 1 unless said. */
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

/** What `createModem` adds to it. */
type Rest = 'network' | 'reboot' | 'unplug' | 'plug' | 'simUnlocked';

/** A machine that has not been powered yet, without network and without ports. */
export function createMachine(
  options: ModemOptions,
  presenceListeners: readonly ((presence: Presence) => void)[],
): Omit<Machine, Rest> {
  const family = findFamily(options.family);
  const identity = { ...identityDefaults, ...options };
  const machine: Omit<Machine, Rest> = {
    clock: createTimers(options.clock),
    random: createRandom(options.seed ?? 1),
    bootScale: options.bootScale ?? 1,
    latencyMs: options.latencyMs ?? 0,
    family,
    settings: initialSettings(family),
    identity: { imei: identity.imei, operator: identity.operator },
    sim: createSimCard({ iccid: identity.iccid, imsi: identity.imsi, pin: options.pin ?? null, puk }),
    memories: new Map(),
    counters: { commands: 0, bytesIn: 0, bytesOut: 0, stored: 0, deleted: 0, reboots: 0, byName: new Map() },
    watchers: [],
    faults: { hooks: [] },
    ports: new Map(),
    radio: { cfun: 1, registration: 0, rssi: 18 },
    ready: { answers: false, sim: false, sms: false },
    presence: { state: 'present', number: 0 },
    awaiting: null,
    ringing: false,
    fullSaid: false,
    notify: (...lines) => notify(machine, lines),
    setPresence(presence) {
      machine.presence = presence;
      if (presence.state !== 'present') for (const port of machine.ports.values()) port.hangUp();
      for (const hooks of machine.faults.hooks) hooks.presence?.(presence);
      for (const listener of presenceListeners) listener(presence);
    },
  };
  return machine;
}

function notify(machine: Omit<Machine, Rest>, lines: readonly string[]): boolean {
  let left = lines;
  for (const { notice } of machine.faults.hooks) if (notice && left.length > 0) left = notice(left);
  const port = machine.ports.get(machine.settings.noticePort);
  if (left.length === 0 || !port?.attached || !machine.ready.answers) return false;
  port.print(frame(left));
  return true;
}

export interface SimulatedModem {
  readonly family: Family;
  readonly network: Network;
  readonly counters: Counters;
  readonly settings: Readonly<Settings>;
  readonly sim: SimCard;
  readonly presence: Presence;
  readonly memories: ReadonlyMap<string, Memory>;
  readonly faults: Rack;
  /** Opens one of its ports; `simulator.port.absent` or `simulator.port.busy` where that cannot be. */
  attach(role?: PortRole): HostSide;
  onPresence(listener: (presence: Presence) => void): void;
  /** Lets somebody look on. */
  watch(watcher: Watcher): void;
  /** Prints a notification as if the modem had one. */
  notify(...lines: readonly string[]): void;
  /** `reset`: as by command; `silent`: the port stays; `power`: its supply was cut. */
  reboot(how: 'reset' | 'silent' | 'power'): void;
  unplug(): void;
  /** Puts it back (or, after it came back as a CD-ROM, switches its mode), as that tty number. */
  plug(number?: number): void;
  /** Another card: its PIN is asked for, its memory is empty. */
  swapSim(card: { iccid: string; imsi: string; pin?: string | null }): void;
  /** A call: RING every 3 s until the host hangs up. */
  ring(): void;
  /** Stops every timer. */
  dispose(): void;
}

/** A modem in software: what a host sees at its ports, and the network behind it. */
export function createModem(options: ModemOptions): SimulatedModem {
  const listeners: ((presence: Presence) => void)[] = [];
  // The parts below need the machine, and the machine needs them: they are put in one by one.
  const machine = createMachine(options, listeners) as Machine;
  const rack = createRack(machine, options.capacity ?? null);
  machine.faults = rack;
  const { network, machineSide } = createNetwork(machine, {
    smsc: '+821000000000',
    retryMs: options.retryMs ?? 30_000,
    backlogMs: options.backlogMs ?? 0,
    keepJournal: options.keepJournal ?? true,
  });
  machine.network = machineSide;
  const boot = createBoot(machine);
  Object.assign(machine, boot);
  const run = (exchange: Exchange): void => runExchange(machine, exchange);
  for (const role of ['at', 'second', 'dead', 'nmea'] as const)
    machine.ports.set(role, createPort(machine, role, { baudRate: options.baudRate ?? null, run }));
  for (const spec of options.faults ?? []) rack.add(spec);
  machine.settings = initialSettings(machine.family);
  if (options.cold) boot.cold();
  else boot.warm();
  rack.start();
  return publicSide(machine, network, rack, listeners);
}

function publicSide(
  machine: Machine,
  network: Network,
  faults: Rack,
  listeners: ((presence: Presence) => void)[],
): SimulatedModem {
  return {
    get family() {
      return machine.family;
    },
    get settings() {
      return machine.settings;
    },
    get sim() {
      return machine.sim;
    },
    get presence() {
      return machine.presence;
    },
    network,
    faults,
    counters: machine.counters,
    memories: machine.memories,
    attach: (role = 'at') => (machine.ports.get(role) as ModemPort).attach(),
    onPresence: (listener) => void listeners.push(listener),
    watch: (watcher) => void machine.watchers.push(watcher),
    notify: (...lines) => void machine.notify(...lines),
    reboot: (how) => machine.reboot(how),
    unplug: () => machine.unplug(),
    plug: (number) => machine.plug(number),
    swapSim: (card) => swapSim(machine, card),
    ring: () => ring(machine),
    dispose() {
      faults.clear();
      machine.clock.stop();
    },
  };
}
