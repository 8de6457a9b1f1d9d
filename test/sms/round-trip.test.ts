import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, formatHex, parseHex } from '../../src/base/bytes.ts';
import { decodeAddress, encodeAddress } from '../../src/sms/address.ts';
import { joinContent } from '../../src/sms/content.ts';
import { type Deliver, encodeDeliver } from '../../src/sms/deliver.ts';
import { concatOf } from '../../src/sms/elements.ts';
import { type EncodeTextOptions, encodeText } from '../../src/sms/encode-text.ts';
import { decodeGsm7 } from '../../src/sms/gsm7.ts';
import { decodeKsc5601 } from '../../src/sms/ksc5601.ts';
import { decodePduHex, encodePdu } from '../../src/sms/pdu.ts';
import { decodeTimestamp, encodeTimestamp } from '../../src/sms/scts.ts';
import { decodeUdh, encodeUdh } from '../../src/sms/udh.ts';

const language = fc.integer({ min: 0, max: 13 });
const languages = fc.record({ locking: language, single: language });
const codes = fc.uint8Array({ minLength: 0, maxLength: 700 });

/** Any text that the tables can write. */
const gsm7 = fc.tuple(codes, languages).map(([septets, tables]) => ({
  text: decodeGsm7(
    septets.map((septet) => septet & 0x7f),
    tables,
  ),
  options: { languages: tables } satisfies EncodeTextOptions,
}));
const ucs2 = fc
  .string({ unit: 'binary', maxLength: 400 })
  .map((text) => ({ text, options: { alphabet: 'ucs2' } satisfies EncodeTextOptions }));
const ksc5601 = codes.map((octets) => ({
  text: decodeKsc5601(octets).replaceAll('\ufffd', ''),
  options: { alphabet: 'ksc5601' } satisfies EncodeTextOptions,
}));

const digits = fc.string({ unit: fc.constantFrom(...'0123456789*#abc'), maxLength: 20 });
const address = fc.oneof(
  fc.record({
    ton: fc.constantFrom(0, 1, 2, 3, 4, 6, 7),
    npi: fc.integer({ min: 0, max: 15 }),
    value: digits,
  }),
  fc.record({
    ton: fc.constant(5),
    npi: fc.integer({ min: 0, max: 15 }),
    // A letter at the end, because an @ at an eighth place cannot be told from padding.
    value: fc.string({ unit: fc.constantFrom(...'@AZaz09 _é€['), maxLength: 4 }).map((text) => `${text}x`),
  }),
);
const sentAt = fc
  .record({
    epochMs: fc.integer({ min: Date.UTC(1990, 0, 2) / 1000, max: Date.UTC(2089, 11, 30) / 1000 }),
    quarters: fc.integer({ min: -56, max: 56 }),
  })
  .map(({ epochMs, quarters }) => encodeTimestamp(epochMs * 1000, quarters * 15));

function sendAndReceive(
  text: string,
  options: EncodeTextOptions,
  sender: ReturnType<typeof parsed>,
  at: Uint8Array,
): Deliver[] {
  return encodeText(text, options).map((segment) => {
    const hex = formatHex(encodePdu(sender, encodeDeliver({ sender, sentAt: at, ...segment })));
    const decoded = decodePduHex(hex);
    if (!decoded.ok || decoded.value.tpdu.type !== 'deliver') throw new Error('not read');
    return decoded.value.tpdu;
  });
}

const parsed = (value: { ton: number; npi: number; value: string }) =>
  decodeAddress(new ByteReader(encodeAddress(value)), 'sender');

describe('what is encoded', () => {
  it('an encoded text is read as it was: sender, time and text in every alphabet, in any parts', () => {
    const message = fc.record({
      body: fc.oneof(gsm7, ucs2, ksc5601),
      cutAnywhere: fc.boolean(),
      referenceBits: fc.constantFrom(8 as const, 16 as const),
      reference: fc.integer({ min: 0, max: 255 }),
      from: address,
      at: sentAt,
    });
    fc.assert(
      fc.property(message, ({ body, cutAnywhere, referenceBits, reference, from, at }) => {
        const sender = parsed(from);
        expect(sender).toMatchObject(from);
        const options = { ...body.options, cutAnywhere, referenceBits, reference };
        const parts = sendAndReceive(body.text, options, sender, at);
        expect(joinContent(parts).text).toBe(body.text);
        for (const [index, part] of parts.entries()) {
          expect(part.sender).toEqual(sender);
          expect(part.sentAt).toEqual(decodeTimestamp(at));
          const place = { ref: reference, bits: referenceBits, total: parts.length, seq: index + 1 };
          expect(concatOf(part.udh)).toEqual(parts.length > 1 ? place : null);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('any header elements that fit are read as they were written', () => {
    const element = fc.record({
      id: fc.integer({ min: 0, max: 255 }),
      octets: fc.uint8Array({ maxLength: 12 }),
    });
    fc.assert(
      fc.property(fc.array(element, { maxLength: 8 }), (elements) => {
        const read = decodeUdh(encodeUdh(elements)).elements;
        expect(read.map(({ id, octets }) => [id, [...octets]])).toEqual(
          elements.map(({ id, octets }) => [id, [...octets]]),
        );
      }),
    );
  });

  it('any octets are read from their hexadecimal text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (octets) => {
        expect([...(parseHex(formatHex(octets)) ?? [])]).toEqual([...octets]);
      }),
    );
  });

  it('anything but pairs of hexadecimal digits is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseHex(text) === null).toBe(!/^(?:[0-9A-Fa-f]{2})*$/.test(text));
      }),
    );
  });
});
