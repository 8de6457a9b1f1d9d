import type { SimulatedModem } from '../../src/simulator/modem.ts';

/** Resolves when neither the network nor the modem holds a text any more. */
export async function emptied(modem: SimulatedModem): Promise<void> {
  for (;;) {
    const { queued, stored } = modem.network.journal.counts();
    if (queued + stored === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
