/**
 * - `fail`: texts will not arrive, or the gateway will not run
 * - `warn`: it works, and will go wrong some day
 * - `note`: worth knowing
 * - `ok`: looked at, and well
 */
export type Severity = 'fail' | 'warn' | 'note' | 'ok';

export type FindingFacts = Readonly<Record<string, string | number | boolean | null>>;

/** One thing that was looked at. */
export interface Finding {
  readonly severity: Severity;
  /** Stable and dotted: `port.taken`. */
  readonly id: string;
  /** What it is about: a line's name, `machine`, `register`, `service`. */
  readonly subject: string;
  readonly message: string;
  /** What to do; null where nothing is to be done. */
  readonly fix: string | null;
  /** What message and fix name, for telling it in another language. */
  readonly facts: FindingFacts;
}

type Say = (id: string, message: string, fix?: string | null, facts?: FindingFacts) => Finding;

/** How the findings on one subject are written. */
export function findingsOn(subject: string): Record<Severity, Say> {
  const say =
    (severity: Severity): Say =>
    (id, message, fix = null, facts = {}) => ({ severity, id, subject, message, fix, facts });
  return { fail: say('fail'), warn: say('warn'), note: say('note'), ok: say('ok') };
}
