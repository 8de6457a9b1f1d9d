import { type CentralRegister, openCentral } from '../../central/records/open-central.ts';
import type { Config } from '../../config/config.ts';
import type { RegisterOptions } from '../../store/register-types.ts';
import { centralAddressOf } from './central-address.ts';
import { pinsOf } from './pins.ts';

/** Opens the central register as the holder that this host is by its configuration. Errors: those of `openCentral`. */
export function openHolder(config: Config, register: RegisterOptions): CentralRegister {
  const { holder } = config;
  const address = centralAddressOf(config, 'visitlog holder');
  // The configuration has checked both.
  if (address === null || holder.name === null) throw new TypeError('this host is not a holder');
  return openCentral({
    ...{ address, register, name: holder.name, aheadMs: holder.publishAheadMs },
    others: pinsOf(config),
  });
}
