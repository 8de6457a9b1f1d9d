import { createBoot } from './boot.ts';
import { createMachine } from './create-machine.ts';
import type { Exchange } from './exchange.ts';
import type { Family } from './family.ts';
import { createRack, type Rack } from './faults/rack.ts';
import { runExchange } from './interpreter.ts';
import type { Counters, Machine, Watcher } from './machine.ts';
import type { Memory } from './memory.ts';
import type { ModemOptions } from './modem-options.ts';
import { createNetwork, type Network } from './network.ts';
import { ring, swapSim } from './outside-events.ts';
import { createPort, type HostSide, type ModemPort } from './port.ts';
import type { Presence } from './presence.ts';
import { initialSettings, type PortRole, type Settings } from './settings.ts';
import type { SimCard } from './sim-card.ts';

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
