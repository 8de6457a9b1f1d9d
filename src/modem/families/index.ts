import type { ModemFamily } from '../families.ts';
import { generic } from './generic.ts';
import { huawei } from './huawei.ts';
import { quectel } from './quectel.ts';
import { sim800 } from './sim800.ts';
import { sim7600 } from './sim7600.ts';
import { zte } from './zte.ts';

const families: readonly ModemFamily[] = [huawei, sim7600, sim800, quectel, zte];

/** The family that an identity belongs to; never none. */
export function familyOf(maker: string | null, model: string | null): ModemFamily {
  const identity = `${maker ?? ''} ${model ?? ''}`;
  return families.find((family) => family.identity.test(identity)) ?? generic;
}
