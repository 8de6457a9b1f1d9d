import type { Clock } from '../base/clock.ts';
import type { Config } from '../config/config.ts';
import type { RegisterOptions, Role } from '../store/register-types.ts';

/** The configured register, for whoever opens it in this role. */
export function registerOptionsOf(config: Config, clock: Clock, role: Role): RegisterOptions {
  return {
    dataDir: config.dataDir,
    keyFile: config.keyFile,
    retentionMs: config.retention.periodMs,
    algorithm: config.cipher.algorithm,
    maxShare: config.retention.sweepMaxShare,
    masterFile: config.cipher.masterFile,
    clock,
    role,
    expectExisting: config.data.expect === 'existing',
  };
}
