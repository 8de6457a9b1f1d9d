import { AppError } from '../../base/errors.ts';
import type { IdentityRecord, ModemAndSim } from '../../modem/line.ts';
import type { LineIdentities } from '../../store/intake.ts';
import type { Log } from '../log/log.ts';

/**
 * A line's modem and SIM, as the register keeps them. If the register refuses, the line goes on with what it knows, and
 * the next set-up tries again.
 */
export function identityRecord(line: string, identities: LineIdentities, log: Log): IdentityRecord {
  let kept = attempt(() => identities.of(line)) ?? null;
  let known: ModemAndSim = kept ?? { imei: null, iccid: null, imsi: null };

  function attempt<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch (refusal) {
      if (!(refusal instanceof AppError)) throw refusal;
      log.write('warn', 'line.identity-not-kept', { line, reason: refusal.code });
      return undefined;
    }
  }

  return {
    known: () => known,
    keep(identity) {
      known = identity;
      if (kept !== null && areSame(kept, identity)) return;
      attempt(() => {
        identities.put(line, identity);
        kept = identity;
      });
    },
  };
}

function areSame(a: ModemAndSim, b: ModemAndSim): boolean {
  return a.imei === b.imei && a.iccid === b.iccid && a.imsi === b.imsi;
}
