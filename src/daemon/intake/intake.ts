import { formatHex } from '../../base/bytes.ts';
import type { Arrival, ListingScope } from '../../modem/receive/arrival.ts';
import { joinContent } from '../../sms/content.ts';
import type { Deliver } from '../../sms/deliver.ts';
import { decodePdu } from '../../sms/pdu.ts';
import type {
  ArrivalFacts,
  Intake,
  NewText,
  PartSet,
  StoredPart,
  TextKind,
  Unit,
} from '../../store/intake.ts';
import { noticeKindOf } from '../../visits/notice.ts';
import { resolveText } from '../../visits/resolve.ts';
import { type Message, messageOf, type Reading, readArrival, type Stamp } from './read-arrival.ts';

/** What a message is to the register. */
export type Disposition =
  | {
      readonly kind: 'visit';
      readonly venues: readonly string[];
      readonly webSent: boolean;
      /** Something else in the text looked like a venue and was none: staff should see the text too. */
      readonly refused: string | null;
    }
  | { readonly kind: 'unresolved' | 'notice'; readonly reason: string };

/** What a text is read by, besides itself. */
export interface TextRules {
  readonly areaCode: string;
  /** The line's own number: whoever writes it names no place. */
  readonly receiving: string | null;
  readonly isIssuedCode: (code: string) => boolean;
}

/**
 * A notice, a visit to each venue that the text names, or a text that names none. A fault of ours is such a text too:
 * it must not keep those behind it from being read.
 */
export function disposeOf(message: Message, rules: TextRules): Disposition {
  try {
    return judge(message, rules);
  } catch {
    return { kind: 'unresolved', reason: 'internal' };
  }
}

function judge(message: Message, rules: TextRules): Disposition {
  const notice = noticeKindOf(message.facts);
  if (notice !== null) return { kind: 'notice', reason: notice };
  const resolution = resolveText(message.text ?? '', { ...rules, sender: message.sender.reveal() });
  if (resolution.kind === 'unresolved') return { kind: 'unresolved', reason: resolution.reason };
  const { venues, webSent, refused } = resolution;
  return { kind: 'visit', venues, webSent, refused };
}

/** What became of one text; told after it is on disk. */
export interface Outcome {
  readonly line: string;
  readonly stamp: Stamp;
  /** Null for what could not be decoded. */
  readonly message: Message | null;
  readonly disposition: Disposition | { readonly kind: 'undecodable'; readonly code: string };
}

/** What one listing came to. */
export interface TakenListing {
  readonly texts: readonly Outcome[];
  /** Segments that wait for the rest of their text. */
  readonly parts: number;
  /** Arrivals that the register had already. */
  readonly known: number;
}

/** What a line contributes to the meaning of its texts. */
export interface IntakeLine {
  readonly name: string;
  /** The receiving number, canonical, or null where none is configured. */
  readonly receiving: string | null;
}

export interface IntakeRules {
  readonly areaCode: string;
  readonly retentionMs: number;
}

/**
 * Takes a listing into the register: one transaction, on disk when this returns. Throws the register's error where
 * that cannot be; nothing of the listing is kept then, and it may be offered again. `scope`: what else the listing
 * has shown, so that the register forgets what it knew of slots that are empty now.
 */
export function takeListing(
  intake: Intake,
  line: IntakeLine,
  listing: readonly Arrival[],
  rules: IntakeRules,
  scope: ListingScope | null = null,
): TakenListing {
  const readings = listing.map((arrival) => ({ arrival, reading: readArrival(arrival, rules.retentionMs) }));
  // Before anything can fail: a wrong clock may be why the register refuses a text whose time would set it right.
  for (const { reading } of readings) if (reading.sentAtMs !== null) intake.noteNetworkTime(reading.sentAtMs);
  return intake.transact((unit) => {
    if (scope) unit.slotsInUse(line.name, scope.memory, scope.slots);
    const texts: Outcome[] = [];
    let parts = 0;
    let known = 0;
    for (const { arrival, reading } of readings) {
      if (unit.alreadyHeld(factsOf(line, arrival, reading))) known += 1;
      else {
        const outcome = keep(unit, line, arrival, reading, textRules(unit, line, rules));
        if (outcome) texts.push(outcome);
        else parts += 1;
      }
    }
    return { texts, parts, known };
  });
}

/** Sets of parts that have waited a day: what there is of each becomes a text. At most one batch a call. */
export function takeOverdue(
  intake: Intake,
  lineOf: (name: string) => IntakeLine,
  rules: IntakeRules,
): Outcome[] {
  return intake.transact((unit) =>
    unit.takeOverdueSets().map((set) => {
      const line = lineOf((set.parts[0] as StoredPart).line);
      return keepSet(unit, line, set, textRules(unit, line, rules));
    }),
  );
}

function textRules(unit: Unit, line: IntakeLine, rules: IntakeRules): TextRules {
  return {
    areaCode: rules.areaCode,
    receiving: line.receiving,
    isIssuedCode: (code) => unit.isIssuedCode(code),
  };
}

function factsOf(line: IntakeLine, { memory, slot }: Arrival, reading: Reading): ArrivalFacts {
  return {
    line: line.name,
    place: memory === null || slot === null ? null : { memory, slot },
    octets: reading.octets,
    sentAtMs: reading.sentAtMs,
    atMs: reading.stamp.atMs,
    source: reading.stamp.source,
  };
}

function keep(
  unit: Unit,
  line: IntakeLine,
  arrival: Arrival,
  reading: Reading,
  rules: TextRules,
): Outcome | null {
  switch (reading.kind) {
    case 'undecodable':
      return keepUndecodable(unit, line, arrival.pdu, reading.code, reading.stamp);
    case 'message':
      return keepMessage(unit, line, arrival.pdu, reading.message, reading.stamp, rules);
    case 'part': {
      const set = unit.addPart(partOf(line, reading));
      return set && keepSet(unit, line, set, rules);
    }
  }
}

function partOf(line: IntakeLine, { deliver, place, octets, stamp }: Reading & { kind: 'part' }) {
  const { sender } = messageOf(deliver, null);
  return { sender: sender.reveal(), ...place, octets, ...stamp, line: line.name };
}

function keepSet(unit: Unit, line: IntakeLine, set: PartSet, rules: TextRules): Outcome {
  const delivers = set.parts.map(({ octets }) => deliverOf(octets));
  const inPlace: (Deliver | null)[] = new Array(set.total).fill(null);
  set.parts.forEach(({ seq }, index) => {
    inPlace[seq - 1] = delivers[index] ?? null;
  });
  const message = messageOf(delivers[0] as Deliver, joinContent(inPlace));
  const pdu = set.parts.map(({ octets }) => `00${formatHex(octets)}`).join('\n');
  return keepMessage(unit, line, pdu, message, stampOf(set.parts), rules);
}

function deliverOf(octets: Uint8Array): Deliver {
  const decoded = decodePdu(octets, { smsc: false });
  if (!decoded.ok) throw decoded.error;
  return decoded.value.tpdu as Deliver;
}

/** A text counts from its first part that has the network's time; it got here with its last. */
function stampOf(parts: readonly StoredPart[]): Stamp {
  const timed = parts.filter(({ source }) => source === 'network');
  const among = timed.length > 0 ? timed : parts;
  return {
    atMs: Math.min(...among.map(({ atMs }) => atMs)),
    source: timed.length > 0 ? 'network' : 'received',
    receivedAtMs: Math.max(...parts.map(({ receivedAtMs }) => receivedAtMs)),
  };
}

function keepMessage(
  unit: Unit,
  line: IntakeLine,
  pdu: string,
  message: Message,
  stamp: Stamp,
  rules: TextRules,
): Outcome {
  const disposition = disposeOf(message, rules);
  const keepText = (kind: TextKind, reason: string): void => {
    const words = { sender: message.sender.reveal(), text: message.text, pdu };
    unit.addText({ kind, reason, ...words, ...stamp, line: line.name });
  };
  if (disposition.kind === 'visit') {
    const { webSent, refused } = disposition;
    const visit = { visitor: message.sender.reveal(), ...stamp, line: line.name, webSent };
    for (const venue of disposition.venues) unit.addVisit({ ...visit, venue, callback: message.callback });
    if (refused !== null) keepText('unresolved', refused);
  } else keepText(disposition.kind, disposition.reason);
  return { line: line.name, stamp, message, disposition };
}

function keepUndecodable(unit: Unit, line: IntakeLine, pdu: string, code: string, stamp: Stamp): Outcome {
  const text: NewText = {
    kind: 'undecodable',
    reason: code,
    sender: null,
    text: null,
    pdu,
    ...stamp,
    line: line.name,
  };
  unit.addText(text);
  return { line: line.name, stamp, message: null, disposition: { kind: 'undecodable', code } };
}
