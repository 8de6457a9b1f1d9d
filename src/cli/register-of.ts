import type { Clock } from '../base/clock.ts';
import type { Config } from '../config/config.ts';
import { openRegister } from '../store/register.ts';
import type { Register, RegisterOptions, Role } from '../store/register-types.ts';

/** The configured register, opened for one command. */
export function openRegisterOf(config: Config, clock: Clock, role: Role): Register {
  return openRegister(registerOptionsOf(config, clock, role));
}

export function registerOptionsOf(config: Config, clock: Clock, role: Role): RegisterOptions {
  return {
    dataDir: config.dataDir,
    keyFile: config.keyFile,
    retentionMs: config.retention.periodMs,
    algorithm: config.cipher.algorithm,
    masterFile: config.cipher.masterFile,
    clock,
    role,
  };
}
