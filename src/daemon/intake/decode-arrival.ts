import { minuteMs } from '../../base/amounts.ts';
import { unreadableMark } from '../../base/carrier-port.ts';
import type { Arrival } from '../../modem/receive/arrival.ts';
import { type Content, contentOf, joinContent } from '../../sms/content.ts';
import type { Deliver } from '../../sms/deliver.ts';
import { type Concat, callbackOf, concatOf, messageWaitingOf, portsOf } from '../../sms/elements.ts';
import { textOfOctets } from '../../sms/octet-text.ts';
import { decodePduHex, type Tpdu, tpduOctets } from '../../sms/pdu.ts';
import { type PartlyRead, readPartly } from '../../sms/read-partly.ts';
import type { TimeSource } from '../../store/intake.ts';
import { isFromPerson, type MessageFacts } from '../../visits/notice.ts';
import { PhoneNumber } from '../../visits/phone-number.ts';
import { parseSender } from '../../visits/sender.ts';

/** The network's time may be this far ahead of our clock (SPEC.md, Time of a visit). */
const toleranceMs = 10 * minuteMs;

interface VisitTimeFacts {
  /** The network's time stamp (TP-SCTS) in ms since the epoch; null if absent or malformed. */
  readonly sentAtMs: number | null;
  /** When the text was received, ms since the epoch. */
  readonly receivedAtMs: number;
  readonly retentionMs: number;
}

interface VisitTime {
  readonly atMs: number;
  readonly source: TimeSource;
}

/**
 * The time of a visit: the network's, unless it is absent, malformed, more than ten minutes in the future or
 * older than the retention; then the time of receipt.
 */
export function visitTime({ sentAtMs, receivedAtMs, retentionMs }: VisitTimeFacts): VisitTime {
  const credible =
    sentAtMs !== null && sentAtMs <= receivedAtMs + toleranceMs && sentAtMs >= receivedAtMs - retentionMs;
  return credible ? { atMs: sentAtMs, source: 'network' } : { atMs: receivedAtMs, source: 'received' };
}

/** One whole message, joined from its parts, with everything that its meaning depends on. */
export interface Message {
  /** TP-OA; of a report or a draft, the address in it. */
  readonly sender: PhoneNumber;
  readonly text: string | null;
  readonly facts: MessageFacts;
  /** It contained a call-back number, which its sender chose. */
  readonly callback: boolean;
}

/** The message in a TPDU (of a joined one, the first part's) with its content. */
export function messageFrom(tpdu: Tpdu, content: Content | null): Message {
  const address = tpdu.type === 'deliver' ? tpdu.sender : tpdu.recipient;
  const { kind, canonical } = parseSender(address);
  const { waiting, discard } = messageWaitingOf(tpdu);
  const destinationPort = portsOf(tpdu.udh)?.destination ?? null;
  const data = content?.data ?? null;
  const dataText =
    data !== null && isFromPerson({ destinationPort, senderKind: kind }) ? textOfOctets(data) : null;
  const facts: MessageFacts = {
    type: tpdu.type,
    senderKind: kind,
    pid: tpdu.pid ?? 0,
    messageWaiting: waiting,
    discard,
    destinationPort,
    alphabet: content?.alphabet ?? tpdu.dcs.alphabet,
    data,
    text: content?.text ?? dataText,
  };
  const callback = callbackOf(tpdu.udh) !== null;
  return { sender: new PhoneNumber(canonical), text: facts.text, facts, callback };
}

/** The time of a text: of its visit, the source of that, and its receipt. */
export interface Stamp {
  readonly atMs: number;
  readonly source: TimeSource;
  readonly receivedAtMs: number;
}

/** A decoded arrival, before the register tells whether it is known. */
export type DecodedArrival = {
  /** Its fingerprint is made of these: the TPDU, or the undecodable octets. */
  readonly octets: Uint8Array;
  /** TP-SCTS, plausible or not; null if unreadable. */
  readonly sentAtMs: number | null;
  readonly stamp: Stamp;
} & (
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'part'; readonly deliver: Deliver; readonly place: Concat }
  | ({ readonly kind: 'undecodable'; readonly code: string } & BrokenText)
);

/** What could be read of a text that cannot be decoded. It proves nothing: staff decide what it means. */
interface BrokenText {
  /** Canonical; null if none was read, or none at which a person can be reached. */
  readonly sender: string | null;
  readonly text: string | null;
}

/**
 * Decodes an arrival. Nothing that a modem prints makes this throw: bad octets give `undecodable`, and so does a
 * programming error, which must not block the texts behind it.
 */
export function decodeArrival(arrival: Arrival, retentionMs: number): DecodedArrival {
  try {
    return read(arrival, retentionMs);
  } catch {
    const stamp: Stamp = {
      atMs: arrival.receivedAtMs,
      source: 'received',
      receivedAtMs: arrival.receivedAtMs,
    };
    return undecodable(arrival, 'internal', { sender: null, text: null }, stamp);
  }
}

function read(arrival: Arrival, retentionMs: number): DecodedArrival {
  const { receivedAtMs } = arrival;
  const decoded = decodePduHex(arrival.pdu, { tpduLength: arrival.announcedLength });
  if (!decoded.ok) return joined(arrival, retentionMs) ?? broken(arrival, decoded.error.code, retentionMs);
  const { tpdu } = decoded.value;
  const sentAtMs = sentAtOf(tpdu);
  const stamp: Stamp = { ...visitTime({ sentAtMs, receivedAtMs, retentionMs }), receivedAtMs };
  const common = { octets: tpduOctets(decoded.value), sentAtMs, stamp };
  const place = tpdu.type === 'deliver' ? concatOf(tpdu.udh) : null;
  if (tpdu.type === 'deliver' && place !== null && place.total > 1)
    return { kind: 'part', deliver: tpdu, place, ...common };
  return { kind: 'message', message: messageFrom(tpdu, bodyOf(tpdu)), ...common };
}

/** A text that came as all of its TPDUs at once, one a line: what no phone sent may be longer than a TPDU. */
function joined({ pdu, receivedAtMs }: Arrival, retentionMs: number): DecodedArrival | null {
  if (!/^[0-9A-F]+(?:\n[0-9A-F]+)+$/.test(pdu)) return null;
  const pdus = pdu.split('\n').map((line) => decodePduHex(line));
  const values = pdus.flatMap((each) => (each.ok ? [each.value] : []));
  const delivers = values.flatMap(({ tpdu }) => (tpdu.type === 'deliver' ? [tpdu] : []));
  const [first] = delivers;
  if (first === undefined || delivers.length < pdus.length) return null;
  const sentAtMs = sentAtOf(first);
  return {
    kind: 'message',
    message: messageFrom(first, joinContent(delivers)),
    octets: Buffer.concat(values.map(tpduOctets)),
    sentAtMs,
    stamp: { ...visitTime({ sentAtMs, receivedAtMs, retentionMs }), receivedAtMs },
  };
}

/** Octets that are lost may shift all that follows: only behind a person's number is the rest believed. */
function broken(arrival: Arrival, code: string, retentionMs: number): DecodedArrival {
  const { pdu, announcedLength, receivedAtMs } = arrival;
  if (pdu.startsWith(unreadableMark)) return carrierRubbish(arrival);
  const { read, sender } = believedReading(pdu, announcedLength);
  const sentAtMs = read?.sentAt?.epochMs ?? null;
  const stamp: Stamp = { ...visitTime({ sentAtMs, receivedAtMs, retentionMs }), receivedAtMs };
  return undecodable(arrival, code, { sender, text: read?.text ?? null }, stamp);
}

function carrierRubbish(arrival: Arrival): DecodedArrival {
  const { receivedAtMs } = arrival;
  const stamp: Stamp = { atMs: receivedAtMs, source: 'received', receivedAtMs };
  return undecodable(arrival, 'smpp.malformed', { sender: null, text: null }, stamp);
}

/** The reading of a broken text whose sender is a person's number; `sender` is canonical. Nulls if there is none. */
function believedReading(
  pdu: string,
  announcedLength: number | null,
): { readonly read: PartlyRead | null; readonly sender: string | null } {
  for (const read of readPartly(pdu, { tpduLength: announcedLength })) {
    const sender = read.sender === null ? null : parseSender(read.sender);
    if (
      sender !== null &&
      sender.kind !== 'other' &&
      isFromPerson({ destinationPort: null, senderKind: sender.kind })
    )
      return { read, sender: sender.canonical };
  }
  return { read: null, sender: null };
}

function undecodable(
  { pdu }: Arrival,
  code: string,
  { sender, text }: BrokenText,
  stamp: Stamp,
): DecodedArrival {
  // Its time is no second opinion on the machine's clock.
  return {
    kind: 'undecodable',
    code,
    sender,
    text,
    octets: Buffer.from(pdu, 'latin1'),
    sentAtMs: null,
    stamp,
  };
}

function sentAtOf(tpdu: Tpdu): number | null {
  return tpdu.type === 'submit' ? null : tpdu.sentAt.epochMs;
}

function bodyOf({ dcs, udh, userData }: Tpdu): ReturnType<typeof contentOf> | null {
  return userData === null ? null : contentOf({ dcs, udh, userData });
}
