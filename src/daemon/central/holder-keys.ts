import type { Clock } from '../../base/clock.ts';
import type { Config } from '../../config/config.ts';
import { openHolderFiles } from '../../store/holder/holder-files.ts';
import type { HolderPin } from '../../store/holder/holder-pin.ts';
import { registerOptionsOf } from '../register-options.ts';

/** What a register host has of keys. */
export interface HolderKeys {
  readonly pin: HolderPin;
  /** Hours that it has a secret of. */
  readonly hours: number;
}

/** Of a register host; null elsewhere. Errors: those of `openHolderFiles`. */
export function readHolderKeys(config: Config, clock: Clock): HolderKeys | null {
  const { name, publishAheadMs: aheadMs } = config.holder;
  if (name === null) return null;
  const { ring, pin, close } = openHolderFiles({
    ...registerOptionsOf(config, clock, 'reader'),
    name,
    aheadMs,
  });
  try {
    return { pin, hours: ring.hours().length };
  } finally {
    close();
  }
}
