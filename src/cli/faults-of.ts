import { readFileSync } from 'node:fs';
import { fault, systemCodeOf } from '../base/errors.ts';
import { parseFaultFile } from '../simulator/faults/parse-fault.ts';

export interface FaultFlags {
  readonly fault?: readonly string[];
  readonly faultFile?: string;
}

/**
 * The faults of the file, then those of the command line.
 * @throws AppError `simulator.fault.file`, `simulator.fault.unknown`, `simulator.fault.value`
 */
export function faultsOf({ fault: faults = [], faultFile }: FaultFlags): readonly string[] {
  return faultFile === undefined ? faults : [...parseFaultFile(readText(faultFile)), ...faults];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw fault('simulator.fault.file', { file, system: systemCodeOf(cause) ?? 'unreadable' }, { cause });
  }
}
