import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '../../src/base/bytes.ts';
import { formatAddress } from '../../src/sms/address.ts';
import { decodePduHex } from '../../src/sms/pdu.ts';
import { readPartly } from '../../src/sms/read-partly.ts';
import { formatTimestamp } from '../../src/sms/scts.ts';
import { vectors } from '../golden/vector.ts';

/** Texts of other projects' tests, with what those say they hold. */
const whole = vectors.filter(
  ({ kind, pdu, expect: { error }, ambiguous }) =>
    kind === 'deliver' && !error && ambiguous === undefined && decodePduHex(pdu).ok,
);

/** The PDU without its last octets, as the modem would announce it whole. */
const cut = (pdu: string, octets: number) => pdu.slice(0, pdu.length - octets * 2);

const first = (print: string, tpduLength: number | null = null) => readPartly(print, { tpduLength })[0];

describe('a text that is cut off', () => {
  const dated = whole.filter(({ has_smsc, expect }) => has_smsc && expect.sender && expect.timestamp);

  it.each(dated)('$id: sender and time are read without the last octet of the text', (vector) => {
    const { sender, timestamp = '' } = vector.expect;
    const read = first(cut(vector.pdu, 1));
    expect(read?.sender && formatAddress(read.sender)).toBe(sender);
    expect(read?.sentAt?.epochMs).toBe(Date.parse(timestamp));
  });

  const worded = dated.filter(
    ({ expect: { text }, pdu }) => text !== undefined && text.length > 4 && !decodedEnd(pdu).headed,
  );

  it.each(worded)('$id: the words are read as far as they came', ({ pdu, expect: { text = '' } }) => {
    const read = first(cut(pdu, 2))?.text ?? '';
    expect(read.length).toBeGreaterThan(0);
    // Half a character at the end has become another.
    expect(text.startsWith(read.slice(0, -1))).toBe(true);
  });

  it('there are many of each', () => {
    expect(dated.length).toBeGreaterThan(100);
    expect(worded.length).toBeGreaterThan(50);
  });

  it('a text that is cut anywhere, or has an octet too few in its middle, throws nothing', () => {
    for (const { pdu } of whole)
      for (let octet = 0; octet < pdu.length / 2; octet += 1) {
        readPartly(pdu.slice(0, octet * 2));
        readPartly(pdu.slice(0, octet * 2) + pdu.slice(octet * 2 + 2));
      }
  });

  it('a text whose header has no service centre is read by its announced length', () => {
    const { pdu } = dated[0] as (typeof dated)[number];
    const octets = parseHex(pdu) as Uint8Array;
    const bare = formatHex(octets.subarray(1 + (octets[0] ?? 0)));
    const read = first(cut(bare, 1), bare.length / 2);
    expect(read?.sender && formatAddress(read.sender)).toBe(dated[0]?.expect.sender);
  });

  function decodedEnd(pdu: string): { headed: boolean } {
    const decoded = decodePduHex(pdu);
    return { headed: decoded.ok && decoded.value.tpdu.udh !== null };
  }
});

describe('a text that a modem prints in words', () => {
  it.each([
    ['plain words', '+CMT: "+821055500123",,"26/11/23,14:20:00+36"\nhello', '+821055500123', 'hello'],
    [
      'with all parameters',
      '+CMT: "01055500123","Kim","26/11/23,14:20:00+36",129,4,0,0,"+821099",145,5\nhello',
      '01055500123',
      'hello',
    ],
    [
      'in UCS-2',
      '+CMT: "002B0038003200310030","","26/11/23,14:20:00+36"\nD64DC775C871BC1C',
      '+8210',
      '홍익족발',
    ],
    [
      'of digits only',
      '+CMT: "01055500123",,"26/11/23,14:20:00+36"\n0313242114',
      '01055500123',
      '0313242114',
    ],
    ['of several lines', '+CMT: "01055500123",,"26/11/23,14:20:00+36"\na\nb', '01055500123', 'a\nb'],
  ])('%s are read with their sender and time', (_name, print, sender, text) => {
    const read = first(print);
    expect(read?.sender && formatAddress(read.sender)).toBe(sender);
    expect(read?.sentAt && formatTimestamp(read.sentAt)).toBe('2026-11-23T14:20:00+09:00');
    expect(read?.text).toBe(text);
  });

  it.each([
    ['without a zone', '"26/11/23,14:20:00"', undefined],
    ['on a day that there is not', '"26/02/30,14:20:00+36"', null],
    ['that is empty', '', undefined],
  ])('a time %s is not known', (_name, time, epochMs) => {
    expect(first(`+CMT: "01055500123",,${time}\nhello`)?.sentAt?.epochMs).toBe(epochMs);
  });
});

it('a draft and a report have no sender', () => {
  for (const { pdu, kind, has_smsc } of vectors)
    if (has_smsc && (kind === 'submit' || kind === 'status-report'))
      expect(first(pdu)?.sender ?? null).toBeNull();
});
