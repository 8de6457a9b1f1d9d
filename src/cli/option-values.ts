import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { fault, systemCodeOf } from '../base/errors.ts';
import type { Language } from '../words/bilingual.ts';
import { faultOptionWords } from '../words/commands/demo.ts';
import { wantedWords } from '../words/commands/officer-file.ts';

/** A whole number of at most nine digits. */
export function parseCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(wantedWords.en.count);
  return Number(text);
}

/** The name of a file or a folder: an empty one is what a shell makes of a variable that is not set. */
export function parseFileName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError(wantedWords.en.fileName);
  return text;
}

/** For an option that may be repeated: all its values, in order. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

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
export async function faultsOf({ fault: faults = [], faultFile }: FaultFlags): Promise<readonly string[]> {
  if (faultFile === undefined) return faults;
  const { parseFaultFile } = await import('../simulator/faults/parse-fault.ts');
  return [...parseFaultFile(readText(faultFile)), ...faults];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const system = systemCodeOf(cause) ?? 'unreadable';
    throw fault('simulator.fault.file', { file, system }, { cause });
  }
}
