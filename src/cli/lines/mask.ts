import { type DisguiseDigits, disguisePdu } from '../../sms/disguise-pdu.ts';
import type { Disguise } from './disguise-line.ts';

const dots = (text: string) => '·'.repeat(text.length);

/** For a person who watches: a dot for each character. */
export const masked: Disguise = { digits: dots, words: dots, pdu: dots };

const same = (text: string) => text;

/** For a person who has given a reason. */
export const asTheyAre: Disguise = { digits: same, words: same, pdu: same };

/** For a file that is replayed: made-up numbers and words, which a modem could have said. */
export function madeUp(): Disguise {
  const digits = madeUpDigits();
  return {
    digits,
    words: (text) => text.replace(/\d/g, '0').replace(/[^\d\s\p{P}]/gu, 'x'),
    pdu: (hex, tpduLength) => disguisePdu(hex, tpduLength, digits),
  };
}

/** The first two digits stay (010, 82); the last four count, so that two numbers stay two. */
function madeUpDigits(): DisguiseDigits {
  const known = new Map<string, string>();
  return (digits) => {
    if (digits.length < 6) return '0'.repeat(digits.length);
    const before = known.get(digits);
    if (before !== undefined) return before;
    const count = String((known.size + 1) % 10_000).padStart(4, '0');
    const madeUp = digits.slice(0, 2) + '0'.repeat(digits.length - 6) + count;
    known.set(digits, madeUp);
    return madeUp;
  };
}
