import { AppError, messageOf } from '../base/errors.ts';
import { type Audit, openAudit } from '../store/audit/audit.ts';
import { formatAnchorForLog } from '../store/audit/audit-anchor.ts';
import { parseEntry } from '../store/audit/audit-row.ts';
import type { RegisterOptions } from '../store/register-types.ts';
import type { SweepResult } from '../store/sweep/sweep-types.ts';
import type { Log } from './log.ts';

export interface AuditCare {
  /** After each sweep. */
  tend(result: SweepResult): void;
  close(): void;
}

/**
 * What the gateway does for the audit log beside each sweep: rows that were kept for their time go, by the time that
 * the sweep trusted; the anchor is put into the gateway's own log too, which ends in the journal, where who can write
 * to the data directory cannot reach it; and a loss that was noticed is told.
 */
export function careForAudit(options: RegisterOptions, auditPeriodMs: () => number, log: Log): AuditCare {
  let audit: Audit | null = null;
  let seen = 0;
  let told = 0;

  function attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.write('error', 'audit.failed', { code: error.code, message: messageOf(error) });
    }
  }

  function open(): Audit {
    if (audit !== null) return audit;
    audit = openAudit(options);
    seen = audit.end();
    return audit;
  }

  function tend({ clock }: SweepResult): void {
    const opened = open();
    // In an empty register no hour speaks against a clock that leapt: then nothing of the log goes either.
    const pruned = clock.living > 0 ? opened.prune(clock.cutMs - auditPeriodMs()) : 0;
    if (pruned > 0) log.write('info', 'audit.pruned', { rows: pruned });
    const anchor = opened.anchor();
    for (const { seq, text } of opened.since(seen)) {
      const kind = parseEntry(text)?.kind;
      if (kind === 'lost' || kind === 'renewed') log.write('error', `audit.${kind}`, { row: seq });
      seen = seq;
    }
    if (anchor === null || anchor.seq === told) return;
    told = anchor.seq;
    log.write('info', 'audit.anchored', { anchor: formatAnchorForLog(anchor) });
  }

  // Before the first sweep, which writes down what is amiss: that is to be told.
  attempt(open);
  return {
    tend: (result) => attempt(() => tend(result)),
    close: () => audit?.close(),
  };
}
