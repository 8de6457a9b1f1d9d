import type { SimulatedModem } from '../../src/simulator/modem.ts';
import { until } from './until.ts';

/** Resolves when neither the network nor the modem holds a text any more. */
export async function emptied({ network }: SimulatedModem): Promise<void> {
  const counts = () => network.journal.counts();
  await until(
    () => counts().queued + counts().stored === 0,
    () => JSON.stringify(counts()),
  );
}
