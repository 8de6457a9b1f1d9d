import { encodeVisitor } from '../../store/sealing/visitor-code.ts';
import { formatNational } from '../../visits/phone-number.ts';

/** Ways in which a number can lie in a file, by what they are called. */
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
