import type { LineReport } from '../modem/line-report.ts';
import type { SweepResult } from '../store/sweep/sweep-tally.ts';
import type { TakenListing, TakenText } from './intake/take-listing.ts';
import type { Log } from './log/log.ts';

/** Notified of what happens in the gateway, right after it has. No method may wait or work long. */
export interface GatewayWatcher {
  /** A text is on disk. */
  readonly onText?: (text: TakenText) => void;
  /** A listing is on disk; its transaction took `tookMs`. Called after `onText` of its texts. */
  readonly onListing?: (line: string, taken: TakenListing, tookMs: number) => void;
  /** The register refused a listing of `texts` texts with this error code. */
  readonly onRefused?: (line: string, code: string, texts: number) => void;
  /** A line's state or its reason has changed. */
  readonly onLineState?: (line: string, report: LineReport) => void;
  /** The register took a transaction (null), or refused it with this error code. */
  readonly onTransaction?: (code: string | null) => void;
  /** The line opens its port next, or looks for its modem. */
  readonly onOpening?: (line: string) => void;
  /** A sweep has ended without an error. */
  readonly onSwept?: (result: SweepResult) => void;
}

/**
 * Combines watchers. What one of them throws is logged by the name of its error alone and goes no further: a text that
 * is on disk must not be refused because somebody could not count it.
 */
export function combineWatchers(watchers: readonly GatewayWatcher[], log: Log): Required<GatewayWatcher> {
  function notify(told: keyof GatewayWatcher, call: (watcher: GatewayWatcher) => void): void {
    for (const watcher of watchers) {
      try {
        call(watcher);
      } catch (error) {
        log.write('error', 'watcher.failed', { told, name: error instanceof Error ? error.name : 'unknown' });
      }
    }
  }

  return {
    onText: (...facts) => notify('onText', ({ onText }) => onText?.(...facts)),
    onListing: (...facts) => notify('onListing', ({ onListing }) => onListing?.(...facts)),
    onRefused: (...facts) => notify('onRefused', ({ onRefused }) => onRefused?.(...facts)),
    onLineState: (...facts) => notify('onLineState', ({ onLineState }) => onLineState?.(...facts)),
    onTransaction: (...facts) => notify('onTransaction', ({ onTransaction }) => onTransaction?.(...facts)),
    onOpening: (...facts) => notify('onOpening', ({ onOpening }) => onOpening?.(...facts)),
    onSwept: (...facts) => notify('onSwept', ({ onSwept }) => onSwept?.(...facts)),
  };
}
