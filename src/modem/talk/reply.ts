import type { Outcome } from '../../at/dialogue-state.ts';
import type { FinalError } from '../../at/final-result.ts';

/** An answer. `error` is null where none came in time. */
export type Reply =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly error: FinalError | null; readonly lines: readonly string[] };

/** What has never reached the modem. */
export const unsent: Reply = { ok: false, error: null, lines: [] };

export function replyOf(outcome: Outcome, lines: readonly string[]): Reply {
  if (outcome.ok === true) return { ok: true, lines };
  return { ok: false, error: outcome.ok === null ? null : outcome.error, lines };
}
