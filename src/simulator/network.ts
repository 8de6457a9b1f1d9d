import { formatHex } from '../base/bytes.ts';
import type { Timer } from '../base/clock.ts';
import { parseAddress } from '../sms/address.ts';
import { encodePdu } from '../sms/pdu.ts';
import { receive } from './incoming.ts';
import type { Machine, MachineNetwork } from './machine.ts';
import { putHeld } from './memory.ts';
import { isReachable } from './radio.ts';
import type { OutgoingText, SentText, TextState } from './sent-text.ts';

/** Every text that the network took, and where it is: what a test asserts against. */
export interface Journal {
  readonly texts: readonly SentText[];
  /** How many texts are in each state. */
  counts(): Readonly<Record<TextState, number>>;
  add(text: SentText): void;
  move(text: SentText, state: TextState): void;
}

/** `keep` false: texts that are done with are only counted, so that a long run takes no memory for them. */
export function createJournal(keep: boolean): Journal {
  const counts: Record<TextState, number> = {
    queued: 0,
    stored: 0,
    handed: 0,
    deleted: 0,
    ignored: 0,
    lost: 0,
  };
  const texts = new Map<number, SentText>();
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
 * Message class of a SMS-DELIVER by its TP-DCS (TS 23.038 §4), 0–3, or null: none, or octets too few to tell.
 * A modem needs no more than this to decide where a text goes, so the octets are looked at, not decoded.
 */
export function messageClassOf(tpdu: Uint8Array): number | null {
  const senderDigits = tpdu[1] ?? 0;
  const dcs = tpdu[4 + ((senderDigits + 1) >> 1)];
  if (dcs === undefined || ((tpdu[0] ?? 0) & 3) !== 0) return null;
  const general = dcs < 0x80 && (dcs & 0x10) !== 0;
  return general || dcs >= 0xf0 ? dcs & 3 : null;
}

/** The network behind a modem: it keeps what the modem cannot take, and tries again. */
export interface Network {
  /** Sends a text (a part, for a long one) to the modem, now or as soon as it can be reached. */
  send(text: OutgoingText): SentText;
  /** Sends the parts of one text. */
  sendParts(parts: readonly OutgoingText[]): SentText[];
  readonly journal: Journal;
  /** Texts that wait at the service centre. */
  readonly waiting: number;
}

export interface NetworkOptions {
  /** Service centre in every PDU; an international number. */
  readonly smsc: string;
  /** Wait before a text that found no room is tried again without being asked to. */
  readonly retryMs: number;
  /** Wait between the modem's word that there is room and the next text: the backlog of real networks. */
  readonly backlogMs: number;
  readonly keepJournal: boolean;
}

const deliverMti = 0;

/** A network for one machine, and what the machine tells it. */
export function createNetwork(
  machine: Machine,
  options: NetworkOptions,
): { network: Network; machineSide: MachineNetwork } {
  const journal = createJournal(options.keepJournal);
  const smsc = parseAddress(options.smsc);
  const queue: SentText[] = [];
  let nextId = 1;
  let blocked = false;
  let delivering = false;
  let retry: Timer | null = null;

  function accept(text: OutgoingText, group: number | undefined): SentText {
    const id = nextId;
    nextId += 1;
    const sent: SentText = {
      id,
      group: text.group ?? group ?? id,
      ...printed(text),
      report: text.report ?? ('tpdu' in text && ((text.tpdu[0] ?? deliverMti) & 3) === 2),
      messageClass: text.messageClass ?? ('tpdu' in text ? messageClassOf(text.tpdu) : null),
      label: text.label ?? '',
      state: 'queued',
      attempts: 0,
      copies: 0,
      printed: 0,
    };
    journal.add(sent);
    return sent;
  }

  function printed(text: OutgoingText): { pdu: string; length: number } {
    if ('line' in text) return { pdu: text.line, length: text.length };
    return { pdu: formatHex(encodePdu(smsc, text.tpdu)), length: text.tpdu.length };
  }

  function deliver(): void {
    if (delivering) return;
    delivering = true;
    while (queue.length > 0 && !blocked && !machine.awaiting && isReachable(machine)) deliverOne();
    delivering = false;
  }

  function deliverOne(): void {
    const [text] = queue.splice(choose(), 1);
    if (!text) return;
    text.attempts += 1;
    const arrival = receive(machine, text);
    if (arrival === 'full') putBack(text);
    else if (arrival === 'stored' || arrival === 'handed')
      for (const hooks of machine.faults.hooks) hooks.delivered?.(text);
  }

  function choose(): number {
    for (const { nextText } of machine.faults.hooks) if (nextText) return nextText(queue);
    return 0;
  }

  function putBack(text: SentText): void {
    queue.unshift(text);
    blocked = true;
    retry?.cancel();
    retry = machine.clock.after(options.retryMs, unblock);
  }

  function unblock(): void {
    retry?.cancel();
    retry = null;
    blocked = false;
    deliver();
  }

  function send(text: OutgoingText): SentText {
    const sent = accept(text, undefined);
    queue.push(sent);
    deliver();
    return sent;
  }

  function sendParts(parts: readonly OutgoingText[]): SentText[] {
    const group = nextId;
    const sent = parts.map((part) => accept(part, group));
    queue.push(...sent);
    deliver();
    return sent;
  }

  const network: Network = {
    journal,
    get waiting() {
      return queue.length;
    },
    send,
    sendParts,
  };

  const machineSide: MachineNetwork = {
    move: (text, state) => journal.move(text, state),
    reachableAgain: deliver,
    memoryFreed() {
      if (!blocked) return;
      retry?.cancel();
      if (options.backlogMs === 0) unblock();
      else retry = machine.clock.after(options.backlogMs, unblock);
    },
    acknowledged(text, taken) {
      if (taken) {
        text.copies += 1;
        journal.move(text, 'handed');
        for (const hooks of machine.faults.hooks) hooks.delivered?.(text);
        deliver();
      } else putBack(text);
    },
    repeat(text, afterMs) {
      machine.clock.after(afterMs, () => {
        queue.push(text);
        deliver();
      });
    },
    inject: (parts) => void sendParts(parts),
    plant(text, memory, status) {
      const sent = accept(text, undefined);
      const store = machine.memories.get(memory);
      const index = store ? putHeld(store, { pdu: sent.pdu, length: sent.length, text: sent }, status) : null;
      if (index !== null) journal.move(sent, 'stored');
      return index === null ? null : sent;
    },
  };

  return { network, machineSide };
}
