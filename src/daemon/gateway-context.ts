import type { Clock } from '../base/clock.ts';
import type { Config, LineConfig } from '../config/config.ts';
import type { LineReport } from '../modem/line-report.ts';
import type { OpenTransport } from '../modem/port/transport.ts';
import type { Intake } from '../store/intake.ts';
import type { SweepResult } from '../store/sweep/sweep-tally.ts';
import type { Outcome, TakenListing } from './intake/intake.ts';
import type { Log } from './log/log.ts';

/** Told of what happens in the gateway, right after it has. None of these may wait or work long. */
export interface GatewayWatcher {
  /** A text is on disk. */
  readonly onOutcome?: (outcome: Outcome) => void;
  /** A listing is on disk; its transaction took `tookMs`. Told after the outcomes of its texts. */
  readonly onIntake?: (line: string, taken: TakenListing, tookMs: number) => void;
  /** The register refused a listing of `texts` texts with this error code. */
  readonly onRefused?: (line: string, code: string, texts: number) => void;
  /** A line's state or its reason has changed. */
  readonly onLineState?: (line: string, report: LineReport) => void;
  /** The register took a transaction (null), or refused it with this error code. */
  readonly onTransaction?: (code: string | null) => void;
  /** A line's port is about to be opened, or its modem looked for. */
  readonly onOpening?: (line: string) => void;
  /** A sweep has ended, and did not fail. */
  readonly onSwept?: (result: SweepResult) => void;
}

export interface GatewayOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly openTransport: (line: LineConfig) => OpenTransport;
  readonly watchers?: readonly GatewayWatcher[];
  /** Whether a time service keeps the machine's clock; not looked at unless given. */
  readonly isClockKept?: () => boolean;
}

/** What the rooms of a gateway that runs have in common. */
export interface GatewayContext {
  /** The configuration that counts now. */
  readonly settings: () => Config;
  /** The machine's, for time limits: rows are stamped by the clock of `intake`. */
  readonly clock: Clock;
  readonly intake: Intake;
  readonly log: Log;
  readonly openTransport: (line: LineConfig) => OpenTransport;
  /** All who watch, as one that never throws. */
  readonly watcher: Required<GatewayWatcher>;
  /** False: the room that is left on the disk is the sweep's and the audit log's. */
  readonly takesTexts: () => boolean;
}

/**
 * One watcher in place of all of these. What one of them throws is logged by the kind of its error alone, and goes no
 * further: a text that is on disk must not be refused because somebody could not count it.
 */
export function tellWatchers(watchers: readonly GatewayWatcher[], log: Log): Required<GatewayWatcher> {
  function each(told: keyof GatewayWatcher, tell: (watcher: GatewayWatcher) => void): void {
    for (const watcher of watchers) {
      try {
        tell(watcher);
      } catch (error) {
        log.write('error', 'watcher.failed', { told, name: error instanceof Error ? error.name : 'unknown' });
      }
    }
  }

  return {
    onOutcome: (...facts) => each('onOutcome', ({ onOutcome }) => onOutcome?.(...facts)),
    onIntake: (...facts) => each('onIntake', ({ onIntake }) => onIntake?.(...facts)),
    onRefused: (...facts) => each('onRefused', ({ onRefused }) => onRefused?.(...facts)),
    onLineState: (...facts) => each('onLineState', ({ onLineState }) => onLineState?.(...facts)),
    onTransaction: (...facts) => each('onTransaction', ({ onTransaction }) => onTransaction?.(...facts)),
    onOpening: (...facts) => each('onOpening', ({ onOpening }) => onOpening?.(...facts)),
    onSwept: (...facts) => each('onSwept', ({ onSwept }) => onSwept?.(...facts)),
  };
}
