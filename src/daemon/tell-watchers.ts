import type { GatewayWatcher } from './gateway-context.ts';
import type { Log } from './log/log.ts';

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
