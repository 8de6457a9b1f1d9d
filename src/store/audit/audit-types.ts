/** Who acts, according to the system. */
export interface Actor {
  readonly uid: number;
  readonly user: string | null;
  /** Who called sudo, by its environment: a hint only, because the user chooses the environment. */
  readonly sudo: Person | null;
  /**
   * The login that the kernel remembers for the process (`loginuid`): neither sudo, nor su, nor an environment
   * changes it. Null without a login: a service, a container.
   */
  readonly login: Person | null;
  /** The kernel's number of that login session, which the system's own logs name too; null if there is none. */
  readonly session: number | null;
}

export interface Person {
  readonly uid: number;
  /** Null when the system has no name for the number. */
  readonly user: string | null;
}

/** From where they act. */
export interface Origin {
  readonly host: string;
  /** `pts/3`, `tty1`; null without a terminal. */
  readonly tty: string | null;
  /** The far end of an SSH connection; null for a seat at the machine, or where sudo hides it. */
  readonly remote: string | null;
  /** Which of these the caller's own process or environment told, so that the caller may have made them up. */
  readonly told?: readonly ('tty' | 'remote')[];
}

/** What an act reaches. Never a visitor's number: a venue that may be one is masked before it gets here. */
export interface AuditScope {
  /** Canonical; absent for all. */
  readonly venues?: readonly string[];
  readonly line?: string;
  /** Milliseconds since 1970; `to` is exclusive. */
  readonly from?: number;
  readonly to?: number;
  /** Whether visitors' numbers go out whole. */
  readonly revealed: boolean;
  readonly format?: string;
  readonly output?: 'file' | 'stdout' | 'terminal';
  /** What went out is encrypted to whom the officer named; absent if it is not encrypted. */
  readonly encrypted?: true;
  /** The act is about particular visitors, whom the scope does not name. */
  readonly visitor?: boolean;
  /** How many of them at most; one if absent. */
  readonly visitors?: number;
}

export interface ActStart {
  /** `export`, `trace`, `erase`, `audit list`. */
  readonly command: string;
  readonly who: Actor;
  readonly where: Origin;
  readonly scope: AuditScope;
  /** In the officer's words, without telephone numbers. */
  readonly reason?: string;
  readonly case?: string;
}

/** `nothing`: no row matched. `interrupted`: somebody stopped it, or the reader went away. */
export type ActOutcome = 'complete' | 'interrupted' | 'nothing' | 'failed';

/** Of an act whose anchors did not all reach the log of the system. */
export interface Unlogged {
  /** The error of the system: `ENOENT` if it has no such log. */
  readonly unlogged?: string;
}

export interface ActEnd {
  /** Rows handed over, or rows changed. */
  readonly rows: number;
  readonly outcome: ActOutcome;
  /** The error's code if it failed. */
  readonly code?: string;
  /** What its opening row could not name: the codes that the act gave to places. */
  readonly venues?: readonly string[];
}

/** One hour's pseudonyms in `audit_subjects`; `digest` is SHA-256 over them, hexadecimal, cut to 16 octets. */
export interface SubjectsOfHour {
  readonly hour: number;
  readonly count: number;
  readonly digest: string;
}

/** Rows destroyed, by kind; what is left out is none. */
export interface DestroyedRows {
  readonly visits?: number;
  readonly unresolved?: number;
  readonly undecodable?: number;
  readonly notices?: number;
  readonly parts?: number;
}

/**
 * One line of the destruction ledger: which hours' rows were destroyed, how and by whom. The ledger's lines are rows of
 * the audit log; `audit destruction` writes them in the form that public bodies keep.
 */
export interface Destruction {
  /** `expired`: past the retention. `erased`: the visitor asked. `discarded`: staff threw a text away. */
  readonly cause: 'expired' | 'erased' | 'discarded';
  /** First and last hour of the visits concerned, hours since 1970, both inclusive. */
  readonly firstHour: number;
  readonly lastHour: number;
  readonly rows: DestroyedRows;
  /** Hours whose key was destroyed with them. */
  readonly keys: number;
  /** `key`: the hours' keys overwritten and the rows removed. `rows`: rows removed, the hours' keys live on. */
  readonly method: 'key' | 'rows';
  readonly who: Actor;
  /** `run`, `sweep`, `erase`. */
  readonly command: string;
}

/** What a row of the audit log says. Its JSON, keys in the order of these types, is what the chain is over. */
export type AuditEntry =
  | ({ readonly kind: 'opened' } & ActStart)
  /** What is about to be shown: rows so far, and whose. On disk before the first octet of it leaves the process. */
  | ({
      readonly kind: 'progress';
      readonly of: number;
      readonly rows: number;
      readonly subjects: readonly SubjectsOfHour[];
    } & Unlogged)
  | ({
      readonly kind: 'closed';
      readonly of: number;
      readonly subjects: readonly SubjectsOfHour[];
    } & ActEnd &
      Unlogged)
  | ({ readonly kind: 'refused'; readonly code: string } & ActStart)
  | ({ readonly kind: 'destroyed' } & Destruction)
  /** A new beginning: rows up to `upTo` had been kept for their time; `hash` is that row's. */
  | { readonly kind: 'pruned'; readonly upTo: number; readonly hash: string; readonly rows: number }
  /**
   * An anchor or the gateway's memory vouches for row `anchored`, but the log ended at `found` or has another row there:
   * its end was cut off, a copy was put back, or it was made anew.
   */
  | { readonly kind: 'lost'; readonly anchored: number; readonly hash: string; readonly found: number }
  /** The gateway began the log. `late`: the register had rows or an audit key by then, so that a log may be gone. */
  | { readonly kind: 'begun'; readonly late: boolean }
  /** The audit key or the anchor file was gone or another, and was made anew. */
  | { readonly kind: 'renewed'; readonly key: boolean; readonly anchor: boolean }
  /** A visitor was erased: in these lists of pseudonyms theirs became noise, and the digests are of what they hold since. */
  | {
      readonly kind: 'anonymised';
      readonly lists: readonly ({ readonly seq: number } & SubjectsOfHour)[];
      readonly who: Actor;
      readonly command: string;
    }
  /** Somebody looked into what `audit verify` had found and explained it. */
  | {
      readonly kind: 'accepted';
      readonly findings: readonly string[];
      readonly who: Actor;
      readonly where: Origin;
      readonly reason: string;
    };

export interface AuditRow {
  readonly seq: number;
  readonly atMs: number;
  /** The entry's JSON as stored. */
  readonly text: string;
  /** Hash of the row before. */
  readonly prev: Buffer;
  readonly hash: Buffer;
  /** Keyed, so that who can write to the database alone can add no row. */
  readonly mac: Buffer;
}

/** A row's place in the chain, vouched for outside the database. */
export interface Anchor {
  readonly seq: number;
  /** Hexadecimal. */
  readonly hash: string;
  readonly atMs: number;
}

/** One act under way: opened on disk, and closed once. */
export interface AuditAct {
  /** Number of its opening row. */
  readonly seq: number;
  /** Notes whose number goes out whole, by a pseudonym under the key of the visit's hour. */
  reveal(visitor: string, visitedAtMs: number): void;
  /** Rows that are on disk as shown. */
  readonly recorded: number;
  /** Puts on disk that so many rows in all are shown, with what was noted: before their first octet leaves. */
  flush(rows: number): void;
  /** What was noted and not flushed was not shown, unless the act is complete. */
  close(end: ActEnd): void;
}
