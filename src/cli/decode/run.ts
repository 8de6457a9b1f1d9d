import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type AppError, type ExitCode, exitCode } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { describePdu } from '../../sms/describe.ts';
import { decodePduHex } from '../../sms/pdu.ts';
import { type Invocation, writeLine } from '../shell.ts';

interface DecodeFlags {
  readonly length?: number;
  readonly smsc: boolean;
}

export async function decode({ shell }: Invocation, pdus: string[], flags: DecodeFlags): Promise<ExitCode> {
  const options = { smsc: flags.smsc, ...(flags.length === undefined ? {} : { tpduLength: flags.length }) };
  let exit: ExitCode = exitCode.done;
  for await (const line of pdus.length > 0 ? pdus : linesOf(shell.stdin)) {
    const pdu = line.trim();
    if (pdu === '') continue;
    const decoded = decodePduHex(pdu, options);
    const described = decoded.ok ? describePdu(decoded.value) : { error: await describeError(decoded.error) };
    if (!decoded.ok) exit = exitCode.failed;
    await writeLine(shell.stdout, printableJson(described));
  }
  return exit;
}

/** Machine formats are English in both languages. */
async function describeError(error: AppError): Promise<object> {
  // The table of faults is larger than the decoder, and most PDUs are sound.
  const { sayFault } = await import('../../words/faults/say.ts');
  return { code: error.code, message: sayFault(error, 'en').message, octet: error.facts.octet };
}

function linesOf(stdin: Readable): AsyncIterable<string> {
  return createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
}
