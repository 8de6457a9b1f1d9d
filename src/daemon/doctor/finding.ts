/**
 * - `fail`: texts will not arrive, or the gateway will not run
 * - `warn`: it works, and will go wrong some day
 * - `note`: worth knowing
 * - `ok`: looked at, and well
 */
export type Severity = 'fail' | 'warn' | 'note' | 'ok';

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
}

type Say = (id: string, message: string, fix?: string | null) => Finding;

/** How the findings on one subject are written. */
export function findingsOn(subject: string): Record<Severity, Say> {
  const say =
    (severity: Severity): Say =>
    (id, message, fix = null) => ({ severity, id, subject, message, fix });
  return { fail: say('fail'), warn: say('warn'), note: say('note'), ok: say('ok') };
}
