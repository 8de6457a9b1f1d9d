import type { Command } from './command.ts';
import type { Final } from './final-result.ts';
import type { DirectHeader } from './notification.ts';

/** A command whose answer cannot be mistaken for another's. */
export interface SyncProbe {
  readonly text: string;
  readonly matches: (line: string) => boolean;
}

/** All in milliseconds but the counts. */
export interface DialogueTuning {
  /** Silence that is needed after a timeout before anything is sent. */
  readonly quietMs: number;
  /** The same at the start, when no command of ours can be in flight. */
  readonly openQuietMs: number;
  /** The longest wait for noise that never stops (fault B3). */
  readonly drainLimitMs: number;
  readonly wakeQuietMs: number;
  readonly wakeLimitMs: number;
  /** The same for the form without ESC. */
  readonly plainWakeLimitMs: number;
  /** Wait after the first final result that follows the wake-up; the probes then show which command it ended. */
  readonly wakeGapMs: number;
  /** How long each probe may take; after the last of them the modem counts as lost. */
  readonly probeMs: readonly number[];
  /** Wait after a refusal during a probe; only the next answer shows whether it refused the probe. */
  readonly refusedMs: number;
  /** Wait for the final result after a complete answer. */
  readonly graceMs: number;
  /** A direct message whose PDU has not come by then is torn. */
  readonly directMs: number;
  readonly maxAnswerLines: number;
}

export const defaultTuning: DialogueTuning = {
  quietMs: 1_000,
  openQuietMs: 300,
  drainLimitMs: 10_000,
  wakeQuietMs: 300,
  wakeLimitMs: 2_000,
  plainWakeLimitMs: 500,
  wakeGapMs: 100,
  probeMs: [5_000, 10_000, 15_000],
  refusedMs: 500,
  graceMs: 1_000,
  directMs: 2_000,
  maxAnswerLines: 20_000,
};

/** For detecting whether there is a modem at all: no long wait for a slow one. */
export const hastyTuning: DialogueTuning = { ...defaultTuning, wakeLimitMs: 1_000, probeMs: [2_000] };

/** How long each probe may take after a question whose answer is only shown: a modem may work on it for minutes. */
export const patientProbeMs: readonly number[] = [5_000, 10_000, 15_000, 30_000, 60_000, 60_000];

interface Busy {
  readonly name: 'busy';
  readonly command: Command;
  readonly startedMs: number;
  /** When octets that may belong to the answer came last. */
  readonly heardMs: number;
  readonly progressMs: number;
  readonly answers: number;
  /** The last line of the answer so far. */
  readonly last: string | null;
  readonly complete: boolean;
}

/** Nothing is sent until earlier output has ended. */
export interface Draining {
  readonly name: 'draining';
  readonly sinceMs: number;
  /** When octets that may belong to an answer came last; a whole notification does not count. */
  readonly heardMs: number;
  /** `heardMs` before the octets of the current line. */
  readonly settledMs: number;
  readonly quietMs: number;
  readonly attempt: number;
}

/** The wake-up was sent; its answers are ignored. */
interface Waking {
  readonly name: 'waking';
  readonly sentMs: number;
  readonly heardMs: number | null;
  /** When the first final result came. */
  readonly endedMs: number | null;
  /** The form without ESC was sent, because the other got no answer. */
  readonly plain: boolean;
  readonly attempt: number;
}

/** A probe was sent. */
export interface Probing {
  readonly name: 'probing';
  readonly probe: SyncProbe;
  readonly sentMs: number;
  readonly matched: boolean;
  /** A line came that may be an answer to the probe, in a form that is not known. */
  readonly odd: boolean;
  /** When a refusal came that may concern this probe, if there is another probe to send. */
  readonly refusedMs: number | null;
  readonly attempt: number;
}

export type Phase =
  | { readonly name: 'idle' }
  | Busy
  | Draining
  | Waking
  | Probing
  | { readonly name: 'lost' }
  | { readonly name: 'closed' };

/** A direct message whose header has come and whose PDU has not. */
interface PendingDirect {
  readonly header: DirectHeader;
  readonly sinceMs: number;
}

export interface DialogueState {
  readonly phase: Phase;
  readonly direct: PendingDirect | null;
  /** Commands that were never answered: their answers may still come, so no probe may resemble them. */
  readonly outstanding: readonly string[];
  /** How many different probes must be answered before commands are sent. */
  readonly probesWanted: number;
  readonly probes: readonly SyncProbe[];
  /** The modem does not answer the wake-up with an ESC before it, and answers the one without. */
  readonly wakesPlain: boolean;
  /** The present read of the port has ended a command with an error. */
  readonly hasJustFailed: boolean;
  /** The last command was a question whose answer is only shown. */
  readonly isPatient: boolean;
  readonly tuning: DialogueTuning;
}

export type DialogueEvent =
  /** To be given in phase `idle` only. */
  | { readonly type: 'send'; readonly command: Command }
  /** Octets have come, line ends not counted: before the lines that they complete. */
  | { readonly type: 'octets' }
  | { readonly type: 'line'; readonly line: string }
  /** The time that `dueMs` named has come. */
  | { readonly type: 'tick' }
  /** The modem has rebooted: the command in flight is abandoned, and the modem is woken as at a start. */
  | { readonly type: 'restart' }
  | { readonly type: 'closed' };

/** How a command ended. `timeout` and `interrupted` leave a dialogue that is not in step. */
export type CommandOutcome = Final | { readonly ok: null; readonly why: 'timeout' | 'interrupted' };

/** What put the dialogue out of step. */
export type OutOfStep = 'timeout' | 'no-final' | 'stray' | 'interrupted';

export type Effect =
  | { readonly type: 'write'; readonly text: string }
  | { readonly type: 'answer'; readonly line: string }
  | { readonly type: 'settle'; readonly outcome: CommandOutcome }
  | { readonly type: 'notify'; readonly line: string }
  | { readonly type: 'direct'; readonly header: DirectHeader; readonly body: string }
  /** In step again: commands may be sent. */
  | { readonly type: 'synced' }
  /** No longer in step: every listing made before this is void. */
  | { readonly type: 'unsynced'; readonly why: OutOfStep }
  /** No probe was answered. */
  | { readonly type: 'lost' }
  | {
      readonly type: 'count';
      readonly what: 'stray-final' | 'no-final' | 'torn-direct' | 'prompt' | 'odd-line';
    };

export interface Step {
  readonly state: DialogueState;
  readonly effects: readonly Effect[];
}
