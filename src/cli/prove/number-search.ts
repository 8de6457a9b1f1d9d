import { encodeVisitor } from '../../store/sealing/bound-data.ts';
import { formatNational } from '../../visits/phone-number.ts';

/** Searches a file for many needles in one pass. */
interface ByteSearch {
  readonly needles: number;
  /** The labels of the needles found, each once. */
  in(bytes: Buffer): Set<string>;
}

interface Needle {
  readonly label: string;
  readonly octets: Buffer;
  /** Where its four most telling octets begin. */
  readonly anchor: number;
}

const anchorBytes = 4;

/** `needles`: a label, and what to search for, at least four octets. */
export function byteSearch(needles: Iterable<readonly [label: string, octets: Buffer]>): ByteSearch {
  const byAnchor = new Map<number, Needle[]>();
  const begins = new Uint8Array(65_536);
  let count = 0;
  for (const [label, octets] of needles) {
    const anchor = anchorOf(octets);
    const key = octets.readInt32BE(anchor);
    byAnchor.set(key, [...(byAnchor.get(key) ?? []), { label, octets, anchor }]);
    begins[octets.readUInt16BE(anchor)] = 1;
    count += 1;
  }
  return {
    needles: count,
    in(bytes) {
      const found = new Set<string>();
      for (let at = 0; at + anchorBytes <= bytes.length; at += 1) {
        if (begins[bytes.readUInt16BE(at)] === 0) continue;
        for (const needle of byAnchor.get(bytes.readInt32BE(at)) ?? [])
          if (isAt(bytes, at - needle.anchor, needle.octets)) found.add(needle.label);
      }
      return found;
    },
  };
}

/** Files are full of zeros, so a needle is looked for by its four octets with the fewest zeros. */
function anchorOf(octets: Buffer): number {
  let best = 0;
  let bestZeros = anchorBytes + 1;
  for (let at = 0; at + anchorBytes <= octets.length; at += 1) {
    const zeros = octets.subarray(at, at + anchorBytes).filter((octet) => octet === 0).length;
    if (zeros < bestZeros) [best, bestZeros] = [at, zeros];
  }
  return best;
}

function isAt(bytes: Buffer, start: number, octets: Buffer): boolean {
  return start >= 0 && octets.equals(bytes.subarray(start, start + octets.length));
}

/** The forms in which a number can lie in a file, by name. */
export function formsOfNumber(national: string): ReadonlyMap<string, Buffer> {
  const international = `82${national.slice(1)}`;
  const subscriber = national.slice(3);
  const hyphened = formatNational(national);
  const latin = (text: string) => Buffer.from(text, 'latin1');
  return new Map([
    ['digits', latin(national)],
    ['digits with hyphens', latin(hyphened)],
    ['digits with the country', latin(international)],
    ['the last eight digits', latin(subscriber)],
    ['the last eight digits with a hyphen', latin(hyphened.slice(4))],
    ['UTF-16, low octet first', Buffer.from(subscriber, 'utf16le')],
    ['UTF-16 as in a text', Buffer.from(subscriber, 'utf16le').swap16()],
    ['semi-octets of an address', semiOctets(national)],
    ['semi-octets with the country', semiOctets(international)],
    ['semi-octets in hexadecimal', latin(semiOctets(national).toString('hex').toUpperCase())],
    [
      'semi-octets with the country in hexadecimal',
      latin(semiOctets(international).toString('hex').toUpperCase()),
    ],
    ['semi-octets in small hexadecimal', latin(semiOctets(national).toString('hex'))],
    ['packed digits', Buffer.from(national.padEnd(12, 'f'), 'hex')],
    ['as the register packs it before it is sealed', encodeVisitor(national)],
    ['64-bit integer', integer(national)],
    ['64-bit integer, low octet first', integer(national).reverse()],
  ]);
}

/** 3GPP TS 23.040 §9.1.2.3: two digits an octet, the first in the low half. */
function semiOctets(digits: string): Buffer {
  const even = digits.length % 2 === 0 ? digits : `${digits}f`;
  return Buffer.from(even.replace(/(.)(.)/g, '$2$1'), 'hex');
}

function integer(digits: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(digits));
  return bytes;
}

/** Every form of these numbers. */
export function needlesOf(
  numbers: readonly string[],
  label: (number: string, form: string) => string,
): (readonly [string, Buffer])[] {
  return numbers.flatMap((number) =>
    [...formsOfNumber(number)].map(([form, octets]) => [label(number, form), octets] as const),
  );
}
