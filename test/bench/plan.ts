import { optionsOf } from './options.ts';

/** How long a benchmark may take. */
export interface Plan {
  readonly isQuick: boolean;
  /** The values of the quick run and of the whole one. */
  choose<T>(quick: T, whole: T): T;
  /** May fetch its peers from a package registry. */
  readonly mayInstall: boolean;
}

/** `--quick`: less of everything. `--install`: peers that are missing are installed in a folder of their own. */
export function planOf(args: readonly string[]): Plan {
  const none = { type: 'boolean', default: false } as const;
  const values = optionsOf({ quick: none, install: none }, { args });
  return {
    isQuick: values.quick,
    choose: (quick, whole) => (values.quick ? quick : whole),
    mayInstall: values.install,
  };
}
