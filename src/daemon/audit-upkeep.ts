import { dayMs } from '../base/amounts.ts';
import { every } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { type Audit, openAudit } from '../store/audit/audit.ts';
import { formatAnchorForLog } from '../store/audit/audit-anchor.ts';
import { parseEntry } from '../store/audit/audit-chain.ts';
import type { SeenLog } from '../store/audit/audit-memory.ts';
import { openAuditReader } from '../store/audit/audit-reader.ts';
import type { Anchor } from '../store/audit/audit-types.ts';
import type { RegisterOptions } from '../store/register-types.ts';
import type { SweepResult } from '../store/sweep/sweep-tally.ts';
import { failureFields, type Log } from './log/log.ts';

export interface AuditReport {
  /** The number of the last row. */
  readonly rows: number;
  /** The last row that an anchor covers. */
  readonly anchored: number | null;
  /** `lost`: rows are missing, or the key is new. `broken`: the daily check found more. `failing`: it cannot be written. */
  readonly state: 'whole' | 'lost' | 'broken' | 'failing';
  /** When the whole log was last checked; null: not yet, or it is too long to be checked while the gateway runs. */
  readonly verifiedMs: number | null;
}

interface AuditUpkeep {
  /** Prunes, anchors and checks the log; called after each sweep. */
  afterSweep(result: SweepResult): void;
  /** What is known without reading the log; null before the first sweep. */
  report(): AuditReport | null;
  close(): void;
}

/** Checking this many rows takes a tenth of a second. */
const mostVerified = 10_000;
/** How often the gateway compares the log with what it has seen of it. A look at what has not changed takes microseconds. */
const lookEveryMs = 20_000;

/**
 * Looks after the audit log. At each sweep it removes rows whose time is over, by the clock that the sweep trusted. A few
 * times a minute it compares the log with what it has seen of it, writes the anchor of new rows to the gateway's own log,
 * which ends in the journal, out of reach of somebody who can write to the data directory; and logs losses.
 */
export function startAuditUpkeep(
  options: RegisterOptions,
  auditPeriodMs: () => number,
  log: Log,
): AuditUpkeep {
  let audit: Audit | null = null;
  let lastRow = 0;
  let loggedAnchor = 0;
  let report: AuditReport | null = null;
  let hasLost = false;
  let seen: SeenLog | null = null;
  let isOther = false;
  let verified: { readonly atMs: number; readonly wallMs: number; readonly whole: boolean } | null = null;

  function orLog(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.write('error', 'audit.failed', failureFields(error));
      report = { rows: lastRow, anchored: null, verifiedMs: null, ...report, state: 'failing' };
    }
  }

  function open(): Audit {
    if (audit !== null) return audit;
    const opened = openAudit(options);
    audit = opened;
    lastRow = opened.end();
    seen = opened.remembered();
    // What was lost while no gateway ran comes first: a log that was emptied is not begun as if it were new.
    if (seen === null) opened.beginIfEmpty();
    return opened;
  }

  /** Logs losses among the rows since the last call. */
  function logLosses(opened: Audit): void {
    for (const { seq, text } of opened.since(lastRow)) {
      const kind = parseEntry(text)?.kind;
      if (kind === 'lost' || kind === 'renewed') {
        log.write('error', `audit.${kind}`, { row: seq });
        hasLost = true;
      }
      // Somebody explained the losses: check at once whether that is all.
      if (kind === 'accepted') {
        hasLost = false;
        verified = null;
      }
      lastRow = seq;
    }
  }

  function look(): void {
    const opened = open();
    const last = seen?.seq ?? 0;
    const { seen: now, losses } = opened.look(seen);
    seen = now;
    const news = losses.filter((loss) => loss !== 'database' || !isOther);
    isOther ||= losses.includes('database');
    const rows = opened.end();
    if (news.length > 0) {
      log.write('error', 'audit.forgotten', { lost: news.join(', '), seen: last, rows });
      hasLost = true;
    }
    if (rows === lastRow && news.length === 0 && report?.state !== 'failing') return;
    logLosses(opened);
    // The report of a gateway that has not swept yet tells of a loss, and of nothing else.
    if (report !== null || hasLost) conclude(opened.anchor());
  }

  function isVerificationDue(): boolean {
    if (lastRow > mostVerified) return false;
    return verified === null || options.clock.monotonicMs() - verified.atMs >= dayMs;
  }

  function afterSweep({ clock }: SweepResult): void {
    look();
    const opened = open();
    // In an empty register no hour contradicts a clock that leapt: then no row of the log goes either.
    const pruned = clock.living > 0 ? opened.prune(clock.cutMs - auditPeriodMs()) : 0;
    if (pruned > 0) log.write('info', 'audit.pruned', { rows: pruned });
    const anchor = opened.anchor();
    logLosses(opened);
    // Its own changes are no losses: rows and anchors that were kept for their time are gone.
    seen = opened.look(null).seen;
    conclude(anchor);
  }

  /** Checks the log if that is due, and reports. */
  function conclude(anchor: Anchor | null): void {
    if (isVerificationDue()) verified = { atMs: options.clock.monotonicMs(), ...verify(options) };
    const state = hasLost || isOther ? 'lost' : verified?.whole === false ? 'broken' : 'whole';
    report = { rows: lastRow, anchored: anchor?.seq ?? null, state, verifiedMs: verified?.wallMs ?? null };
    logAnchor(anchor);
  }

  function logAnchor(anchor: Anchor | null): void {
    if (anchor === null || anchor.seq === loggedAnchor) return;
    loggedAnchor = anchor.seq;
    log.write('info', 'audit.anchored', { anchor: formatAnchorForLog(anchor) });
  }

  // Before the first sweep, which adds rows about losses: those are to be logged.
  orLog(look);
  const looks = every(options.clock, lookEveryMs, () => orLog(look));
  return {
    afterSweep: (result) => orLog(() => afterSweep(result)),
    report: () => report,
    close() {
      looks.cancel();
      audit?.close();
    },
  };
}

function verify(options: RegisterOptions): { readonly wallMs: number; readonly whole: boolean } {
  return { wallMs: options.clock.wallMs(), whole: auditFindings(options) === 0 };
}

/** How many findings the whole log has that nobody has explained. Errors: the register's. */
export function auditFindings(options: RegisterOptions): number {
  const reader = openAuditReader(options);
  try {
    const { findings, unlisted } = reader.verify();
    return findings.length + unlisted;
  } finally {
    reader.close();
  }
}
