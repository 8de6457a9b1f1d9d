import type { Arrival } from '../../modem/receive/arrival.ts';
import { type Content, contentOf } from '../../sms/content.ts';
import type { Deliver } from '../../sms/deliver.ts';
import { type Concat, callbackOf, concatOf, messageWaitingOf, portsOf } from '../../sms/elements.ts';
import { decodePduHex, type Tpdu, tpduOctets } from '../../sms/pdu.ts';
import type { TimeSource } from '../../store/intake.ts';
import type { MessageFacts } from '../../visits/notice.ts';
import { PhoneNumber } from '../../visits/phone-number.ts';
import { parseSender } from '../../visits/sender.ts';
import { visitTime } from '../../visits/visit-time.ts';

/** One whole message, joined from its parts, with everything that its meaning is judged by. */
export interface Message {
  /** TP-OA; of a report or a draft, the address that it is about. */
  readonly sender: PhoneNumber;
  readonly text: string | null;
  readonly facts: MessageFacts;
  /** It carried a number to call back, which its sender chose. */
  readonly callback: boolean;
}

/** The message that a TPDU (of a joined one, its first part's) and its content make. */
export function messageOf(tpdu: Tpdu, content: Content | null): Message {
  const address = tpdu.type === 'deliver' ? tpdu.sender : tpdu.recipient;
  const { kind, canonical } = parseSender(address);
  const { waiting, discard } = messageWaitingOf(tpdu);
  const facts: MessageFacts = {
    type: tpdu.type,
    senderKind: kind,
    pid: tpdu.pid ?? 0,
    messageWaiting: waiting,
    discard,
    destinationPort: portsOf(tpdu.udh)?.destination ?? null,
    alphabet: content?.alphabet ?? tpdu.dcs.alphabet,
    data: content?.data ?? null,
    text: content?.text ?? null,
  };
  const callback = callbackOf(tpdu.udh) !== null;
  return { sender: new PhoneNumber(canonical), text: facts.text, facts, callback };
}

/** When a text counts: the time of its visit, where that came from, and when it got here. */
export interface Stamp {
  readonly atMs: number;
  readonly source: TimeSource;
  readonly receivedAtMs: number;
}

/** What one arrival turned out to be, before the register has been asked whether it is known. */
export type Reading = {
  /** What its fingerprint is taken from: the TPDU, or the bytes of what could not be decoded. */
  readonly octets: Uint8Array;
  /** TP-SCTS, plausible or not; null when it cannot be read. */
  readonly sentAtMs: number | null;
  readonly stamp: Stamp;
} & (
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'part'; readonly deliver: Deliver; readonly place: Concat }
  | { readonly kind: 'undecodable'; readonly code: string }
);

/**
 * Decodes an arrival. Nothing that a modem can print makes this throw: bad bytes are a reading too, and so is a fault
 * of ours, which must not keep the texts behind it from being read.
 */
export function readArrival(arrival: Arrival, retentionMs: number): Reading {
  try {
    return read(arrival, retentionMs);
  } catch {
    return undecodable(arrival, 'internal');
  }
}

function read(arrival: Arrival, retentionMs: number): Reading {
  const { receivedAtMs } = arrival;
  const decoded = decodePduHex(arrival.pdu, { tpduLength: arrival.announcedLength });
  if (!decoded.ok) return undecodable(arrival, decoded.error.code);
  const { tpdu } = decoded.value;
  const sentAtMs = sentAtOf(tpdu);
  const stamp: Stamp = { ...visitTime({ sentAtMs, receivedAtMs, retentionMs }), receivedAtMs };
  const common = { octets: tpduOctets(decoded.value), sentAtMs, stamp };
  const place = tpdu.type === 'deliver' ? concatOf(tpdu.udh) : null;
  if (tpdu.type === 'deliver' && place !== null && place.total > 1)
    return { kind: 'part', deliver: tpdu, place, ...common };
  return { kind: 'message', message: messageOf(tpdu, bodyOf(tpdu)), ...common };
}

function undecodable({ pdu, receivedAtMs }: Arrival, code: string): Reading {
  const stamp: Stamp = { atMs: receivedAtMs, source: 'received', receivedAtMs };
  return { kind: 'undecodable', code, octets: Buffer.from(pdu, 'latin1'), sentAtMs: null, stamp };
}

function sentAtOf(tpdu: Tpdu): number | null {
  return tpdu.type === 'submit' ? null : tpdu.sentAt.epochMs;
}

function bodyOf({ dcs, udh, userData }: Tpdu): ReturnType<typeof contentOf> | null {
  return userData === null ? null : contentOf({ dcs, udh, userData });
}
