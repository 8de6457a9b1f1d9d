import type { VisitorText } from '../../src/simulator/visitors.ts';
import { encodeKsc5601 } from '../../src/sms/ksc5601.ts';
import { encodeUcs2 } from '../../src/sms/ucs2.ts';

interface Searched {
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * Where something of these visitors can be read: their numbers as text (plain, hyphened, 16 bit), as the semi-octets of
 * a PDU, raw and in hexadecimal; their words in UTF-8, UCS-2 and KS C 5601. Empty when all is well.
 */
export function tracesOf(texts: readonly VisitorText[], files: readonly Searched[]): string[] {
  const found: string[] = [];
  for (const { bytes, path } of files) {
    for (const text of texts) {
      if (formsOfNumber(text.sender).some((form) => bytes.includes(form))) found.push(`${path}: a number`);
      if (formsOfWords(text).some((form) => bytes.includes(form)))
        found.push(`${path}: words (${text.kind})`);
    }
  }
  return found;
}

function formsOfNumber(national: string): Buffer[] {
  const subscriber = national.slice(3);
  const swapped = [semiOctets(national), semiOctets(`82${national.slice(1)}`)];
  return [
    Buffer.from(subscriber, 'latin1'),
    Buffer.from(`${subscriber.slice(0, 4)}-${subscriber.slice(4)}`, 'latin1'),
    Buffer.from(subscriber, 'utf16le'),
    ...swapped,
    ...swapped.map((octets) => Buffer.from(octets.toString('hex').toUpperCase(), 'latin1')),
  ];
}

/** Digits as an address field has them, without a filler at the end. */
function semiOctets(digits: string): Buffer {
  const pairs = digits.slice(0, digits.length & ~1).match(/../g) ?? [];
  return Buffer.from(pairs.map((pair) => Number.parseInt(`${pair[1]}${pair[0]}`, 16)));
}

/** A text of plain digits is the venue's number, which the register holds in the clear. */
function formsOfWords({ text }: VisitorText): Buffer[] {
  if (text === null || /^\d*$/.test(text)) return [];
  return [Buffer.from(text), Buffer.from(encodeUcs2(text)), Buffer.from(encodeKsc5601(text))];
}
