import { fault } from '../base/errors.ts';

/**
 * Codes for places without a phone: six digits, five chosen and one check digit after H. M. Damm's method. Its
 * table is a totally anti-symmetric quasigroup, so every single wrong digit and every swap of two neighbours
 * gives a code that does not check.
 *
 * The first digit is 2–9, because 0 and 1 begin area codes and service numbers and a spreadsheet eats a leading
 * 0. The third is 2–9 too: so no date written in six digits (201123, 231120) is ever a code.
 */
const quasigroup = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
].map((line) => Uint8Array.from(line, Number));

const form = /^[2-9][0-9][2-9][0-9]{3}$/;

/** How many codes there are. */
export const issuedCodeCount = 64_000;

/** Coprime to the count: successive codes look different, so that one is not mistaken for the next. */
const spread = 39_553;

function interim(digits: string): number {
  let state = 0;
  for (let i = 0; i < digits.length; i += 1)
    state = quasigroup[state]?.[digits.charCodeAt(i) - 48] ?? Number.NaN;
  return state;
}

/**
 * The `index`th code (0 … `issuedCodeCount` − 1): a different one for each index, the same for ever.
 * Throws `venue.codes-exhausted` outside that range.
 */
export function issueCode(index: number): string {
  if (!Number.isInteger(index) || index < 0 || index >= issuedCodeCount)
    throw fault('venue.codes-exhausted', { index });
  const place = (index * spread) % issuedCodeCount;
  const tail = String(place % 100).padStart(2, '0');
  const third = 2 + (Math.floor(place / 100) % 8);
  const second = Math.floor(place / 800) % 10;
  const first = 2 + Math.floor(place / 8_000);
  const body = `${first}${second}${third}${tail}`;
  return `${body}${interim(body)}`;
}

/** Whether `code` has the form of an issued code and its check digit is right; not whether it was issued. */
export function isIssuedCodeForm(code: string): boolean {
  return form.test(code) && interim(code) === 0;
}
