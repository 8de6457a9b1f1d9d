import { dayMs } from '../base/amounts.ts';
import { AppError } from '../base/errors.ts';
import { type Audit, openAudit } from '../store/audit/audit.ts';
import { formatAnchorForLog } from '../store/audit/audit-anchor.ts';
import { parseEntry } from '../store/audit/audit-chain.ts';
import { openAuditReader } from '../store/audit/audit-reader.ts';
import type { RegisterOptions } from '../store/register-types.ts';
import type { SweepResult } from '../store/sweep/sweep-tally.ts';
import { failureFields, type Log } from './log/log.ts';

export interface AuditReport {
  /** The number of the last row. */
  readonly rows: number;
  /** The last row that an anchor vouches for. */
  readonly anchored: number | null;
  /** `lost`: a gap or a new key was found. `broken`: the daily look found worse. `failing`: it cannot be written. */
  readonly state: 'whole' | 'lost' | 'broken' | 'failing';
  /** When all of it was last gone through; null: not yet, or it is too long for that beside the work. */
  readonly verifiedMs: number | null;
}

export interface AuditCare {
  /** After each sweep. */
  tend(result: SweepResult): void;
  /** What is known of the log without going through it. */
  report(): AuditReport | null;
  close(): void;
}

/** Going through so many rows takes a tenth of a second. */
const mostVerified = 10_000;

/**
 * What the gateway does for the audit log beside each sweep: rows that were kept for their time go, by the time that
 * the sweep trusted; the anchor is put into the gateway's own log too, which ends in the journal, where who can write
 * to the data directory cannot reach it; and a loss that was noticed is told.
 */
export function careForAudit(options: RegisterOptions, auditPeriodMs: () => number, log: Log): AuditCare {
  let audit: Audit | null = null;
  let seen = 0;
  let told = 0;
  let report: AuditReport | null = null;
  let hasLost = false;
  let verified: { readonly atMs: number; readonly wallMs: number; readonly whole: boolean } | null = null;

  function attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.write('error', 'audit.failed', failureFields(error));
      report = { rows: seen, anchored: null, verifiedMs: null, ...report, state: 'failing' };
    }
  }

  function open(): Audit {
    if (audit !== null) return audit;
    audit = openAudit(options);
    seen = audit.end();
    return audit;
  }

  /** What was added behind the last look. */
  function tellNews(opened: Audit): void {
    for (const { seq, text } of opened.since(seen)) {
      const kind = parseEntry(text)?.kind;
      if (kind === 'lost' || kind === 'renewed') {
        log.write('error', `audit.${kind}`, { row: seq });
        hasLost = true;
      }
      // What was found is explained, or not: that is to be seen at once.
      if (kind === 'accepted') {
        hasLost = false;
        verified = null;
      }
      seen = seq;
    }
  }

  function isVerificationDue(): boolean {
    if (seen > mostVerified) return false;
    return verified === null || options.clock.monotonicMs() - verified.atMs >= dayMs;
  }

  function tend({ clock }: SweepResult): void {
    const opened = open();
    // In an empty register no hour speaks against a clock that leapt: then nothing of the log goes either.
    const pruned = clock.living > 0 ? opened.prune(clock.cutMs - auditPeriodMs()) : 0;
    if (pruned > 0) log.write('info', 'audit.pruned', { rows: pruned });
    const anchor = opened.anchor();
    tellNews(opened);
    if (isVerificationDue()) verified = { atMs: options.clock.monotonicMs(), ...verify(options) };
    const state = hasLost ? 'lost' : verified?.whole === false ? 'broken' : 'whole';
    report = { rows: seen, anchored: anchor?.seq ?? null, state, verifiedMs: verified?.wallMs ?? null };
    if (anchor === null || anchor.seq === told) return;
    told = anchor.seq;
    log.write('info', 'audit.anchored', { anchor: formatAnchorForLog(anchor) });
  }

  // Before the first sweep, which writes down what is amiss: that is to be told.
  attempt(open);
  return {
    tend: (result) => attempt(() => tend(result)),
    report: () => report,
    close: () => audit?.close(),
  };
}

function verify(options: RegisterOptions): { readonly wallMs: number; readonly whole: boolean } {
  const reader = openAuditReader(options);
  try {
    return { wallMs: options.clock.wallMs(), whole: reader.verify().findings.length === 0 };
  } finally {
    reader.close();
  }
}
