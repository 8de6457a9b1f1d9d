import { type ExitCode, fault } from '../../base/errors.ts';
import type { Decision } from '../../central/adopt/plan-adoption.ts';
import { configured } from '../configured.ts';
import type { Invocation } from '../shell.ts';
import type { AdoptFlags } from './adopt-flags.ts';
import { adoptOffered } from './adopt-offered.ts';
import { offerOwn } from './offer-own.ts';

const decisions: readonly Decision[] = ['keep', 'replace', 'branch'];

/** One half on the machine whose register moves in, the other on a register host. Errors: `central.adopt-what`, `central.not-configured`. */
export async function adopt(
  given: Invocation,
  gateway: string | undefined,
  flags: AdoptFlags,
): Promise<ExitCode> {
  const invocation = await configured(given);
  const { holder, central } = invocation.config;
  const [decision = null, ...more] = decisions.filter((each) => flags[each] === true);
  if (holder.name !== null) {
    if (gateway === undefined || more.length > 0) throw fault('central.adopt-what');
    return adoptOffered(invocation, gateway, decision, flags);
  }
  if (central.gateway === null || central.holders.length === 0) throw fault('central.not-configured');
  if (gateway !== undefined || decision !== null) throw fault('central.adopt-what');
  return offerOwn(invocation, central.gateway, flags);
}
