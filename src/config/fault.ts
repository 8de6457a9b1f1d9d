import { exitCode, WordedError } from '../base/errors.ts';

export type FaultKind = 'syntax' | 'unknown-key' | 'bad-value' | 'missing-key' | 'same-twice' | 'no-line';

export interface FaultFacts {
  /** The value as TOML writes it; absent where it may be a secret. */
  readonly value?: string;
  /** The keys that the table knows, where none is near. */
  readonly known?: readonly string[];
  /** Why a text is not TOML: a text without quotes, not UTF-8, or what the parser says. */
  readonly why?: 'quotes' | 'utf-8' | 'parser';
  readonly parser?: string;
}

/** One thing that is wrong in a configuration, with what a reader needs to put it right. */
export interface ConfigFault {
  readonly kind: FaultKind;
  /** The key in full (`retention.period`, `line.1.prot`); empty where the fault has none. */
  readonly key: string;
  /** The file's path, or the name of the environment's variable. */
  readonly source: string;
  /** Counted from 1; null when there is no place to show. */
  readonly line: number | null;
  readonly column: number | null;
  /** One sentence: what is wrong, and what is allowed. */
  readonly message: string;
  /** What would be right, to complete "allowed is …". */
  readonly allowed: string | null;
  /** The key that was probably meant. */
  readonly nearest: string | null;
  /** What the message names besides, for telling it in another language. */
  readonly facts: FaultFacts;
  /** The line of the file and, under it, the caret; null when there is no place to show. */
  readonly excerpt: string | null;
}

/** A configuration that cannot be used. Its message is the first fault; `faults` has them all. */
export class ConfigError extends WordedError {
  readonly faults: readonly ConfigFault[];

  constructor(code: 'config.syntax' | 'config.invalid', faults: readonly [ConfigFault, ...ConfigFault[]]) {
    const more = faults.length - 1;
    const rest = more === 0 ? '' : ` (and ${more} more)`;
    super(code, `${formatFault(faults[0])}${rest}`, {
      exit: exitCode.usage,
      hint: 'Correct the file, then run `visitlog config check`.',
      context: { file: faults[0].source, faults: faults.length },
    });
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** `file:line:column: message`, as editors and compilers write it. */
export function formatFault(fault: ConfigFault): string {
  const place = fault.line === null ? '' : `:${fault.line}:${fault.column ?? 1}`;
  return `${fault.source}${place}: ${fault.message}`;
}
