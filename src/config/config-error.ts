import { AppError } from '../base/errors.ts';
import type { ConfigFault } from '../words/config-faults.ts';

/** A configuration that cannot be used. Its words are those of the first fault; `faults` has them all. */
export class ConfigError extends AppError {
  readonly faults: readonly ConfigFault[];

  constructor(code: 'config.syntax' | 'config.invalid', faults: readonly [ConfigFault, ...ConfigFault[]]) {
    super(code, { file: faults[0].place.source, faults: faults.length }, { cause: faults[0] });
    this.name = 'ConfigError';
    this.faults = faults;
  }
}
