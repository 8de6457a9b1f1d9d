/** Fewer digits than these are found by chance in any longer number. */
const leastDigits = 8;
const country = '82';

/**
 * How a number (canonical) can lie in a PDU or a text: its digits, national and with the country, and the same as the
 * semi-octets of an address field (3GPP TS 23.040 §9.1.2.3) in hexadecimal. Empty for what is no long number.
 */
export interface NumberForms {
  readonly digits: readonly string[];
  readonly semiOctets: readonly string[];
}

export function numberForms(canonical: string): NumberForms {
  const plain = canonical.replace(/^\+/, '');
  if (!/^\d+$/.test(plain) || plain.length < leastDigits) return { digits: [], semiOctets: [] };
  const digits = plain.startsWith('0') ? [plain, `${country}${plain.slice(1)}`] : [plain];
  return { digits, semiOctets: digits.map(semiOctetsOf) };
}

function semiOctetsOf(digits: string): string {
  const even = digits.length % 2 === 0 ? digits : `${digits}F`;
  return even.replace(/(.)(.)/g, '$2$1');
}

/** Whether people's words contain the number, with whatever between its digits. */
export function wordsHold(words: string, { digits }: NumberForms): boolean {
  const typed = words.normalize('NFKC').replace(/\D/g, '');
  return digits.some((form) => typed.includes(form));
}

/** Whether what a modem printed contains it, as an address or as it is typed. */
export function printHolds(print: string, { digits, semiOctets }: NumberForms): boolean {
  const upper = print.toUpperCase();
  return [...digits, ...semiOctets].some((form) => upper.includes(form));
}
