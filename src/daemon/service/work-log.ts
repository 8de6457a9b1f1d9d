import type { GatewayWatcher } from '../gateway-context.ts';
import type { Work } from './signs-of-life.ts';

/** Refusals that come from outside and that a restart does not mend: the lines hold their texts meanwhile. */
const declared = new Set(['register.disk-full', 'register.busy', 'register.read-only']);

/** Counts what the gateway's parts have done, for the signs of life. */
export function createWorkLog(): { readonly watcher: GatewayWatcher; read(): Work } {
  const openings = new Map<string, number>();
  let transactions = 0;
  let refusals = 0;
  return {
    watcher: {
      onTransaction(code) {
        if (code === null) transactions += 1;
        else if (declared.has(code)) refusals += 1;
      },
      onOpening(line) {
        openings.set(line, (openings.get(line) ?? 0) + 1);
      },
    },
    read: () => ({ transactions, declared: refusals, openings }),
  };
}
