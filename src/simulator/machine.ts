import type { Port } from './exchange.ts';
import type { Family } from './family.ts';
import type { FaultHooks } from './fault-hooks.ts';
import { createMemory, type Memory } from './memory.ts';
import type { Random, Timers } from './random.ts';
import type { OutgoingText, SentText, TextState } from './sent-text.ts';
import type { PortRole, Presence, Settings } from './settings.ts';
import { pinState, type SimCard } from './sim-card.ts';

export interface Counters {
  commands: number;
  bytesIn: number;
  bytesOut: number;
  stored: number;
  deleted: number;
  reboots: number;
  /** Commands by name, `+CMGL`. */
  readonly byName: Map<string, number>;
}

/** What the modem tells the network. */
export interface MachineNetwork {
  /** RP-SMMA: there is room again. */
  memoryFreed(): void;
  reachableAgain(): void;
  /** The host acknowledged a text that was handed over directly, or did not in time. */
  acknowledged(text: SentText, taken: boolean): void;
  /** Writes down where a text is. */
  move(text: SentText, state: TextState): void;
  /** The same text again, as after a lost RP-ACK. */
  repeat(text: SentText, afterMs: number): void;
  /** The parts of a text that nobody asked for. */
  inject(parts: readonly OutgoingText[]): void;
  /** A text that has lain in a memory since before; null where that is full. */
  plant(text: OutgoingText, memory: string, status: number): SentText | null;
}

/** Somebody who looks on: a transcript, or a test that strikes at a certain command. */
export interface Watcher {
  /** A command line, before it is carried out. */
  readonly command?: (line: string) => void;
  /** Octets at a port, one a character: from the host (`in`) or to it. */
  readonly octets?: (direction: 'in' | 'out', characters: string) => void;
}

/** The parts of a modem that commands, faults and the network share. */
export interface Machine {
  readonly clock: Timers;
  readonly random: Random;
  /** Scales boot and registration times; 1 is as long as the real ones take. */
  readonly bootScale: number;
  readonly latencyMs: number;
  family: Family;
  settings: Settings;
  readonly identity: { readonly imei: string; readonly operator: string };
  sim: SimCard;
  readonly memories: Map<string, Memory>;
  readonly counters: Counters;
  readonly watchers: Watcher[];
  faults: { readonly hooks: readonly FaultHooks[] };
  readonly ports: Map<PortRole, Port>;
  readonly radio: { cfun: number; registration: number; rssi: number };
  /** `answers`: the command interpreter runs; `sim`: the card has been read; `sms`: the store is ready. */
  readonly ready: { answers: boolean; sim: boolean; sms: boolean };
  presence: Presence;
  /** Ports that go hang up. */
  setPresence(presence: Presence): void;
  /** The text that was handed over directly and waits for +CNMA. */
  awaiting: { readonly text: SentText; readonly expire: { cancel(): void } } | null;
  ringing: boolean;
  /** A text found no room, and that has been said. */
  fullSaid: boolean;
  /** Prints one notification of one or more lines on the port that gets them; false: nobody heard it. */
  notify(...lines: readonly string[]): boolean;
  network: MachineNetwork;
  /** The right PIN was given: what waited for the card goes on. */
  simUnlocked(): void;
  /** `reset`: by command; `silent`: no USB event; `power`: the supply was cut. */
  reboot(how: 'reset' | 'silent' | 'power'): void;
  unplug(): void;
  plug(number?: number): void;
}

/** What the templates of a family may name: `{imei}`, `{rssi}`, `{pinTries}` … */
export function factsOf(machine: Machine): Record<string, string | number> {
  const { sim, radio, identity } = machine;
  return {
    imei: identity.imei,
    iccid: sim.iccid,
    imsi: sim.imsi,
    operator: identity.operator,
    rssi: radio.registration === 1 || radio.registration === 5 ? radio.rssi : 99,
    pinState: pinState(sim),
    pinTries: sim.pinTries,
    pukTries: sim.pukTries,
    lac: '0A3F',
    ci: machine.family.lte ? '01A2B307' : '3799B',
    act: machine.family.lte ? 7 : 2,
  };
}

const sentence = '$GPGGA,,,,,,0,,,,,,,,*66\r\n';
const eachMs = 1_000;

/** What a satellite receiver's port prints for ever, whether anybody listens or not. */
export function printPositions(machine: Machine, role: PortRole): void {
  machine.clock.after(eachMs, () => {
    machine.ports.get(role)?.print(sentence, true);
    printPositions(machine, role);
  });
}

const ringEveryMs = 3_000;

/** A call comes in: RING again and again until the host hangs up. */
export function ring(machine: Machine): void {
  machine.ringing = true;
  const again = (): void => {
    if (!machine.ringing) return;
    machine.notify('RING');
    machine.clock.after(ringEveryMs, again);
  };
  again();
}

/** Somebody puts another card in: the modem boots, and what the old card held is gone with it. */
export function swapSim(machine: Machine, card: { iccid: string; imsi: string; pin?: string | null }): void {
  const pin = card.pin ?? null;
  Object.assign(machine.sim, {
    ...card,
    pin,
    unlocked: pin === null,
    present: true,
    pinTries: 3,
    pukTries: 10,
  });
  const shape = machine.memories.get('SM');
  if (shape)
    machine.memories.set('SM', createMemory('SM', { base: shape.base, capacity: shape.slots.length }));
  machine.reboot('power');
}
