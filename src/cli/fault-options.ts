import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { exitCode, systemCodeOf, WordedError } from '../base/errors.ts';
import type { Language } from '../words/bilingual.ts';
import { faultOptionWords } from '../words/commands/fault-options.ts';
import { collect } from './option-values.ts';

export interface FaultFlags {
  readonly fault?: readonly string[];
  readonly faultFile?: string;
}

/** How a command that has a simulated modem is told what goes wrong with it. */
export function addFaultOptions(command: Command, language: Language): Command {
  const words = faultOptionWords[language];
  return command
    .option('--fault <name[:value]>', words.fault, collect)
    .option('--fault-file <file>', words.faultFile);
}

/**
 * The faults of the file, then those of the command line.
 * @throws AppError `simulator.fault.file`, `simulator.fault.unknown`, `simulator.fault.value`
 */
export async function faultsOf({ fault = [], faultFile }: FaultFlags): Promise<readonly string[]> {
  if (faultFile === undefined) return fault;
  const { parseFaultFile } = await import('../simulator/faults/fault-file.ts');
  return [...parseFaultFile(readText(faultFile)), ...fault];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const system = systemCodeOf(cause) ?? 'unreadable';
    throw new WordedError('simulator.fault.file', `cannot read the faults of ${file} (${system})`, {
      hint: 'Give a text file with one fault a line: late-reply:3',
      context: { file, system },
      exit: exitCode.usage,
      cause,
    });
  }
}
