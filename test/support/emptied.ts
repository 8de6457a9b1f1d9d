import type { SimulatedModem } from '../../src/simulator/modem.ts';

/** Resolves when neither the network nor the modem holds a text any more; fails where that takes too long. */
export async function emptied(modem: SimulatedModem, patienceMs = 30_000): Promise<void> {
  const untilMs = Date.now() + patienceMs;
  for (;;) {
    const counts = modem.network.journal.counts();
    if (counts.queued + counts.stored === 0) return;
    if (Date.now() > untilMs) throw new Error(`not emptied: ${JSON.stringify(counts)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
