import type { Connection } from '../database/database.ts';
import { asOwnerOf } from '../files/as-owner.ts';
import { holderRingPath, openHolderFiles } from '../holder/holder-files.ts';
import { formatPin } from '../holder/holder-pin.ts';
import { hourEndMs } from '../hour.ts';
import { Keyring } from '../keyring/keyring.ts';
import type { RegisterOptions } from '../register-types.ts';
import { hoursFinding } from './check-keys.ts';
import { type CheckFinding, type CheckReport, finding } from './check-types.ts';

/** What a register host is by its configuration. */
export interface CheckedHolder {
  readonly name: string;
  readonly aheadMs: number;
}

/**
 * Whether a register host has its key, and whether its ring is whole and has no secret of an hour that is past. Errors: those
 * of `openHolderFiles`.
 */
export function checkHolder(
  db: Connection,
  options: RegisterOptions,
  holder: CheckedHolder,
  graceMs: number,
): { readonly report: NonNullable<CheckReport['holder']>; readonly findings: readonly CheckFinding[] } {
  const files = openHolderFiles({ ...options, ...holder, role: 'reader' });
  files.close();
  const path = holderRingPath(options.keyFile);
  const ring = asOwnerOf(options.dataDir, () => Keyring.open(path, false, options.masterFile));
  try {
    const hours = ring.hours();
    const damaged = ring.states().filter(({ kind }) => kind === 'torn' || kind === 'stray').length;
    const pastMs = options.clock.wallMs() - options.retentionMs - graceMs;
    const kept = keptWithout(db, hours);
    return {
      report: { pin: formatPin(files.pin), slots: ring.slots, keys: hours.length, wrapped: ring.wrapped },
      findings: [
        ...hoursFinding(
          'check.holder-overdue',
          hours.filter((hour) => hourEndMs(hour) <= pastMs),
        ),
        ...(damaged === 0 ? [] : [finding('check.holder-torn', { slots: damaged })]),
        ...hoursFinding('check.holder-kept', kept),
      ],
    };
  } finally {
    ring.close();
  }
}

/** Hours whose keys this host has kept although their secret is gone: they are noise. */
function keptWithout(db: Connection, held: readonly number[]): number[] {
  return db
    .prepare<[string], number>(
      'SELECT hour FROM opened_keys WHERE hour NOT IN (SELECT value FROM json_each(?)) ORDER BY hour',
    )
    .pluck()
    .all(JSON.stringify(held));
}
