import type { ForwarderReport } from '../../central/forwarder.ts';
import type { LineRecovery, LineReport, LineState, LineStorage } from '../../modem/line-report.ts';
import type { ProofName } from '../../modem/recover/proofs.ts';
import type { Standing } from '../../store/sweep/clock-rule.ts';
import type { AlarmCode, ReasonCode } from '../../words/status-reasons.ts';
import type { AuditReport } from '../audit-upkeep.ts';
import type { HoldingReport } from '../central/start-holding.ts';
import type { DiskVerdict } from '../disk/disk-guard.ts';
import type { SweepReport } from '../sweep-loop.ts';

/*
 * What `visitlog status --json` prints and GET /status answers: one object, keys in this order. Times are ISO 8601 with
 * the offset of the configured zone; null is what is not known (yet). No visitor's number, no words of a text.
 */

export type Verdict = 'well' | 'degraded' | 'down';

export interface Status {
  readonly status: Verdict;
  /** Why it is not well; the worst first. */
  readonly reasons: readonly Reason[];
  readonly at: string;
  readonly version: string;
  /** Null if no gateway answers; then only the register's part is known. */
  readonly pid: number | null;
  readonly since: string | null;
  readonly lines: readonly LineOfStatus[];
  readonly texts: TextsOfStatus;
  readonly register: RegisterOfStatus | null;
  readonly backlog: BacklogOfStatus;
  readonly sweep: SweepOfStatus | null;
  readonly keyring: KeyringOfStatus | null;
  readonly audit: AuditOfStatus | null;
  readonly clock: ClockOfStatus | null;
  readonly disk: DiskOfStatus | null;
  /** What goes to a central register; null on a host that is no site of one, and without a gateway. */
  readonly central: CentralOfStatus | null;
  /** What this host does as a holder of a central register; null on another, and without a gateway. */
  readonly holder: HolderOfStatus | null;
}

export interface Reason {
  /** Stable and dotted: `line.not-receiving`. A gateway of another version may have others. */
  readonly code: ReasonCode;
  readonly severity: 'degraded' | 'down';
  readonly line: string | null;
  /** A stable code that says more, such as that of the error of an unreadable register. */
  readonly detail: string | null;
}

export interface LineOfStatus {
  readonly name: string;
  /** The receiving number as configured. */
  readonly number: string | null;
  readonly port: string;
  readonly state: LineState;
  readonly reason: string | null;
  /** The first line that was heard at a wrong port, its digits masked. */
  readonly heard: string | null;
  readonly since: string;
  /** Seconds for which the line has not been receiving; 0 while it receives. */
  readonly out_of_service_s: number;
  readonly maker: string | null;
  readonly model: string | null;
  readonly imei: string | null;
  readonly operator: string | null;
  readonly registration: LineReport['registration'];
  readonly signal: { readonly dbm: number; readonly bars: number } | null;
  readonly storage: LineStorage | null;
  /** Texts in the modem that the register has not taken. */
  readonly waiting: number;
  /** Texts that came directly and that the register has not taken: no modem holds them. */
  readonly direct_waiting: number;
  readonly undeletable: number;
  /** Texts that the modem has announced and that could not be found, since the start. */
  readonly missing: number;
  readonly last_text_at: string | null;
  readonly texts: {
    /** Since local midnight, over restarts. Null: the register is not read, or began to count in the middle of the day. */
    readonly today: number | null;
    readonly last_hour: number;
    readonly visits: number;
    readonly unresolved: number;
    readonly undecodable: number;
    readonly notices: number;
    readonly parts: number;
    readonly known: number;
    readonly refusals: number;
  };
  readonly resets: LineReport['resets'];
  /** How often the port was opened again. */
  readonly reconnects: number;
  readonly recovery: {
    readonly trouble: LineRecovery['trouble'];
    readonly rung: LineRecovery['step'];
    readonly next_rung: LineRecovery['nextStep'];
    readonly next_at: string | null;
  } | null;
  readonly alarms: readonly AlarmCode[];
  readonly calls: number;
  readonly deafness: number;
  readonly commands: number;
  /** What the line has proven of its service, and when. */
  readonly proofs: Readonly<Record<ProofName, ProofOfStatus>>;
}

export interface ProofOfStatus {
  readonly proven: boolean;
  /** Since it was proven last; null: never since the last set-up, or disproved since. */
  readonly age_s: number | null;
  /** How long it counts; null if this modem need not give it. */
  readonly limit_s: number | null;
}

export interface TextsOfStatus {
  readonly today: number | null;
  /** Null without a gateway. */
  readonly last_hour: number | null;
  /** The last 60 minutes, the oldest first. */
  readonly per_minute: readonly number[];
  readonly last_at: string | null;
  /**
   * The last 20, the latest first. Whoever may ask for the status need not be allowed to know who was where: the time
   * has whole minutes, and only the kind tells whether the text named a place.
   */
  readonly recent: readonly {
    readonly at: string;
    readonly line: string;
    readonly kind: string;
  }[];
}

export interface RegisterOfStatus {
  readonly visits: number;
  readonly unresolved: number;
  readonly undecodable: number;
  readonly notices: number;
  readonly oldest_at: string | null;
  /** When it was begun; null if a visitlog began it that did not record that. */
  readonly created_at: string | null;
  readonly keyless_hours: number;
  readonly database_bytes: number;
  readonly wal_bytes: number;
}

interface BacklogOfStatus {
  /** Texts in modems that the register has not taken; null without a gateway. */
  readonly texts: number | null;
  /** Texts that came directly and that the register has not taken: in the spool, or in memory alone; null without a gateway. */
  readonly direct: number | null;
  /** Parts of long texts that wait for the others; null if the register cannot be read. */
  readonly parts: number | null;
}

export interface SweepOfStatus {
  readonly state: SweepReport['state'];
  readonly code: string | null;
  readonly last_at: string | null;
  readonly next_at: string;
  /** Seconds for which it is overdue. */
  readonly lag_s: number;
}

interface KeyringOfStatus {
  readonly keys: number;
  readonly slots: number;
}

export interface AuditOfStatus {
  readonly rows: number;
  /** The last row that an anchor covers. */
  readonly anchored: number | null;
  readonly state: AuditReport['state'];
  readonly verified_at: string | null;
}

export interface ClockOfStatus {
  readonly standing: Standing;
  /** A sweep waits for somebody to confirm the clock. */
  readonly waiting: boolean;
  readonly leap_s: number;
  /** A time service keeps the clock; null: not known, or none is expected. */
  readonly synchronised: boolean | null;
  /** The network's time in texts agreed with the clock within the last week, and nobody has set the clock since. */
  readonly agrees_with_network: boolean;
}

export interface CentralOfStatus {
  readonly state: ForwarderReport['state'];
  /** Of the error, or of what is waited for. */
  readonly code: string | null;
  /** The server that takes writes; null while there is no connection. */
  readonly host: string | null;
  /** What is sent is on a standby, too; null while it is not known. */
  readonly replicated: boolean | null;
  /** Seconds for which nothing could go; 0 while it can. */
  readonly stuck_s: number;
  /** Rows that have not gone; null if the register cannot be read. */
  readonly waiting: number | null;
  /** When the oldest hour begins that has one. */
  readonly oldest_at: string | null;
  /** Rows that have gone since the start. */
  readonly forwarded: number;
  readonly last_at: string | null;
  /** Pinned holders that rows have gone without. */
  readonly without_holders: readonly string[];
  /** The copy of the register's places; null if it cannot be read. */
  readonly places: PlacesOfStatus | null;
}

export interface PlacesOfStatus {
  /** How many are copied. */
  readonly copied: number;
  /** How many this site registered before, which the central register does not have. */
  readonly here: number;
  /** When a changed list was fetched last; null if none ever was. */
  readonly taken_at: string | null;
  /** Until when it was known to be the latest. */
  readonly checked_at: string | null;
  /** Seconds since then. */
  readonly age_s: number | null;
  /** Of the error of the last attempt. */
  readonly code: string | null;
}

export interface HolderOfStatus {
  readonly name: string;
  readonly state: HoldingReport['state'];
  /** Of the error of the last pass. */
  readonly code: string | null;
  /** Until when gateways have keys of this holder; null until a pass has told. */
  readonly published_until: string | null;
  /** Hours with a key in its name that is not its own. */
  readonly foreign_hours: number;
  /** When the last pass ended that did everything. */
  readonly last_at: string | null;
  /** Why the central register was not well within the last minute, as `central status` has it; null until it was asked. */
  readonly central_reasons: readonly { readonly code: string; readonly of: string | null }[] | null;
}

export interface DiskOfStatus {
  readonly free_bytes: number;
  readonly total_bytes: number;
  readonly state: DiskVerdict['state'];
}
