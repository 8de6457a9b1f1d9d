import type { Timer } from '../base/clock.ts';
import type { Port } from './exchange.ts';
import type { Family } from './family.ts';
import type { FaultHooks } from './fault-hooks.ts';
import { createMemory, type SmsMemory } from './memory.ts';
import type { Random, Timers } from './random.ts';
import type { NetworkText, OutgoingText, TextState } from './sent-text.ts';
import type { PortRole, Settings, UsbState } from './settings.ts';
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

/** What the modem reports to the network, and what faults ask of it. */
export interface NetworkLink {
  /** RP-SMMA: there is room again (3GPP TS 24.011 §7.3.2). */
  memoryFreed(): void;
  /** Delivers what waits, if the modem can be reached. */
  resumeDelivery(): void;
  /** The host acknowledged a text that it was handed directly, or did not do so in time. */
  acknowledged(text: NetworkText, accepted: boolean): void;
  /** Records where a text is now. */
  move(text: NetworkText, state: TextState): void;
  /** Delivers the same text again, as after a lost RP-ACK. */
  repeat(text: NetworkText, afterMs: number): void;
  sendParts(parts: readonly OutgoingText[]): NetworkText[];
  /** Puts a text straight into a memory, as if it had been there before; null if the memory is full. */
  plant(text: OutgoingText, memory: string, status: number): NetworkText | null;
}

/** An observer of the wire: a transcript, or a test that strikes at a certain command. */
export interface Watcher {
  /** A command line, before it is carried out. */
  readonly command?: (line: string) => void;
  /** Octets at a port, one a character: from the host (`in`) or to it (`out`). */
  readonly octets?: (direction: 'in' | 'out', characters: string) => void;
}

/** `reset`: by a command; `silent`: without a USB event; `power`: the supply was cut. */
export type RebootKind = 'reset' | 'silent' | 'power';

/** The inside of a modem: what commands, faults and the network share. */
export interface ModemDevice {
  readonly clock: Timers;
  readonly random: Random;
  /** Scales the times of boot and registration; 1 is as long as real modems take. */
  readonly bootScale: number;
  readonly latencyMs: number;
  family: Family;
  settings: Settings;
  readonly identity: { readonly imei: string; readonly operator: string; readonly smsc: string };
  readonly sim: SimCard;
  readonly memories: Map<string, SmsMemory>;
  readonly counters: Counters;
  readonly watchers: Watcher[];
  readonly faults: { readonly hooks: readonly FaultHooks[] };
  readonly ports: ReadonlyMap<PortRole, Port>;
  readonly radio: { cfun: number; registration: number; rssi: number };
  /** `answers`: the command interpreter runs; `sim`: the card has been read; `sms`: the store is ready. */
  readonly ready: { answers: boolean; sim: boolean; sms: boolean };
  readonly usb: UsbState;
  /** The text that was handed over directly and waits for +CNMA. */
  unacknowledged: { readonly text: NetworkText; readonly expire: Timer } | null;
  ringing: boolean;
  /** The notice of a full memory has been printed for the text that waits. */
  fullAnnounced: boolean;
  readonly network: NetworkLink;
  /** Ports hang up when the device leaves the bus. */
  setUsb(usb: UsbState): void;
  /** Prints one notification of one or more lines on the port that gets them; false: no host heard it. */
  notify(...lines: readonly string[]): boolean;
  /** The right PIN came: the boot steps that waited for it go on. */
  simUnlocked(): void;
  reboot(kind: RebootKind): void;
  unplug(): void;
  /** Comes back as that tty number; the last one if none is given. */
  plug(number?: number): void;
}

/** What the templates of a family may name: `{imei}`, `{rssi}`, `{pinTries}` … */
export function factsOf(device: ModemDevice): Record<string, string | number> {
  const { sim, radio, identity } = device;
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
    ci: device.family.lte ? '01A2B307' : '3799B',
    act: device.family.lte ? 7 : 2,
  };
}

const nmeaSentence = '$GPGGA,,,,,,0,,,,,,,,*66\r\n';
const sentenceEveryMs = 1_000;

/** Prints NMEA sentences without end, as the port of a satellite receiver does. */
export function printPositions(device: ModemDevice, role: PortRole): void {
  device.clock.after(sentenceEveryMs, () => {
    device.ports.get(role)?.print(nmeaSentence, true);
    printPositions(device, role);
  });
}

const ringEveryMs = 3_000;

/** An incoming call: RING every 3 s until the host hangs up. */
export function ring(device: ModemDevice): void {
  device.ringing = true;
  const again = (): void => {
    if (!device.ringing) return;
    device.notify('RING');
    device.clock.after(ringEveryMs, again);
  };
  again();
}

/** What another card brings. */
export interface NewCard {
  readonly iccid: string;
  readonly imsi: string;
  readonly pin?: string | null;
}

/** Exchanges the card and boots the modem; what the old card stored goes with it. */
export function swapSim(device: ModemDevice, card: NewCard): void {
  const pin = card.pin ?? null;
  Object.assign(device.sim, {
    ...card,
    pin,
    unlocked: pin === null,
    present: true,
    pinTries: 3,
    pukTries: 10,
  });
  const old = device.memories.get('SM');
  if (old) device.memories.set('SM', createMemory('SM', { base: old.base, capacity: old.slots.length }));
  device.reboot('power');
}
