import type { CentralAddress } from '../../central/connect.ts';
import { type CentralSession, centralSession } from '../../central/records/central-session.ts';
import { type CentralRegister, openCentral } from '../../central/records/open-central.ts';
import type { Config } from '../../config/config.ts';
import type { RegisterOptions } from '../../store/register-types.ts';
import { centralAddressOf } from './central-address.ts';
import { pinsOf } from './pins.ts';

/**
 * A session for `openHolder` that is being connected: its servers answer while the register of this machine is opened, which is not
 * interrupted. Whoever has no use for it closes it.
 */
export async function beginSession(config: Config): Promise<CentralSession> {
  const session = centralSession(addressOf(config));
  await session.begin();
  return session;
}

/** Opens the central register as the holder that this host is by its configuration. Errors: those of `openCentral`. */
export function openHolder(
  config: Config,
  register: RegisterOptions,
  session?: CentralSession,
): CentralRegister {
  const { holder } = config;
  if (holder.name === null) throw notAHolder();
  return openCentral({
    ...{ address: addressOf(config), register, session, name: holder.name, aheadMs: holder.publishAheadMs },
    others: pinsOf(config),
  });
}

function addressOf(config: Config): CentralAddress {
  const address = centralAddressOf(config, 'visitlog holder');
  if (address === null) throw notAHolder();
  return address;
}

/** The configuration has checked both. */
function notAHolder(): Error {
  return new TypeError('this host is not a holder');
}
