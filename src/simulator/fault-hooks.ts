import type { Exchange, Port } from './exchange.ts';
import type { Family } from './family.ts';
import type { MemorySlot } from './memory.ts';
import type { ModemReply } from './reply.ts';
import type { NetworkText } from './sent-text.ts';
import type { UsbState } from './settings.ts';

/** What became of a text that reached the modem; `held`: the network will deliver it again by itself. */
export type DeliveryResult = 'stored' | 'handed' | 'unacknowledged' | 'full' | 'held';

/** Where faults act. Every hook is optional; several faults act in the order in which they were added. */
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
  /** The modem does not read at the moment: writes wait. */
  readonly stalled?: () => boolean;
  /** A text reaches the modem; a result says what the fault did with it instead of the modem. */
  readonly receiving?: (text: NetworkText) => DeliveryResult | null;
  /** A text was stored; the index is what the modem prints. */
  readonly stored?: (text: NetworkText, memory: string, index: number) => void;
  /** A deletion; a reply replaces it. */
  readonly deletion?: (index: number, slot: MemorySlot | null) => ModemReply | null;
  /** Whether the network reaches the modem. */
  readonly reachable?: () => boolean;
  /** Which of the waiting texts the network delivers next. */
  readonly nextText?: (queue: readonly NetworkText[]) => number;
  /** A text was delivered (the network may have missed the acknowledgement). */
  readonly delivered?: (text: NetworkText) => void;
  /** The modem registers anew (CFUN=4/1, boot). */
  readonly registered?: () => void;
  /** The fault begins: at power-on, or when it is added to a running modem. */
  readonly started?: () => void;
  /** The command interpreter runs after a boot. */
  readonly booted?: () => void;
  readonly usb?: (usb: UsbState) => void;
  /** The port cannot be opened at the moment. */
  readonly refusesHost?: () => boolean;
  readonly hostAttached?: (port: Port) => void;
  readonly hostClosed?: (port: Port) => void;
  /** Ends the fault's timers and effects. */
  readonly stop?: () => void;
}
