import type { AuditChain } from './audit-chain.ts';
import type { AuditRow, Destruction } from './audit-types.ts';

/**
 * The destruction ledger: which hours' visits went, when, how many, how and by whom. Its lines are rows of the audit
 * log, under the same chain and anchor; `audit destruction` writes them in the form that public bodies keep.
 */
export interface DestructionLedger {
  /** Adds a line, inside the transaction that destroys. */
  add(destruction: Destruction): AuditRow;
}

export function destructionLedger(chain: AuditChain): DestructionLedger {
  return { add: (destruction) => chain.append({ kind: 'destroyed', ...destruction }) };
}
