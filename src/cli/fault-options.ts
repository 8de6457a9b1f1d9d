import type { Command } from 'commander';
import type { Language } from '../words/bilingual.ts';
import { faultOptionWords } from '../words/commands/demo.ts';
import { collect } from './option-values.ts';

/** How a command that has a simulated modem is told what goes wrong with it. */
export function addFaultOptions(command: Command, language: Language): Command {
  const words = faultOptionWords[language];
  return command
    .option('--fault <name[:value]>', words.fault, collect)
    .option('--fault-file <file>', words.faultFile);
}
