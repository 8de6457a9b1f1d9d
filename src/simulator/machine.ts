import type { Call } from './command-line.ts';
import type { Family } from './family.ts';
import type { Memory, Slot } from './memory.ts';
import type { Random } from './random.ts';
import type { Reply } from './reply.ts';
import type { OutgoingText, SentText, TextState } from './sent-text.ts';
import type { PortRole, Settings } from './settings.ts';
import type { SimCard } from './sim-card.ts';
import type { Timers } from './timers.ts';

/** One command line on its way to an answer; faults change it. */
export interface Exchange {
  /** The line as it came, without its CR. */
  readonly line: string;
  readonly calls: readonly Call[] | null;
  readonly port: Port;
  echo: string;
  /** Put on the wire ahead of the echo. */
  before: string;
  /** One for each command executed. null: nothing is ever answered. */
  replies: Reply[] | null;
  /** Set by a fault before the execution: the commands are not carried out. */
  skipped: boolean;
  /** Wait before the first octet of the answer. */
  delayMs: number;
  /** Wait between information lines. */
  linePauseMs: number;
  /** Notifications printed inside the answer: behind that many of its lines. */
  readonly inside: { afterLines: number; text: string }[];
  /** The answer ends without `OK` or an error. */
  withoutFinal: boolean;
  /** Changes the finished text of the answer, framing and all. */
  retouch: ((text: string) => string) | null;
}

/** One tty of the modem. */
export interface Port {
  readonly role: PortRole;
  readonly attached: boolean;
  echo: boolean;
  /** Something is being answered here. */
  readonly busy: boolean;
  /** Sends text as it is; held back while a command is being answered unless `force`. */
  print(text: string, force?: boolean): void;
  /** The prompt of +CMGS opens, or (a fault) was open all along. */
  openPrompt(): void;
  preload(characters: string): void;
  /** Reads what piled up while it was stalled. */
  drain(): void;
  /** Forgets what was half typed or half answered: a reboot. */
  reset(): void;
  /** The port vanishes: the host sees a hang-up. */
  hangUp(): void;
}

/** What became of a text that reached the modem; `held`: the network will bring it again by itself. */
export type Arrival = 'stored' | 'handed' | 'awaiting' | 'full' | 'held';

/** Where faults take hold. Every hook is optional; several faults act in the order in which they were added. */
export interface FaultHooks {
  /** Changes what kind of modem this is. */
  readonly family?: (family: Family) => Family;
  /** Before a command is carried out. */
  readonly before?: (exchange: Exchange) => void;
  /** After it, before it is printed. */
  readonly after?: (exchange: Exchange) => void;
  /** Notifications on their way; an empty list drops them. */
  readonly notice?: (lines: readonly string[]) => readonly string[];
  /** Octets (one a character) on the way to the host. */
  readonly output?: (text: string) => string;
  /** The pieces in which they are handed over. */
  readonly pieces?: (text: string) => readonly string[];
  /** Octets on the way from the host. */
  readonly input?: (text: string) => string;
  /** The modem reads nothing at the moment: writes pile up. */
  readonly stalled?: () => boolean;
  /** A text reaches the modem; a result says what became of it instead of storing. */
  readonly arrival?: (text: SentText) => Arrival | null;
  /** A text was stored; the index is what the modem prints. */
  readonly stored?: (text: SentText, memory: string, index: number) => void;
  /** A deletion; a reply is given instead of it. */
  readonly deletion?: (index: number, slot: Slot | null) => Reply | null;
  /** Whether the network reaches the modem. */
  readonly reachable?: () => boolean;
  /** The network hands over: which of the waiting texts comes next. */
  readonly nextText?: (queue: readonly SentText[]) => number;
  /** The network has delivered (and may not have heard of it). */
  readonly delivered?: (text: SentText) => void;
  /** The modem registers anew (CFUN=4/1, boot). */
  readonly registered?: () => void;
  /** The fault begins: at power-on, or when it is added to a running modem. */
  readonly started?: () => void;
  /** The command interpreter runs after a boot. */
  readonly booted?: () => void;
  readonly presence?: (presence: Presence) => void;
  /** The port cannot be opened at the moment. */
  readonly refusesHost?: () => boolean;
  readonly hostAttached?: (port: Port) => void;
  readonly hostClosed?: (port: Port) => void;
  /** Takes back timers and effects. */
  readonly stop?: () => void;
}

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

export interface Presence {
  readonly state: 'present' | 'absent' | 'cd-rom';
  /** Number of the tty: 0 for ttyUSB0. */
  readonly number: number;
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
