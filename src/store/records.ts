import type { Actor } from './audit/audit-types.ts';
import type { Erased, Traces, VisitorFinder } from './erase/erase-types.ts';
import type { NewText, NewVisit, PartSet, SpooledTexts, TextKind, TextRef, TimeSource } from './intake.ts';
import type { SweepOptions, SweepPlan, SweepResult } from './sweep/sweep-tally.ts';
import type { DayTexts } from './tables/day-count.ts';

/*
 * What officers, the sweep and the status ask of the register. All of it is asynchronous, so that the register may stand
 * behind a connection. Rows come in batches: one promise for some hundred rows costs nothing, one for each row would be
 * a quarter of an export's time.
 */

/** A span of time, milliseconds since 1970. */
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
 * Rows in order of time, read as they are asked for: memory does not grow with their number. Each iteration reads them
 * anew. While one is under way, the same connection may refuse to write: readers beside a gateway have their own.
 */
export interface RowBatches<T> extends AsyncIterable<readonly T[]> {
  /** Rows left out because their key is gone or they were tampered with; complete after the last batch. */
  readonly unreadable: number;
}

export interface StoredVisit {
  readonly id: number;
  /** Canonical, in the clear: mask it before anyone sees it. */
  readonly visitor: string;
  readonly venue: string;
  /** The names of the venue; one object for all visits with the same names. */
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

export interface StoredText extends NewText {
  readonly id: number;
  readonly expiresAtMs: number;
}

/** A segment of a long text whose other segments have not come yet. */
export interface WaitingPart {
  readonly seq: number;
  readonly total: number;
  readonly atMs: number;
  readonly line: string;
  readonly expiresAtMs: number;
}

/** A long text of which parts have not come yet, with those that have. */
export interface WaitingSet extends Pick<PartSet, 'parts' | 'total'> {
  readonly id: number;
  /** If nothing more comes, the parts become a text then. */
  readonly waitsUntilMs: number;
  readonly expiresAtMs: number;
}

/** A text that staff assigns to a place, and the visit that it becomes. */
export interface Assignment {
  readonly text: StoredText;
  readonly visit: NewVisit;
}

/** Which of the texts that staff assigned. */
export interface AssignedQuery extends Window {
  /** Those of these ids alone; every one if left out. */
  readonly ids?: readonly number[];
}

/** A text that staff assigned, and the visit that it is now. */
export interface AssignedText {
  readonly visitId: number;
  readonly visit: NewVisit;
  /** As it was; its id is not given again. */
  readonly text: StoredText;
}

/** What a register can have records of. */
export interface RecordSpan {
  /** What is older is past its retention: it is shown no more. */
  readonly keptFromMs: number;
  /** When the register was begun, or its oldest hour with a row; null if it has neither. */
  readonly begunMs: number | null;
}

export interface HourCount {
  readonly hourStartMs: number;
  readonly visits: number;
}

export interface VisitCount extends HourCount {
  readonly venue: string;
}

/** The hour under whose start the visits of an hour are summed. */
export type SumUnder = (hourStartMs: number) => number;

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

/** `all`: those that were removed, too. `here`: registered in this very register, and not copied from a central one. */
export type WhichVenues = 'registered' | 'all' | 'here';

/** A place before and after a list. */
export interface PlaceChange {
  /** Null if it is new. */
  readonly before: Venue | null;
  readonly after: Venue;
}

export interface VenueImport {
  readonly id: number;
  readonly atMs: number;
  readonly changes: readonly PlaceChange[];
}

export interface RegisterHealth {
  readonly visits: number;
  readonly unresolved: number;
  readonly undecodable: number;
  readonly notices: number;
  readonly openParts: number;
  /** Start of the oldest hour with a row; null if there is none. */
  readonly oldestHourMs: number | null;
  /** When the register was begun; null if a visitlog began it that did not record that. */
  readonly begunMs: number | null;
  /** The texts of the latest day on which any came; null if none was ever counted. */
  readonly latestDay: DayTexts | null;
  /** Hours that have rows and no key: their rows are unreadable. */
  readonly keylessHours: number;
  readonly keys: number;
  /** Hours that the keyring has room for. */
  readonly slots: number;
  readonly databaseBytes: number;
  readonly walBytes: number;
}

/**
 * A row past its retention is not shown, even before the sweep has removed it. Errors of every call: those of `Intake`,
 * and `register.reader-died` for visits.
 */
export interface Records {
  visits(query: VisitQuery): RowBatches<StoredVisit>;
  /** The visits of one visitor (canonical). */
  visitsOf(visitor: string, window: Window): RowBatches<StoredVisit>;
  /** The waiting segments of one sender (canonical). */
  partsOf(visitor: string, window: Window): Promise<readonly WaitingPart[]>;
  /** Long texts of which a part that waits was sent in the window, by the time of their first part. */
  waitingSets(window: Window): Promise<readonly WaitingSet[]>;
  /** What waits in the spool. */
  spooled(): Promise<SpooledTexts>;
  texts(query: TextQuery): RowBatches<StoredText>;
  /** The text of that id, or null. */
  textOf(id: number): Promise<StoredText | null>;
  /** Makes visits of texts, in one transaction; how many of the texts were still there. */
  assign(assignments: readonly Assignment[]): Promise<number>;
  /** Texts that staff assigned in a version that keeps them, by the time of their visits. */
  assignedTexts(query: AssignedQuery): Promise<readonly AssignedText[]>;
  /** Moves the visits to another place, in one transaction; how many of them were still there. */
  reassign(
    assigned: readonly AssignedText[],
    change: Pick<NewVisit, 'venue'> & { readonly correctedBy: string },
  ): Promise<number>;
  /** Makes texts of the visits again, in one transaction; their new ids, of those that were still there. */
  unassign(assigned: readonly AssignedText[]): Promise<readonly number[]>;
  /** Removes texts of no use (erase/erase.ts), with a line of the destruction ledger; how many were still there. */
  discard(texts: readonly (TextRef & Pick<StoredText, 'kind'>)[], who: Actor): Promise<number>;

  /**
   * Visits by hour and venue; nothing of visitors is handed out. Hours that `sumUnder` names alike may be summed: there
   * are fewer counts then, of one sum one or several, and in no order. Without it they come hour by hour.
   */
  counts(query: VisitQuery, sumUnder?: SumUnder): RowBatches<VisitCount>;
  /** Visits by hour, at all places and of all lines: quick, however many there are. */
  hourCounts(window: Window): RowBatches<HourCount>;
  /** How many visits of a venue are kept. */
  visitsAt(number: string): Promise<number>;

  /** Also one that was removed. */
  venueOf(number: string): Promise<Venue | null>;
  /** By number; the registered ones unless it says otherwise. */
  venues(which?: WhichVenues): Promise<readonly Venue[]>;
  /** Their numbers, without what the places are called; of those `among` them alone, if they are given. */
  venueNumbers(which?: 'registered' | 'all', among?: readonly string[]): Promise<readonly string[]>;
  /**
   * The registered ones by number in whose number, or name and address without spaces, each word stands; a word has
   * neither capitals nor spaces. There may be others among them: the caller compares.
   */
  venuesWith(words: readonly string[]): Promise<readonly Venue[]>;
  /** The names of a visit's place: all that share the number; null for a visit after its removal. */
  placeOf(number: string, visitedAtMs: number): Promise<NamedVenue>;
  /** In one transaction; each replaces what there was under its number. */
  putVenues(venues: readonly NewVenue[]): Promise<void>;
  /** What a list changes, in one transaction, remembered so that it can be undone. */
  changeVenues(changes: readonly PlaceChange[]): Promise<void>;
  /** The latest list that was not undone, of the last few; null if there is none. */
  lastImport(): Promise<VenueImport | null>;
  /** Puts back what was there before; the places that were changed since are left, and returned. */
  undoImport(last: VenueImport): Promise<readonly PlaceChange[]>;
  /** From now on the venue names no further visit. */
  removeVenue(venue: Venue): Promise<void>;
  /**
   * Registers a place under a code that was never given before. `codeAt` gives the codes by index from 0, and throws
   * when there are no more.
   */
  issueVenue(place: Branch, codeAt: (index: number) => string): Promise<Venue>;
  /** The same for many places, in one transaction, in their order. */
  issueVenues(places: readonly Branch[], codeAt: (index: number) => string): Promise<readonly Venue[]>;

  /** One pass over what has expired (sweep/sweep-steps.ts). */
  sweep(options: SweepOptions): Promise<SweepResult>;
  /** What `sweep` would do now. */
  planSweep(options?: Pick<SweepOptions, 'force' | 'maxShare'>): Promise<SweepPlan>;
  /** Where one visitor (canonical) is found (erase/traces.ts). Reads every text of the register. */
  tracesOf(finder: VisitorFinder): Promise<Traces>;
  /**
   * Removes their rows, with a line of the destruction ledger, and puts stars in others' texts and noise in the audit log.
   * What waits for the rest of a long text, or in the spool, and visits to the number as a place stay.
   */
  erase(finder: VisitorFinder, who: Actor): Promise<Erased>;
  span(): Promise<RecordSpan>;
  health(): Promise<RegisterHealth>;
  /** Closes files, zeroes the keys in memory. */
  close(): Promise<void>;
}
