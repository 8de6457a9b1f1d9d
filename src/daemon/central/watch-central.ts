import { minuteMs } from '../../base/amounts.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { CentralReason } from '../../central/survey.ts';
import type { Config } from '../../config/config.ts';
import { failureFields } from '../log/log.ts';

export interface CentralWatch {
  /** Why the central register was not well when it was last asked; null until it was. */
  reasons(): readonly CentralReason[] | null;
  readonly ended: Promise<void>;
}

interface WatchOptions {
  readonly settings: () => Config;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** On a register host: asks the servers of the central register how they are, at once and each minute. */
export function watchCentral({ settings, clock, signal }: WatchOptions): CentralWatch {
  let reasons: readonly CentralReason[] | null = null;

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      reasons = await asked();
      await sleep(clock, minuteMs, signal);
    }
  }

  async function asked(): Promise<readonly CentralReason[]> {
    const { surveyCentral, reasonsIn } = await import('../../central/survey.ts');
    const { centralAddressOf } = await import('./central-address.ts');
    try {
      const address = centralAddressOf(settings(), 'visitlog holder');
      return address === null ? [] : reasonsIn(await surveyCentral(address, signal), clock.wallMs());
    } catch (error) {
      // Its password cannot be read, for one.
      return [{ code: failureFields(error).code, severity: 'down', of: null }];
    }
  }

  return { reasons: () => reasons, ended: loop() };
}
