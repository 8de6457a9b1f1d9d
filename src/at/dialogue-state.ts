import type { Command } from './command.ts';
import type { Final } from './final-result.ts';
import type { DirectHeader } from './notification.ts';

/** A question whose answer cannot be mistaken for another's. */
export interface Probe {
  readonly text: string;
  readonly matches: (line: string) => boolean;
}

/** All in milliseconds but the counts. */
export interface DialogueTuning {
  /** Silence that must be heard before anything is sent after a timeout. */
  readonly quietMs: number;
  /** The same at the start, when nothing of ours can be under way. */
  readonly openQuietMs: number;
  /** Noise that never stops is waited for no longer than this (fault B3). */
  readonly drainLimitMs: number;
  readonly wakeQuietMs: number;
  readonly wakeLimitMs: number;
  /** From the first final result that the wake-up brings: the probes tell what it was the end of. */
  readonly wakeGapMs: number;
  /** How long each probe may take; after the last of them the modem counts as lost. */
  readonly probeMs: readonly number[];
  /** From a refusal while a probe is under way: whether it was of the probe, only the next answer tells. */
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
  wakeGapMs: 100,
  probeMs: [5_000, 10_000, 15_000],
  refusedMs: 500,
  graceMs: 1_000,
  directMs: 2_000,
  maxAnswerLines: 20_000,
};

/** For finding out whether there is a modem at all: no long wait for one that is slow. */
export const hastyTuning: DialogueTuning = { ...defaultTuning, wakeLimitMs: 1_000, probeMs: [2_000] };

interface Busy {
  readonly name: 'busy';
  readonly command: Command;
  readonly startedMs: number;
  /** When something came last that may belong to the answer. */
  readonly heardMs: number;
  readonly progressMs: number;
  readonly answers: number;
  /** The last line of the answer so far. */
  readonly last: string | null;
  readonly complete: boolean;
}

/** Nothing is sent: what was under way runs out. */
export interface Draining {
  readonly name: 'draining';
  readonly sinceMs: number;
  /** When something came last that may belong to an answer: a whole notification does not. */
  readonly heardMs: number;
  /** `heardMs` as it was before the octets of the line that is coming in. */
  readonly settledMs: number;
  readonly quietMs: number;
  readonly attempt: number;
}

/** The wake-up was sent; what it brings is not read. */
interface Waking {
  readonly name: 'waking';
  readonly sentMs: number;
  readonly heardMs: number | null;
  /** When the first final result came. */
  readonly endedMs: number | null;
  readonly attempt: number;
}

/** A probe was sent. */
export interface Probing {
  readonly name: 'probing';
  readonly probe: Probe;
  readonly sentMs: number;
  readonly matched: boolean;
  /** When a refusal came that may have been of this probe, while there is another one to ask. */
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
export interface PendingDirect {
  readonly header: DirectHeader;
  readonly sinceMs: number;
}

export interface DialogueState {
  readonly phase: Phase;
  readonly direct: PendingDirect | null;
  /** Commands that were sent and never answered: their answers may still come, so no probe may resemble them. */
  readonly outstanding: readonly string[];
  /** How many different probes must be answered before commands are sent. */
  readonly probesWanted: number;
  readonly probes: readonly Probe[];
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
  /** What is in flight is given up and the modem is woken as at a start: it has rebooted. */
  | { readonly type: 'restart' }
  | { readonly type: 'closed' };

/** How a command ended. `timeout` and `interrupted` leave a dialogue that is not in step. */
export type Outcome = Final | { readonly ok: null; readonly why: 'timeout' | 'interrupted' };

/** What put the dialogue out of step. */
export type OutOfStep = 'timeout' | 'no-final' | 'stray' | 'interrupted';

export type Effect =
  | { readonly type: 'write'; readonly text: string }
  | { readonly type: 'answer'; readonly line: string }
  | { readonly type: 'settle'; readonly outcome: Outcome }
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
