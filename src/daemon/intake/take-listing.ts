import { formatHex } from '../../base/bytes.ts';
import { localDay, type Zone } from '../../base/zone.ts';
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
import {
  type DecodedArrival,
  decodeArrival,
  type Message,
  messageFrom,
  type Stamp,
} from './decode-arrival.ts';
import { fullRubbishAllowance, hasRoom, type RubbishAllowance, takeRubbish } from './rubbish-limit.ts';

/** What the register makes of a message. */
export type TextVerdict =
  | {
      readonly kind: 'visit';
      readonly venues: readonly string[];
      readonly webSent: boolean;
      /** Something else in the text looks like a venue and is not one: staff should see the text too. */
      readonly refused: string | null;
    }
  | { readonly kind: 'unresolved' | 'notice'; readonly reason: string };

/** What the meaning of a text depends on, besides the text. */
interface TextRules {
  readonly areaCode: string;
  /** The line's own number, which names no place. */
  readonly receiving: string | null;
  readonly isIssuedCode: (code: string) => boolean;
  readonly isPlace: (number: string) => boolean;
}

/**
 * A notice, a visit to each venue that the text names, or an unresolved text. A programming error makes an unresolved
 * text too: it must not block the texts behind it.
 */
function judgeText(message: Message, rules: TextRules): TextVerdict {
  try {
    return decide(message, rules);
  } catch {
    return { kind: 'unresolved', reason: 'internal' };
  }
}

function decide(message: Message, rules: TextRules): TextVerdict {
  const notice = noticeKindOf(message.facts);
  if (notice !== null) return { kind: 'notice', reason: notice };
  if (message.text === null) return { kind: 'unresolved', reason: 'not-text' };
  const resolution = resolveText(message.text, { ...rules, sender: message.sender.reveal() });
  if (resolution.kind === 'unresolved') return { kind: 'unresolved', reason: resolution.reason };
  const { venues, webSent, refused } = resolution;
  return { kind: 'visit', venues, webSent, refused };
}

/** One text that is on disk, and what the register made of it. */
export interface TakenText {
  readonly line: string;
  readonly stamp: Stamp;
  /** Null if it is undecodable. */
  readonly message: Message | null;
  readonly verdict: TextVerdict | { readonly kind: 'undecodable'; readonly code: string };
}

/** What the register took of one listing. */
export interface TakenListing {
  readonly texts: readonly TakenText[];
  /** Parts that wait for the others. */
  readonly parts: number;
  /** Texts that the register had already. */
  readonly known: number;
}

/** What became of one arrival: `known` to the register before, a `part` that waits for others, or what its text is. */
export type Fate = TakenText['verdict']['kind'] | 'known' | 'part';

export interface ListingOutcome extends TakenListing {
  /** Of each arrival that is in the register now. */
  readonly fates: ReadonlyMap<Arrival, Fate>;
  /** What the line is to keep: it has brought too much that cannot be decoded. */
  readonly left: ReadonlySet<Arrival>;
  /** What the line may bring after this listing. */
  readonly allowance: RubbishAllowance;
}

/** What the meaning of a text depends on about its line. */
export interface IntakeLine {
  readonly name: string;
  /** The receiving number, canonical; null if none is configured. */
  readonly receiving: string | null;
}

interface MutableOutcome {
  readonly texts: TakenText[];
  parts: number;
  known: number;
  readonly fates: Map<Arrival, Fate>;
  readonly left: Set<Arrival>;
  allowance: RubbishAllowance;
}

export interface IntakeRules {
  readonly areaCode: string;
  readonly retentionMs: number;
  /** In which days are counted. */
  readonly zone: Pick<Zone, 'offsetMsAt'>;
}

/**
 * Takes a listing into the register in one transaction, which is on disk when this returns. If it throws the register's
 * error, nothing of the listing is kept and it may be offered again. `scope`: the slots in the listing, so that the
 * register forgets what it knew of empty slots. `before`: what the line may bring that cannot be decoded; what is beyond
 * stays on its modem, but a direct text is always taken, because nothing else holds it.
 */
export function takeListing(
  intake: Intake,
  line: IntakeLine,
  listing: readonly Arrival[],
  rules: IntakeRules,
  scope: ListingScope | null = null,
  before: RubbishAllowance = fullRubbishAllowance(0),
): ListingOutcome {
  const decodedListing = listing.map((arrival) => ({
    arrival,
    decoded: decodeArrival(arrival, rules.retentionMs),
  }));
  // First of all: a wrong clock may be why the register refuses a text whose time would correct it.
  // What a program tells of a time is no second opinion on the machine's clock.
  for (const { arrival, decoded } of decodedListing)
    if (decoded.sentAtMs !== null && arrival.name === undefined) intake.noteNetworkTime(decoded.sentAtMs);
  return intake.transact((unit) => {
    if (scope) unit.slotsInUse(line.name, scope.memory, scope.slots);
    const outcome: MutableOutcome = {
      ...{ texts: [], parts: 0, known: 0, fates: new Map(), left: new Set() },
      allowance: before,
    };
    for (const { arrival, decoded } of decodedListing) {
      const isRubbish = decoded.kind === 'undecodable';
      // Not even asked for: the question makes the register remember it, and what is left comes again.
      if (isRubbish && arrival.memory !== null && !hasRoom(outcome.allowance)) outcome.left.add(arrival);
      else if (unit.alreadyHeld(factsOf(line, arrival, decoded))) {
        outcome.known += 1;
        outcome.fates.set(arrival, 'known');
      } else {
        if (isRubbish) outcome.allowance = takeRubbish(outcome.allowance, arrival.pdu.length);
        take(arrival, decoded, outcome);
      }
    }
    countToday(unit, outcome.texts, intake, rules);
    return outcome;

    function take(arrival: Arrival, decoded: DecodedArrival, into: MutableOutcome): void {
      const text = storeArrival(unit, line, arrival, decoded, textRules(unit, line, rules));
      if (text) into.texts.push(text);
      else into.parts += 1;
      into.fates.set(arrival, text?.verdict.kind ?? 'part');
    }
  });
}

/** Makes texts of sets of parts that have waited a day, at most one batch in each call. */
export function takeOverdue(
  intake: Intake,
  lineOf: (name: string) => IntakeLine,
  rules: IntakeRules,
): TakenText[] {
  return intake.transact((unit) => {
    const texts = unit.takeOverdueSets().flatMap((set) => {
      const [first] = set.parts;
      if (first === undefined) return [];
      const line = lineOf(first.line);
      return [storeSet(unit, line, set, textRules(unit, line, rules))];
    });
    countToday(unit, texts, intake, rules);
    return texts;
  });
}

function countToday(unit: Unit, texts: readonly TakenText[], { clock }: Intake, { zone }: IntakeRules): void {
  const byLine = new Map<string, number>();
  for (const { line } of texts) byLine.set(line, (byLine.get(line) ?? 0) + 1);
  const day = localDay(zone, clock.wallMs());
  for (const [line, count] of byLine) unit.countTexts(line, day, count);
}

function textRules(unit: Unit, line: IntakeLine, rules: IntakeRules): TextRules {
  return {
    areaCode: rules.areaCode,
    receiving: line.receiving,
    isIssuedCode: (code) => unit.isIssuedCode(code),
    isPlace: (number) => unit.isPlace(number),
  };
}

function factsOf(line: IntakeLine, { memory, slot, name }: Arrival, decoded: DecodedArrival): ArrivalFacts {
  return {
    ...(name === undefined ? {} : { name }),
    line: line.name,
    place: memory === null || slot === null ? null : { memory, slot },
    octets: decoded.octets,
    sentAtMs: decoded.sentAtMs,
    atMs: decoded.stamp.atMs,
    source: decoded.stamp.source,
  };
}

function storeArrival(
  unit: Unit,
  line: IntakeLine,
  arrival: Arrival,
  decoded: DecodedArrival,
  rules: TextRules,
): TakenText | null {
  switch (decoded.kind) {
    case 'undecodable':
      return storeUndecodable(unit, line, arrival, decoded);
    case 'message':
      return storeMessage(unit, line, arrival.pdu, decoded.message, decoded.stamp, rules);
    case 'part': {
      const set = unit.addPart(partOf(line, decoded));
      return set && storeSet(unit, line, set, rules);
    }
  }
}

function partOf(line: IntakeLine, { deliver, place, octets, stamp }: DecodedArrival & { kind: 'part' }) {
  const { sender } = messageFrom(deliver, null);
  return { sender: sender.reveal(), ...place, octets, ...stamp, line: line.name };
}

/** The message of a set of parts, as far as it is there. */
export function messageOfSet(set: Pick<PartSet, 'parts' | 'total'>): {
  readonly message: Message;
  readonly pdu: string;
  readonly stamp: Stamp;
} {
  const delivers = set.parts.map(({ octets }) => deliverOf(octets));
  const [first] = delivers;
  if (first === undefined) throw new Error('a set of parts is never empty');
  const inPlace: (Deliver | null)[] = new Array(set.total).fill(null);
  set.parts.forEach(({ seq }, index) => {
    inPlace[seq - 1] = delivers[index] ?? null;
  });
  const message = messageFrom(first, joinContent(inPlace));
  const pdu = set.parts.map(({ octets }) => `00${formatHex(octets)}`).join('\n');
  return { message, pdu, stamp: stampOf(set.parts) };
}

function storeSet(unit: Unit, line: IntakeLine, set: PartSet, rules: TextRules): TakenText {
  const { message, pdu, stamp } = messageOfSet(set);
  return storeMessage(unit, line, pdu, message, stamp, rules);
}

function deliverOf(octets: Uint8Array): Deliver {
  const decoded = decodePdu(octets, { smsc: false });
  if (!decoded.ok) throw decoded.error;
  const { tpdu } = decoded.value;
  if (tpdu.type !== 'deliver') throw new Error('a part is a DELIVER');
  return tpdu;
}

/** The time of the first part with the network's time; received with the last part. */
function stampOf(parts: readonly StoredPart[]): Stamp {
  const timed = parts.filter(({ source }) => source === 'network');
  const among = timed.length > 0 ? timed : parts;
  return {
    atMs: Math.min(...among.map(({ atMs }) => atMs)),
    source: timed.length > 0 ? 'network' : 'received',
    receivedAtMs: Math.max(...parts.map(({ receivedAtMs }) => receivedAtMs)),
  };
}

function storeMessage(
  unit: Unit,
  line: IntakeLine,
  pdu: string,
  message: Message,
  stamp: Stamp,
  rules: TextRules,
): TakenText {
  const verdict = judgeText(message, rules);
  const storeText = (kind: TextKind, reason: string): void => {
    const words = { sender: message.sender.reveal(), text: message.text, pdu };
    unit.addText({ kind, reason, ...words, ...stamp, line: line.name });
  };
  if (verdict.kind === 'visit') {
    const { webSent, refused } = verdict;
    const visit = { visitor: message.sender.reveal(), ...stamp, line: line.name, webSent };
    for (const venue of verdict.venues) unit.addVisit({ ...visit, venue, callback: message.callback });
    if (refused !== null) storeText('unresolved', refused);
  } else storeText(verdict.kind, verdict.reason);
  return { line: line.name, stamp, message, verdict };
}

function storeUndecodable(
  unit: Unit,
  line: IntakeLine,
  { pdu, announcedLength }: Arrival,
  { code, sender, text: words, stamp }: DecodedArrival & { kind: 'undecodable' },
): TakenText {
  const text: NewText = {
    kind: 'undecodable',
    reason: code,
    sender,
    text: words,
    pdu,
    announcedLength,
    ...stamp,
    line: line.name,
  };
  unit.addText(text);
  return { line: line.name, stamp, message: null, verdict: { kind: 'undecodable', code } };
}
