import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Command, InvalidArgumentError } from 'commander';
import { type AppError, type ExitCode, exitCode } from '../base/errors.ts';
import type { Language } from '../words/bilingual.ts';
import { wantedWords } from '../words/commands/officer-file.ts';
import { decodeWords, summaries } from '../words/commands/program.ts';
import { type Invocation, type Runner, writeLine } from './shell.ts';

interface DecodeFlags {
  readonly length?: number;
  readonly smsc: boolean;
}

export function defineDecode(program: Command, run: Runner, language: Language): void {
  const words = decodeWords[language];
  program
    .command('decode')
    .description(summaries[language].decode)
    .argument('[pdu...]', words.pdu)
    .option('--length <octets>', words.length, parseLength)
    .option('--no-smsc', words.noSmsc)
    .addHelpText('after', words.after)
    .action(run(async () => decode));
}

async function decode({ shell }: Invocation, pdus: string[], flags: DecodeFlags): Promise<ExitCode> {
  const { decodePduHex } = await import('../sms/pdu.ts');
  const { describePdu } = await import('../sms/describe.ts');
  const options = { smsc: flags.smsc, ...(flags.length === undefined ? {} : { tpduLength: flags.length }) };
  let exit: ExitCode = exitCode.done;
  for await (const line of pdus.length > 0 ? pdus : linesOf(shell.stdin)) {
    const pdu = line.trim();
    if (pdu === '') continue;
    const decoded = decodePduHex(pdu, options);
    const described = decoded.ok ? describePdu(decoded.value) : { error: await describeError(decoded.error) };
    if (!decoded.ok) exit = exitCode.failed;
    await writeLine(shell.stdout, JSON.stringify(described));
  }
  return exit;
}

/** Machine formats are English in both languages. */
async function describeError(error: AppError): Promise<object> {
  const { sayFault } = await import('../words/faults/say.ts');
  return { code: error.code, message: sayFault(error, 'en').message, octet: error.facts.octet };
}

function linesOf(stdin: Readable): AsyncIterable<string> {
  return createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
}

function parseLength(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError(wantedWords.en.octets);
  return Number(text);
}
