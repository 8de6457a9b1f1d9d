/** What a line has to do. Times are monotonic milliseconds. */
export interface Agenda {
  readonly nowMs: number;
  /** Texts that came directly, are in the register, and have to be acknowledged. */
  readonly owed: number;
  /** A call rings. */
  readonly ringing: boolean;
  /** Notifications named memories that have texts. */
  readonly hinted: boolean;
  readonly everywhere: boolean;
  /** Settings or SIM may have changed. */
  readonly doubt: boolean;
  /** The modem may have rebooted. */
  readonly bootWord: boolean;
  readonly scanDueMs: number;
  readonly healthDueMs: number;
  readonly lastHealthMs: number;
  /** The register refused: nothing is offered to it until then. */
  readonly holdUntilMs: number;
}

export type Task =
  | { readonly do: 'acknowledge' }
  | { readonly do: 'hang-up' }
  | { readonly do: 'scan-all' }
  | { readonly do: 'scan-hinted' }
  | { readonly do: 'health' }
  | { readonly do: 'wait'; readonly delayMs: number };

/** A doubt is looked into at most this often: some models repeat what raises it without end. */
const doubtMs = 10_000;

/** The same for words of a start, which come before anything is read: a modem that has rebooted may show another memory. */
const bootWordMs = 1_000;

/** What to do next: what the network waits for first, then a doubt, then what is due, then what was announced. */
export function nextTask(agenda: Agenda): Task {
  const { nowMs } = agenda;
  const isHeld = nowMs < agenda.holdUntilMs;
  if (agenda.owed > 0) return { do: 'acknowledge' };
  if (agenda.ringing) return { do: 'hang-up' };
  if (agenda.bootWord && nowMs >= agenda.lastHealthMs + bootWordMs) return { do: 'health' };
  if (!isHeld && (agenda.everywhere || nowMs >= agenda.scanDueMs)) return { do: 'scan-all' };
  const waitMs = doubtWaitMs(agenda);
  const healthDueMs =
    waitMs === null ? agenda.healthDueMs : Math.min(agenda.healthDueMs, agenda.lastHealthMs + waitMs);
  if (nowMs >= healthDueMs) return { do: 'health' };
  if (!isHeld && agenda.hinted) return { do: 'scan-hinted' };
  const workMs = isHeld ? agenda.holdUntilMs : agenda.scanDueMs;
  return { do: 'wait', delayMs: Math.min(workMs, healthDueMs) - nowMs };
}

/** Null if there is no doubt. */
function doubtWaitMs({ bootWord, doubt }: Agenda): number | null {
  if (bootWord) return bootWordMs;
  return doubt ? doubtMs : null;
}
