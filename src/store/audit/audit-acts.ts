import { parseEntry } from './audit-chain.ts';
import type { ActOutcome, ActStart, AuditEntry, AuditRow, Destruction } from './audit-types.ts';

/** An act as a reader of the log sees it: its opening and closing rows together. */
export interface Act extends ActStart {
  readonly seq: number;
  readonly atMs: number;
  /** Null for an act that is under way, or whose process died. */
  readonly endedAtMs: number | null;
  /**
   * What is on record as shown: of an act that did not end, the least that may have been (null: nothing is on record, and
   * it may be anything within its scope).
   */
  readonly rows: number | null;
  /** Why not all its anchors are in the log of the system, if they are not. */
  readonly unlogged: string | null;
  readonly outcome: ActOutcome | 'refused' | 'unfinished';
  readonly code: string | null;
}

/** What keeps the log itself: prunings, losses, renewals, explanations, pseudonyms that became noise. */
export interface Upkeep {
  readonly seq: number;
  readonly atMs: number;
  readonly entry: Extract<
    AuditEntry,
    { readonly kind: 'begun' | 'pruned' | 'lost' | 'renewed' | 'accepted' | 'anonymised' }
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

/** From `fromMs` up to and not including `toMs`. */
export interface AuditWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Puts the rows of acts and of all else together that began within the window; the rows of an act may follow later. A row
 * that was made unreadable is left to `audit verify`.
 */
export function readContents(rows: Iterable<AuditRow>, { fromMs, toMs }: AuditWindow): AuditContents {
  const acts = new Map<number, Act>();
  const destructions: LedgerLine[] = [];
  const upkeep: Upkeep[] = [];
  for (const { seq, atMs, text } of rows) {
    const entry = parseEntry(text);
    const isWithin = atMs >= fromMs && atMs < toMs;
    if (!isWithin && entry?.kind !== 'progress' && entry?.kind !== 'closed') continue;
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
      case 'begun':
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
    rows: refused ? 0 : null,
    unlogged: null,
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
    // An act that died before it said how many has shown nothing that is on record, and not: nothing.
    rows: entry.kind === 'closed' ? entry.rows : entry.rows || null,
    unlogged: entry.unlogged ?? act.unlogged,
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
