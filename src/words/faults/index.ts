import type { FaultCode, FaultFacts } from '../../base/errors.ts';
import { backupFaults } from './backup.ts';
import type { FaultEntry } from './entry.ts';
import { exportFaults } from './export.ts';
import { lineFaults } from './line.ts';
import { portFaults } from './port.ts';
import { posterFaults } from './poster.ts';

/** Every fault that this program knows, by its code. */
export const faults = {
  ...backupFaults,
  ...exportFaults,
  ...lineFaults,
  ...portFaults,
  ...posterFaults,
} satisfies { readonly [Code in FaultCode]: FaultEntry<FaultFacts[Code]> };

/** The entry of a code; undefined for the code of a system's error and for `internal`. */
export function entryOf(code: string): FaultEntry<never> | undefined {
  return Object.hasOwn(faults, code) ? faults[code as FaultCode] : undefined;
}
