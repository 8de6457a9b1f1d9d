import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { formatMinute } from '../../base/zone.ts';
import type { Decision } from '../../central/adopt/plan-adoption.ts';
import type { CentralRegister } from '../../central/records/open-central.ts';
import { openHolder } from '../../daemon/central/open-holder.ts';
import { registerOptionsOf } from '../../daemon/register-options.ts';
import { upToDate } from '../../store/up-to-date.ts';
import { adoptWords } from '../../words/commands/central-adopt.ts';
import type { Configured } from '../configured.ts';
import { type ActResult, recordAct } from '../officer/act.ts';
import { writeLine } from '../shell.ts';
import type { AdoptFlags } from './adopt-flags.ts';
import { differenceJson, differenceLines } from './place-differences.ts';

/** Takes over the places of a gateway. Errors: `central.no-offer`, those of `Adoptions`. */
export async function adoptOffered(
  invocation: Configured,
  gateway: string,
  decision: Decision | null,
  { dryRun = false, json = false }: AdoptFlags,
): Promise<ExitCode> {
  const { config, shell, zone } = invocation;
  const words = adoptWords[shell.language];
  const options = registerOptionsOf(config, shell.clock, 'tool');
  const register = await upToDate(config.dataDir, () => openHolder(config, options));
  try {
    const { adoptions } = register;
    const offers = await adoptions.offers();
    const offer = offers.find((each) => each.gateway === gateway);
    if (offer === undefined) {
      const offering = offers.flatMap((each) => (each.adoptedAtMs === null ? each.gateway : []));
      throw fault('central.no-offer', { gateway, offering: offering.join(', ') });
    }
    const plan = await adoptions.plan(gateway, decision);
    const { added, same, differences, changes } = plan;
    const mayGo = differences.length === 0 || decision !== null;
    const lines = json
      ? []
      : [
          words.offered(gateway, formatMinute(zone, offer.offeredAtMs)),
          ...(offer.adoptedAtMs === null
            ? [words.counts(added.length, same, differences.length)]
            : [words.adopted(formatMinute(zone, offer.adoptedAtMs))]),
          ...differenceLines(differences, { here: words.here, there: gateway }, shell.language),
        ];
    for (const line of lines) await writeLine(shell.stdout, line);
    const changed =
      dryRun || offer.adoptedAtMs !== null ? null : await take(invocation, register, { gateway, decision });
    if (json)
      await writeLine(
        shell.stdout,
        printableJson({
          ...{ dry_run: dryRun, gateway, offered_at: zone.format(offer.offeredAtMs) },
          adopted_at: offer.adoptedAtMs === null ? null : zone.format(offer.adoptedAtMs),
          ...{ added: added.length, same, changed: changed ?? 0 },
          differences: differences.map(differenceJson),
        }),
      );
    else if (changed !== null) await writeLine(shell.stdout, words.taken(changed));
    else if (dryRun && mayGo && offer.adoptedAtMs === null)
      await writeLine(shell.stdout, words.would(changes.length));
    else if (dryRun && offer.adoptedAtMs === null) await writeLine(shell.stdout, words.decide);
    return exitCode.done;
  } finally {
    await register.close();
  }
}

/** How many places were changed. */
async function take(
  invocation: Configured,
  { adoptions }: CentralRegister,
  { gateway, decision }: { readonly gateway: string; readonly decision: Decision | null },
): Promise<number> {
  const { rows } = await recordAct<ActResult>(
    invocation,
    { command: 'central adopt', scope: { revealed: false }, purpose: { reason: `places of ${gateway}` } },
    async () => {
      const plan = await adoptions.adopt(gateway, decision);
      return { rows: plan?.changes.length ?? 0, complete: true };
    },
  );
  return rows;
}
