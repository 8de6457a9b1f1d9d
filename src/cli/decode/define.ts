import type { Command } from 'commander';
import type { Language } from '../../words/bilingual.ts';
import { decodeWords, summaries } from '../../words/commands/program.ts';
import type { Runner } from '../shell.ts';
import { WrongValue } from '../usage.ts';

export function defineDecode(program: Command, run: Runner, language: Language): void {
  const words = decodeWords[language];
  program
    .command('decode')
    .description(summaries[language].decode)
    .argument('[pdu...]', words.pdu)
    .option('--length <octets>', words.length, parseLength)
    .option('--no-smsc', words.noSmsc)
    .addHelpText('after', words.after)
    .action(run(async () => (await import('./run.ts')).decode));
}

function parseLength(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new WrongValue('octets');
  return Number(text);
}
