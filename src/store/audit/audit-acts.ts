import { parseEntry } from './audit-chain.ts';
import type { ActOutcome, ActStart, AuditEntry, AuditRow, Destruction } from './audit-types.ts';

/** An act as a reader of the log sees it: its opening and closing rows together. */
export interface Act extends ActStart {
  readonly seq: number;
  readonly atMs: number;
  /** Null for an act that is under way, or whose process died. */
  readonly endedAtMs: number | null;
  /** What is known to have been handed over. */
  readonly rows: number;
  readonly outcome: ActOutcome | 'refused' | 'unfinished';
  readonly code: string | null;
}

/** What keeps the log itself: prunings, losses, renewals, explanations, pseudonyms that became noise. */
export interface Upkeep {
  readonly seq: number;
  readonly atMs: number;
  readonly entry: Extract<
    AuditEntry,
    { readonly kind: 'pruned' | 'lost' | 'renewed' | 'accepted' | 'anonymised' }
  >;
}

export interface LedgerLine extends Destruction {
  readonly seq: number;
  readonly atMs: number;
}

export interface AuditContents {
  readonly acts: readonly Act[];
  readonly destructions: readonly LedgerLine[];
  readonly upkeep: readonly Upkeep[];
}

/** Puts rows together. A row that was made unreadable is left to `audit verify`. */
export function readContents(rows: Iterable<AuditRow>): AuditContents {
  const acts = new Map<number, Act>();
  const destructions: LedgerLine[] = [];
  const upkeep: Upkeep[] = [];
  for (const { seq, atMs, text } of rows) {
    const entry = parseEntry(text);
    switch (entry?.kind) {
      case 'opened':
      case 'refused':
        acts.set(seq, actOf(seq, atMs, entry));
        break;
      case 'progress':
      case 'closed':
        amend(acts, atMs, entry);
        break;
      case 'destroyed': {
        const { kind: _, ...destruction } = entry;
        destructions.push({ seq, atMs, ...destruction });
        break;
      }
      case 'pruned':
      case 'lost':
      case 'renewed':
      case 'accepted':
      case 'anonymised':
        upkeep.push({ seq, atMs, entry });
    }
  }
  return { acts: [...acts.values()], destructions, upkeep };
}

function actOf(seq: number, atMs: number, entry: Extract<AuditEntry, { kind: 'opened' | 'refused' }>): Act {
  const { kind, command, who, where, scope, reason, case: caseNumber } = entry;
  const refused = kind === 'refused';
  return {
    seq,
    atMs,
    endedAtMs: refused ? atMs : null,
    command,
    who,
    where,
    scope,
    ...(reason === undefined ? {} : { reason }),
    ...(caseNumber === undefined ? {} : { case: caseNumber }),
    rows: 0,
    outcome: refused ? 'refused' : 'unfinished',
    code: refused ? entry.code : null,
  };
}

/** The opening row of an act may have been pruned; its closing row alone is not worth showing. */
function amend(
  acts: Map<number, Act>,
  atMs: number,
  entry: Extract<AuditEntry, { kind: 'progress' | 'closed' }>,
): void {
  const act = acts.get(entry.of);
  if (act === undefined) return;
  acts.set(entry.of, {
    ...act,
    rows: entry.rows,
    ...(entry.kind === 'closed' ? endOf(act, atMs, entry) : {}),
  });
}

function endOf(
  act: Act,
  atMs: number,
  { outcome, code, venues }: Extract<AuditEntry, { kind: 'closed' }>,
): Partial<Act> {
  const scope = venues === undefined ? act.scope : { ...act.scope, venues };
  return { scope, endedAtMs: atMs, outcome, code: code ?? null };
}
