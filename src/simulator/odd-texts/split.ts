import type { EncodeTextOptions } from '../../sms/encode-text.ts';
import { composeText } from '../compose-text.ts';
import { hall, hallVisit, type Oddity } from './oddity.ts';

function split(name: string, text: string, encoding: EncodeTextOptions): Oddity {
  return {
    name,
    outcome: hallVisit,
    text,
    make: (sender, sentAtMs) =>
      composeText({ sender, text, sentAtMs, encoding: { ...encoding, cutAnywhere: true } }),
  };
}

/** Parts cut through a character: a pair of surrogates, an escape, half a Hangul syllable of KS C 5601. */
export const splitCharacters: readonly Oddity[] = [
  split('surrogates', `${'가'.repeat(66)}😀 ${hall}`, { alphabet: 'ucs2', reference: 11 }),
  split('escape', `${'a'.repeat(152)}€ ${hall}`, { alphabet: 'gsm7', reference: 12 }),
  split('hangul', `${'a'.repeat(133)}나 ${hall}`, { alphabet: 'ksc5601', reference: 13 }),
  split('number', `${'다'.repeat(60)} ${hall}`, { alphabet: 'ucs2', reference: 14 }),
  split('long-reference', `${'라'.repeat(100)} ${hall}`, {
    alphabet: 'ucs2',
    reference: 0x1234,
    referenceBits: 16,
  }),
];

/** National tables of TS 23.038 Annex A: 1 Turkish, 2 Spanish, 3 Portuguese; 4 and on the Indian ones. */
export const nationalShifts: readonly Oddity[] = [
  split('turkish-single', `Şehir kütüphanesi ${hall}`, {
    alphabet: 'gsm7',
    languages: { locking: 0, single: 1 },
  }),
  split('turkish-locking', `ığş İĞŞ ${hall}`, { alphabet: 'gsm7', languages: { locking: 1, single: 1 } }),
  split('spanish-single', `Biblioteca pública ${hall}`, {
    alphabet: 'gsm7',
    languages: { locking: 0, single: 2 },
  }),
  split('portuguese', `São João ${hall}`, { alphabet: 'gsm7', languages: { locking: 3, single: 3 } }),
];
