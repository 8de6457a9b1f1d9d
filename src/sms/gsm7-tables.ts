/**
 * The GSM 7 bit default alphabet and its extension table (3GPP TS 23.038 §6.2.1, §6.2.1.1),
 * sixteen codes a row. Code 1B, the escape, is written as a space: that is what a lone one is shown as.
 */
export const defaultAlphabet =
  '@£$¥èéùìòÇ\nØø\rÅå' +
  'Δ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ' +
  ' !"#¤%&\'()*+,-./' +
  '0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNO' +
  'PQRSTUVWXYZÄÖÑÜ§' +
  '¿abcdefghijklmno' +
  'pqrstuvwxyzäöñüà';

export const escapeCode = 0x1b;

/** What follows an escape, by code; what is not here is read from the main table. */
export const defaultExtensions: Readonly<Record<number, string>> = {
  10: '\f',
  20: '^',
  40: '{',
  41: '}',
  47: '\\',
  60: '[',
  61: '~',
  62: ']',
  64: '|',
  101: '€',
};
