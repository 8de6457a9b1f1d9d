import type { Config } from '../../config/config.ts';
import { type HolderPin, parsePin } from '../../store/holder/holder-pin.ts';

/** The pins that the configuration names; it has checked their form. */
export function pinsOf({ central }: Pick<Config, 'central'>): HolderPin[] {
  return central.holders.flatMap((pin) => parsePin(pin) ?? []);
}
