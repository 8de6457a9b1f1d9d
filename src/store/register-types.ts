import type { Clock } from '../base/clock.ts';
import type { Actor } from './audit/audit-types.ts';
import type { Erased, Traces } from './erase/erase-types.ts';
import type { Machine } from './sweep/register-time.ts';
import type { SweepOptions, SweepPlan, SweepResult } from './sweep/sweep-tally.ts';

export type Algorithm = 'aes-256-gcm' | 'aria-256-gcm';

/**
 * `gateway` receives, and is alone: a second one on the same register is refused.
 * `tool` writes beside a running gateway (venues, corrections, erasure). `reader` changes nothing.
 */
export type Role = 'gateway' | 'tool' | 'reader';

export interface RegisterOptions {
  /** Holds `register.sqlite`; made with mode 0700 when absent. */
  readonly dataDir: string;
  readonly keyFile: string;
  readonly retentionMs: number;
  /** For the hours to come; an hour that has begun keeps the algorithm of its key. */
  readonly algorithm: Algorithm;
  readonly clock: Clock;
  /** What tells besides the clock how much time has passed; the machine that the clock is of unless said. */
  readonly machine?: Machine;
  readonly role?: Role;
  /** The key that the hours' keys are wrapped by; null or absent: they are not. */
  readonly masterFile?: string | null;
  /** Accepts a keyring whose size is that of another retention: what is to be resized must be swept first. */
  readonly anyRingSize?: boolean;
}

/** `network`: the visit's time is TP-SCTS. `received`: that was no use, so it is the time of receipt. */
export type TimeSource = 'network' | 'received';

/** Where a modem holds a text. */
export interface Place {
  readonly line: string;
  readonly memory: string;
  readonly slot: number;
}

/** What tells one arrival from another (seen.ts has the rule). */
export interface ArrivalFacts {
  readonly line: string;
  /** Null when the text came directly (+CMT) and no memory holds it. */
  readonly place: { readonly memory: string; readonly slot: number } | null;
  /** The TPDU from its first octet, or the raw bytes of what could not be decoded. */
  readonly octets: Uint8Array;
  /** TP-SCTS, plausible or not; null when it cannot be read. */
  readonly sentAtMs: number | null;
  /** The time that the text counts at, and where that was taken from. */
  readonly atMs: number;
  readonly source: TimeSource;
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
  /** The member of staff who says that the text meant this venue. */
  readonly correctedBy?: string | null;
}

export interface StoredVisit {
  readonly id: number;
  /** Canonical, in the clear: mask it before anyone sees it. */
  readonly visitor: string;
  readonly venue: string;
  /** What the venue is called: the same object for all visits for which that is the same. */
  readonly place: NamedVenue;
  readonly visitedAtMs: number;
  readonly receivedAtMs: number;
  readonly expiresAtMs: number;
  readonly line: string;
  readonly timeSource: TimeSource;
  readonly webSent: boolean;
  readonly callback: boolean;
  /** Who assigned the text to the venue; null for a visit as it was sent. */
  readonly correctedBy: string | null;
}

export type TextKind = 'unresolved' | 'undecodable' | 'notice';

/** A text that is no visit: kept as it came, sealed, until it expires like the rest. */
export interface NewText {
  readonly kind: TextKind;
  /** Why: the resolution's reason, the decoder's code, the notice's kind. Never words of the text. */
  readonly reason: string;
  /** Canonical; null when nobody can tell. */
  readonly sender: string | null;
  readonly text: string | null;
  /** As the modem printed it; for a joined text its parts, separated by a line feed. */
  readonly pdu: string;
  readonly atMs: number;
  readonly source: TimeSource;
  readonly receivedAtMs: number;
  readonly line: string;
}

export interface StoredText extends NewText {
  readonly id: number;
  readonly expiresAtMs: number;
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

export interface StoredPart {
  readonly seq: number;
  readonly octets: Uint8Array;
  readonly atMs: number;
  readonly source: TimeSource;
  readonly receivedAtMs: number;
  readonly line: string;
}

export interface PartSet {
  readonly total: number;
  /** In order of `seq`; every one of them when `complete`. */
  readonly parts: readonly StoredPart[];
  readonly complete: boolean;
}

/** What one transaction does. Valid only inside the `work` that it was handed to. */
export interface Unit {
  /**
   * Whether the register has this very text already. When not, it remembers it: asked again, it is held.
   * The caller stores the text in the same transaction.
   */
  alreadyHeld(arrival: ArrivalFacts): boolean;
  /** The slots of one memory that a complete listing shows; what was remembered of others is forgotten. */
  slotsInUse(line: string, memory: string, slots: readonly number[]): void;
  /** The visit's id. */
  addVisit(visit: NewVisit): number;
  /** The text's id. */
  addText(text: NewText): number;
  /**
   * Takes a text out of the register, which becomes something else in the same transaction. False: it was not there
   * any more.
   */
  removeText(text: Pick<StoredText, 'id' | 'atMs'>): boolean;
  /** Stores a segment; the set, taken out of the register, when it was the last one missing. */
  addPart(part: NewPart): PartSet | null;
  /** Sets that have waited 24 hours for a segment, taken out of the register, at most `limit` (50). */
  takeOverdueSets(limit?: number): readonly PartSet[];
}

export interface Window {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

export interface VisitQuery extends Window {
  /** All venues when absent. */
  readonly venues?: readonly string[];
  readonly line?: string;
}

export interface TextQuery extends Window {
  readonly kinds?: readonly TextKind[];
}

/**
 * Rows in order of time, read as they are asked for: memory does not grow with their number.
 * While one is being read, the same register cannot write: give a gateway's reader a register of its own.
 */
export interface Stream<T> extends Iterable<T> {
  /** Rows passed over so far because their key is gone or they were tampered with. */
  readonly unreadable: number;
}

/** As a stream, but in batches of some hundred rows, and opened by several threads where there are many of them. */
export interface BatchStream<T> extends AsyncIterable<readonly T[]> {
  /** Rows passed over; known when the last batch has been taken. */
  readonly unreadable: number;
}

export interface HourCount {
  readonly hourStartMs: number;
  readonly visits: number;
}

export interface VisitCount extends HourCount {
  readonly venue: string;
}

/** A place. */
export interface Branch {
  readonly name: string | null;
  readonly address: string | null;
}

/** All places that share a number, as one. */
export interface NamedVenue extends Branch {
  readonly number: string;
}

export interface Venue extends Branch {
  /** National digits, or a six-digit issued code. */
  readonly number: string;
  /** True for a code that visitlog gave to a place without a phone. */
  readonly issued: boolean;
  /** The further places that share the number. */
  readonly branches: readonly Branch[];
  /** Null while it is registered. A removed venue names the visits of its time. */
  readonly removedAtMs: number | null;
}

/** A venue of one place that is registered, unless it says otherwise. */
export type NewVenue = Omit<Venue, 'branches' | 'removedAtMs'> &
  Partial<Pick<Venue, 'branches' | 'removedAtMs'>>;

/** Structurally the modem's `LineIdentity`. */
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

/** Structurally the modem's `PinAttempts`: one try only for each SIM, across restarts. */
export interface PinAttempts {
  failed(iccid: string): boolean;
  /** Durable when it returns. */
  remember(iccid: string): void;
  forget(iccid: string): void;
}

export interface SpooledText {
  readonly id: number;
  readonly plain: Buffer;
}

/** Sealed texts beside the database (spool.ts). */
export interface Spool {
  /** Its id, 31 bits, once it is sealed and on disk. Errors: as of a transaction. */
  put(plain: Uint8Array, atMs: number): number;
  /** What an earlier run has left, in order; `unreadable`: records whose key is gone. */
  recover(): { readonly texts: readonly SpooledText[]; readonly unreadable: number };
  /** The register has these. True where the spool has nothing else: it is removed. */
  done(ids: readonly number[]): boolean;
  /** Removes the file once nothing in it can be read any more. */
  sweep(): void;
}

export interface RegisterHealth {
  readonly visits: number;
  readonly unresolved: number;
  readonly undecodable: number;
  readonly notices: number;
  readonly openParts: number;
  /** Start of the oldest hour with a row; null when there is none. */
  readonly oldestHourMs: number | null;
  /** Hours that have rows and no key: their rows cannot be read. */
  readonly keylessHours: number;
  readonly keys: number;
  /** Hours that the keyring has room for. */
  readonly slots: number;
  readonly databaseBytes: number;
  readonly walBytes: number;
}

/**
 * The register of visits. Errors of every call: `register.disk-full`, `register.io`, `register.busy`,
 * `register.corrupt`, `register.read-only`, `keyring.collision`; after each of them the next call works again as
 * soon as its cause is gone.
 */
export interface Register {
  readonly role: Role;
  /** Runs `work` in one transaction; when this returns, what it did is on disk. A throw undoes all of it. */
  transact<T>(work: (unit: Unit) => T): T;
  /**
   * True where a text that one of these places held is told apart by its place alone: it is held until a complete
   * listing shows the place without it (`slotsInUse`).
   */
  remembers(places: readonly Place[]): boolean;
  visits(query: VisitQuery): Stream<StoredVisit>;
  /** The same, for many rows. Error besides: `register.reader-died`. */
  visitBatches(query: VisitQuery): BatchStream<StoredVisit>;
  /** The visits of one visitor (canonical). */
  visitsOf(visitor: string, window: Window): Stream<StoredVisit>;
  texts(query: TextQuery): Stream<StoredText>;
  /** The text of that id, or null. */
  textOf(id: number): StoredText | null;
  /** Whether a visit of the window was assigned by staff. */
  hasCorrected(window: Window): boolean;
  /** Visits by hour and venue; no personal data is touched. */
  counts(query: VisitQuery): Iterable<VisitCount>;
  /** Visits by hour, at all places and of all lines: at once, however many there are. */
  hourCounts(window: Window): Iterable<HourCount>;
  /** Also one that was removed. */
  venueOf(number: string): Venue | null;
  /** The registered ones, by number. */
  venues(): readonly Venue[];
  /** In one transaction; each replaces what there was under its number. */
  putVenues(venues: readonly NewVenue[]): void;
  putVenue(venue: NewVenue): void;
  /**
   * Registers a place under a code that was never given before. `codeAt` gives the codes by index from 0, and throws
   * when there are no more.
   */
  issueVenue(place: Branch, codeAt: (index: number) => string): Venue;
  isIssuedCode(code: string): boolean;
  /** What a visit's place is called: all that share the number; nothing for a visit after its removal. */
  placeOf(number: string, visitedAtMs: number): NamedVenue;
  /** How many visits of a venue are kept. */
  visitsAt(number: string): number;
  readonly pinAttempts: PinAttempts;
  readonly lineIdentities: LineIdentities;
  /** The gateway's alone. */
  readonly spool: Spool;
  /** The clock that rows are to be stamped by: the machine's, unless that is wrong for certain (clock-rule.ts). */
  readonly clock: Clock;
  /** The network stamped a text that has just come with this time: a second opinion on the machine's clock. */
  noteNetworkTime(sentAtMs: number): void;
  /** One pass over what is past (sweep-steps.ts). */
  sweep(options: SweepOptions): Promise<SweepResult>;
  /** What `sweep` would do now. */
  planSweep(options?: Pick<SweepOptions, 'force' | 'maxShare'>): SweepPlan;
  /** Where one visitor (canonical) is found (traces.ts). Reads every text of the register. */
  tracesOf(visitor: string): Traces;
  /** Removes all of that, and writes the destruction ledger. */
  erase(visitor: string, who: Actor): Erased;
  /** Throws texts away (erase.ts), with a line of the destruction ledger; how many were still there. */
  discard(texts: readonly Pick<StoredText, 'id' | 'atMs' | 'kind'>[], who: Actor): number;
  health(): RegisterHealth;
  /** Closes files, zeroes the keys in memory. */
  close(): void;
}
