import { type Address, parseAddress } from '../../sms/address.ts';
import { type DeliverFields, encodeDeliver } from '../../sms/deliver.ts';
import type { EncodeTextOptions } from '../../sms/encode-text.ts';
import { encodeTimestamp } from '../../sms/scts.ts';
import { encodeUcs2 } from '../../sms/ucs2.ts';
import { composeText } from '../compose-text.ts';
import type { OutgoingText, OutgoingTpdu } from '../sent-text.ts';

/** What the gateway must make of a text. Venues are canonical: national digits, or a code. */
export type ExpectedResult =
  | { readonly kind: 'visits'; readonly venues: readonly string[]; readonly webSent: boolean }
  | { readonly kind: 'unresolved' }
  | { readonly kind: 'notice'; readonly notice: string }
  | { readonly kind: 'undecodable' };

/** An unusual text: not a visit, or a visit in an unusual encoding. */
export interface OddText {
  readonly name: string;
  readonly outcome: ExpectedResult;
  /** The words that somebody wrote; null if there are none. */
  readonly text: string | null;
  make(sender: string, sentAtMs: number): readonly OutgoingText[];
}

export const notice = (kind: string): ExpectedResult => ({ kind: 'notice', notice: kind });
export const unresolved: ExpectedResult = { kind: 'unresolved' };
export const undecodable: ExpectedResult = { kind: 'undecodable' };

/** The town hall of docs/SPEC.md, and the visit that names it. */
export const hall = '031-324-2114';
export const hallVisit: ExpectedResult = { kind: 'visits', venues: ['0313242114'], webSent: false };

const seoulMinutes = 540;
const national = 2;
export const ucs2Dcs = 0x08;

/** TP-SCTS in Korea's zone. */
export function seoulTime(sentAtMs: number): DeliverFields['sentAt'] {
  return encodeTimestamp(sentAtMs, seoulMinutes);
}

/** TP-OA as Korean networks send it. */
export function nationalAddress(digits: string): Address {
  return parseAddress(digits, national);
}

/** One part from `sender`, UCS-2 with the town hall's number unless the fields say otherwise. */
export function part(sender: string, sentAtMs: number, fields: Partial<DeliverFields> = {}): OutgoingTpdu {
  return {
    tpdu: encodeDeliver({
      sender: nationalAddress(sender),
      sentAt: seoulTime(sentAtMs),
      dcs: ucs2Dcs,
      payload: { octets: encodeUcs2(hall) },
      ...fields,
    }),
  };
}

/** An odd text of one part, made from fields. */
export function oddPart(
  name: string,
  outcome: ExpectedResult,
  fields: Partial<DeliverFields>,
  text: string | null = hall,
): OddText {
  return { name, outcome, text, make: (sender, sentAtMs) => [part(sender, sentAtMs, fields)] };
}

function split(name: string, text: string, encoding: EncodeTextOptions): OddText {
  return {
    name,
    outcome: hallVisit,
    text,
    make: (sender, sentAtMs) =>
      composeText({ sender, text, sentAtMs, encoding: { ...encoding, cutAnywhere: true } }),
  };
}

/** Parts that are cut inside a character: a surrogate pair, an escape, a Hangul syllable of KS C 5601. */
export const splitCharacters: readonly OddText[] = [
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
export const nationalShifts: readonly OddText[] = [
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
