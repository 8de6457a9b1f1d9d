import { hourMs } from '../base/amounts.ts';
import type { Clock } from '../base/clock.ts';
import type { Standing } from './sweep/clock-rule.ts';

/*
 * What the gateway needs of the register while it receives. All of it is synchronous: a text may be deleted from its
 * modem only when the transaction that took it is on disk, and that has happened when `transact` returns. Nothing else
 * runs between the question whether a text is known and the row that makes it known.
 */

/** `network`: the visit's time is TP-SCTS. `received`: TP-SCTS was of no use, so it is the time of receipt. */
export type TimeSource = 'network' | 'received';

/** Where a modem holds a text. */
export interface ModemSlot {
  readonly line: string;
  readonly memory: string;
  readonly slot: number;
}

/** What distinguishes one arrival from another (tables/seen.ts has the rule). */
export interface ArrivalFacts {
  readonly line: string;
  /** What its sender named it by, which then decides alone (tables/named-texts.ts); left out if nothing. */
  readonly name?: string;
  /** Null if the text came directly (+CMT) and no memory holds it. */
  readonly place: Omit<ModemSlot, 'line'> | null;
  /** The TPDU from its first octet, or the raw octets if they could not be decoded. */
  readonly octets: Uint8Array;
  /** TP-SCTS, plausible or not; null if it is unreadable. */
  readonly sentAtMs: number | null;
  /** The time that the text counts at, and where that was taken from. */
  readonly atMs: number;
  readonly source: TimeSource;
}

/** Into how many groups of hours the retention is cut for the names of texts. */
const nameGroups = 32;

/** Hours of a group (tables/named-texts.ts): by so much a name may be forgotten before the retention is over. */
export function namedGroupHours(retentionMs: number): number {
  return Math.max(1, Math.floor(retentionMs / hourMs / nameGroups));
}

export interface NewVisit {
  /** The sender in canonical form. */
  readonly visitor: string;
  /** National digits, or an issued code. */
  readonly venue: string;
  readonly atMs: number;
  readonly source: TimeSource;
  readonly receivedAtMs: number;
  readonly line: string;
  readonly webSent: boolean;
  /** The text carried a call-back number (user data header element 0x22). */
  readonly callback: boolean;
  /** The member of staff who assigned the text to this venue. */
  readonly correctedBy?: string | null;
  /** The text that it was made of, kept so that this can be undone. */
  readonly madeOf?: KeptText;
}

/** A visit in the register. */
export interface VisitRef {
  readonly id: number;
  readonly atMs: number;
  readonly venue: string;
}

/**
 * Every kind of what is kept of an arrival. Whatever has a kind here has a command that lists and shows it (`shownBy` in
 * cli/officer/kept-texts.ts).
 *
 * - `visit`, to a place that the text names; texts that are none: `unresolved`, `undecodable`, `notice`;
 * - `part` of a long text whose other parts have not come; `direct`: in the spool, because the register refused it.
 */
export const keptKinds = ['visit', 'unresolved', 'undecodable', 'notice', 'part', 'direct'] as const;

export type KeptKind = (typeof keptKinds)[number];

/** Of what is a text in the register. */
export type TextKind = Exclude<KeptKind, 'visit' | 'part' | 'direct'>;

/** A text that is not a visit: kept as it came, sealed, until it expires like the rest. */
export interface NewText {
  readonly kind: TextKind;
  /** The resolution's reason, the decoder's code or the notice's kind. Never words of the text. */
  readonly reason: string;
  /** Canonical; null if it is unknown. */
  readonly sender: string | null;
  /** Of an undecodable text, as much as was read. */
  readonly text: string | null;
  /** As the modem printed it; for a joined text its parts, separated by a line feed. */
  readonly pdu: string;
  /** What the modem announced as the length of the TPDU; left out if it does not matter. */
  readonly announcedLength?: number | null;
  readonly atMs: number;
  readonly source: TimeSource;
  readonly receivedAtMs: number;
  readonly line: string;
}

/** A text as it was in the register. */
export interface KeptText extends NewText {
  readonly id: number;
}

/** A text in the register. */
export interface TextRef {
  readonly id: number;
  readonly atMs: number;
}

/** One segment of a long text. */
export interface NewPart {
  readonly sender: string;
  readonly ref: number;
  readonly bits: 8 | 16;
  readonly total: number;
  /** From 1. */
  readonly seq: number;
  /** The segment's whole TPDU. */
  readonly octets: Uint8Array;
  readonly atMs: number;
  readonly source: TimeSource;
  readonly receivedAtMs: number;
  readonly line: string;
}

export type StoredPart = Omit<NewPart, 'sender' | 'ref' | 'bits' | 'total'>;

export interface PartSet {
  readonly total: number;
  /** In order of `seq`; all of them if `complete`. */
  readonly parts: readonly StoredPart[];
  readonly complete: boolean;
}

/** What one transaction does. Valid only inside the `work` that it was handed to. */
export interface Unit {
  /**
   * Whether the register has this very text already. If not, the register remembers it, and the caller stores the text
   * in the same transaction.
   */
  alreadyHeld(arrival: ArrivalFacts): boolean;
  /** The slots of one memory that a complete listing shows; what was remembered of others is forgotten. */
  slotsInUse(line: string, memory: string, slots: readonly number[]): void;
  /** These slots hold nothing any more; what was remembered of them is forgotten. */
  slotsFreed(line: string, memory: string, slots: readonly number[]): void;
  /** Whether a place is registered under this issued code. */
  isIssuedCode(code: string): boolean;
  /** Whether a place is registered under this number. */
  isPlace(number: string): boolean;
  /** The visit's id. */
  addVisit(visit: NewVisit): number;
  /** Removes a visit that becomes something else in the same transaction. False if it was not there any more. */
  removeVisit(visit: VisitRef): boolean;
  /** The text's id. */
  addText(text: NewText): number;
  /** So many texts came by this line on this local day: what `status` calls today's. */
  countTexts(line: string, day: number, texts: number): void;
  /** Removes a text that becomes something else in the same transaction. False if it was not there any more. */
  removeText(text: TextRef): boolean;
  /** Stores a segment. If it was the last one missing: the set, removed from the register. */
  addPart(part: NewPart): PartSet | null;
  /** Sets that have waited 24 hours for a segment, removed from the register, at most `limit` (50). */
  takeOverdueSets(limit?: number): readonly PartSet[];
}

export interface LineIdentity {
  readonly imei: string | null;
  readonly iccid: string | null;
  readonly imsi: string | null;
}

/** Which modem and SIM each line was last seen with. */
export interface LineIdentities {
  /** Null for a line that was never in service. */
  of(line: string): LineIdentity | null;
  put(line: string, identity: LineIdentity): void;
}

/** SIMs whose PIN was refused: one try only for each SIM, across restarts. */
export interface PinAttempts {
  failed(iccid: string): boolean;
  /** Durable when it returns. */
  remember(iccid: string): void;
  forget(iccid: string): void;
}

/** Texts that are known by their slot alone. */
export interface RememberedTexts {
  readonly slots: readonly number[];
  /** Those that hold this text; a look-up for each hour among them. `octets`: as in `ArrivalFacts`. */
  slotsHolding(octets: Uint8Array): readonly number[];
}

export interface SpooledText {
  readonly id: number;
  readonly plain: Buffer;
}

export interface SpooledTexts {
  readonly texts: readonly SpooledText[];
  readonly unreadable: number;
}

/** Sealed texts beside the database, for texts that no modem holds while the database refuses them (spool.ts). */
export interface Spool {
  /** The text's id, 31 bits, once it is sealed and on disk. Errors: as of a transaction. */
  put(plain: Uint8Array, atMs: number): number;
  /** What an earlier run has left, in order; `unreadable`: records whose key is gone. */
  recover(): SpooledTexts;
  /** The same, and changes nothing: for whoever looks beside a gateway. */
  peek(): SpooledTexts;
  /** The register has these. True if the spool has nothing else: then its file is removed. */
  done(ids: readonly number[]): boolean;
  /** Removes the file as soon as nothing in it can be read any more. */
  sweep(): void;
}

/** The network's time by a text that has come, and what has passed since. */
export interface NetworkNow {
  readonly atMs: number;
  /** How long ago that text came. */
  readonly ageMs: number;
}

/**
 * Errors of every call: `register.disk-full`, `register.io`, `register.busy`, `register.corrupt`, `register.read-only`,
 * `keyring.collision`, `keyring.changed`; after each of them the next call works again as soon as its cause is gone.
 */
export interface Intake {
  /** Runs `work` in one transaction; when this returns, what it did is on disk. A throw undoes all of it. */
  transact<T>(work: (unit: Unit) => T): T;
  /**
   * True if a text that one of these slots held is known by its slot alone. The register knows it until a complete
   * listing shows the slot without it (`slotsInUse`).
   */
  remembers(slots: readonly ModemSlot[]): boolean;
  /** The texts of one memory that are known by their slot alone, as they are at this moment. */
  remembered(line: string, memory: string): RememberedTexts;
  /** The time that rows are stamped by: the machine's, unless that is wrong for certain (sweep/clock-rule.ts). */
  readonly clock: Clock;
  /** The network stamped a text that has just come with this time: a second opinion on the machine's clock. */
  noteNetworkTime(sentAtMs: number): void;
  /** What the network's time is now by the latest text since the machine started; null: none told. */
  networkNow(): NetworkNow | null;
  /** What the machine's clock is held to be at this moment (sweep/clock-rule.ts). */
  clockStanding(): Standing;
  readonly pinAttempts: PinAttempts;
  readonly lineIdentities: LineIdentities;
  readonly spool: Spool;
}
