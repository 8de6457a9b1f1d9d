import { formatHex } from '../base/bytes.ts';
import type { Timer } from '../base/clock.ts';
import { type Address, parseAddress } from '../sms/address.ts';
import { encodePdu } from '../sms/pdu.ts';
import type { ModemDevice, NetworkLink } from './device.ts';
import { receive } from './incoming.ts';
import { putPdu } from './memory.ts';
import { isReachable } from './radio.ts';
import type { NetworkText, OutgoingText, TextState } from './sent-text.ts';

/** Every text that the network accepted, and where it is now: what tests assert against. */
interface Journal {
  readonly texts: readonly NetworkText[];
  /** How many texts are in each state. */
  counts(): Readonly<Record<TextState, number>>;
  add(text: NetworkText): void;
  move(text: NetworkText, state: TextState): void;
}

/** `keep` false: texts that are done with are only counted, so that a long run needs no memory for them. */
function createJournal(keep: boolean): Journal {
  const counts: Record<TextState, number> = {
    queued: 0,
    stored: 0,
    handed: 0,
    deleted: 0,
    ignored: 0,
    lost: 0,
  };
  const texts = new Map<number, NetworkText>();
  const isOver = (state: TextState): boolean => state !== 'queued' && state !== 'stored';
  return {
    get texts() {
      return [...texts.values()];
    },
    counts: () => ({ ...counts }),
    add(text) {
      texts.set(text.id, text);
      counts[text.state] += 1;
    },
    move(text, state) {
      counts[text.state] -= 1;
      text.state = state;
      counts[state] += 1;
      if (!keep && isOver(state)) texts.delete(text.id);
    },
  };
}

/**
 * Message class of an SMS-DELIVER by its TP-DCS (TS 23.038 §4), 0–3; null if it has none or is too short.
 * A modem needs no more than this to decide where a text goes, so the TPDU is not decoded.
 */
function messageClassOf(tpdu: Uint8Array): number | null {
  const senderDigits = tpdu[1] ?? 0;
  const dcs = tpdu[4 + ((senderDigits + 1) >> 1)];
  if (dcs === undefined || ((tpdu[0] ?? 0) & 3) !== 0) return null;
  const general = dcs < 0x80 && (dcs & 0x10) !== 0;
  return general || dcs >= 0xf0 ? dcs & 3 : null;
}

/** The network behind a modem: it keeps what the modem cannot take, and tries again. */
export interface Network extends Pick<NetworkLink, 'plant'> {
  /** Sends a text (a part, for a long one) to the modem, now or as soon as the modem can be reached. */
  send(text: OutgoingText): NetworkText;
  /** Sends the parts of one text. */
  sendParts(parts: readonly OutgoingText[]): NetworkText[];
  readonly journal: Journal;
  /** Texts that wait at the service centre. */
  readonly waiting: number;
}

interface NetworkOptions {
  /** Service centre in every PDU; an international number. */
  readonly smsc: string;
  /** Wait before a text that found no room is tried again without being asked for. */
  readonly retryMs: number;
  /** Wait between the modem's report that there is room and the next text: the backlog of real networks. */
  readonly backlogMs: number;
  readonly keepJournal: boolean;
}

/** TP-MTI (TS 23.040 §9.2.3.1), from the service centre. */
const messageType = { mask: 3, statusReport: 2 };

export class SimulatedNetwork implements Network, NetworkLink {
  readonly journal: Journal;
  readonly #device: ModemDevice;
  readonly #options: NetworkOptions;
  readonly #smsc: Address;
  readonly #queue: NetworkText[] = [];
  #nextId = 1;
  /** A text found no room: nothing is sent before there is room, or the retry. */
  #isBlocked = false;
  #isDelivering = false;
  #retry: Timer | null = null;

  constructor(device: ModemDevice, options: NetworkOptions) {
    this.#device = device;
    this.#options = options;
    this.#smsc = parseAddress(options.smsc);
    this.journal = createJournal(options.keepJournal);
  }

  get waiting(): number {
    return this.#queue.length;
  }

  send(text: OutgoingText): NetworkText {
    const sent = this.#accept(text);
    this.#queue.push(sent);
    this.resumeDelivery();
    return sent;
  }

  sendParts(parts: readonly OutgoingText[]): NetworkText[] {
    const group = this.#nextId;
    const sent = parts.map((part) => this.#accept(part, group));
    this.#queue.push(...sent);
    this.resumeDelivery();
    return sent;
  }

  resumeDelivery(): void {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    const device = this.#device;
    while (this.#queue.length > 0 && !this.#isBlocked && !device.unacknowledged && isReachable(device))
      this.#deliverNext();
    this.#isDelivering = false;
  }

  memoryFreed(): void {
    if (!this.#isBlocked) return;
    this.#retry?.cancel();
    const { backlogMs } = this.#options;
    if (backlogMs === 0) this.#unblock();
    else this.#retry = this.#device.clock.after(backlogMs, () => this.#unblock());
  }

  acknowledged(text: NetworkText, accepted: boolean): void {
    if (!accepted) {
      this.#putBack(text);
      return;
    }
    text.copies += 1;
    this.journal.move(text, 'handed');
    for (const hooks of this.#device.faults.hooks) hooks.delivered?.(text);
    this.resumeDelivery();
  }

  move(text: NetworkText, state: TextState): void {
    this.journal.move(text, state);
  }

  repeat(text: NetworkText, afterMs: number): void {
    this.#device.clock.after(afterMs, () => {
      this.#queue.push(text);
      this.resumeDelivery();
    });
  }

  plant(text: OutgoingText, memory: string, status: number): NetworkText | null {
    const sent = this.#accept(text);
    const store = this.#device.memories.get(memory);
    const index = store ? putPdu(store, { pdu: sent.pdu, length: sent.length, text: sent }, status) : null;
    if (index === null) return null;
    this.journal.move(sent, 'stored');
    return sent;
  }

  #accept(text: OutgoingText, group?: number): NetworkText {
    const id = this.#nextId;
    this.#nextId += 1;
    const tpdu = 'tpdu' in text ? text.tpdu : null;
    const sent: NetworkText = {
      id,
      group: text.group ?? group ?? id,
      ...this.#lineOf(text),
      report: text.report ?? ((tpdu?.[0] ?? 0) & messageType.mask) === messageType.statusReport,
      messageClass: text.messageClass ?? (tpdu ? messageClassOf(tpdu) : null),
      label: text.label ?? '',
      state: 'queued',
      attempts: 0,
      copies: 0,
      printed: 0,
    };
    this.journal.add(sent);
    return sent;
  }

  #lineOf(text: OutgoingText): { pdu: string; length: number } {
    if ('line' in text) return { pdu: text.line, length: text.length };
    return { pdu: formatHex(encodePdu(this.#smsc, text.tpdu)), length: text.tpdu.length };
  }

  #deliverNext(): void {
    const [text] = this.#queue.splice(this.#chooseNext(), 1);
    if (!text) return;
    text.attempts += 1;
    const result = receive(this.#device, text);
    if (result === 'full') this.#putBack(text);
    else if (result === 'stored' || result === 'handed')
      for (const hooks of this.#device.faults.hooks) hooks.delivered?.(text);
  }

  #chooseNext(): number {
    for (const { nextText } of this.#device.faults.hooks) if (nextText) return nextText(this.#queue);
    return 0;
  }

  #putBack(text: NetworkText): void {
    this.#queue.unshift(text);
    this.#isBlocked = true;
    this.#retry?.cancel();
    this.#retry = this.#device.clock.after(this.#options.retryMs, () => this.#unblock());
  }

  #unblock(): void {
    this.#retry?.cancel();
    this.#retry = null;
    this.#isBlocked = false;
    this.resumeDelivery();
  }
}
