import { describe, expect, it } from 'vitest';
import { decodeArrival } from '../../src/daemon/intake/decode-arrival.ts';
import { type DefaultAlphabet, keptFormOf } from '../../src/smpp/kept-form.ts';

interface Given {
  readonly coding?: number;
  readonly body: Uint8Array;
  readonly esm?: number;
  readonly from?: string;
  readonly ton?: number;
  readonly pid?: number;
  readonly optionals?: readonly (readonly [number, Uint8Array])[];
  readonly alphabet?: DefaultAlphabet;
}

function kept({
  coding = 0,
  body,
  esm = 0,
  from = '01055500123',
  ton = 2,
  pid = 0,
  optionals = [],
  alphabet = 'gsm7',
}: Given) {
  const fields = {
    ...{ service_type: '', source_addr_ton: ton, source_addr_npi: 1, source_addr: from },
    ...{ dest_addr_ton: 2, dest_addr_npi: 1, destination_addr: '0313242900', esm_class: esm },
    ...{ registered_delivery: 0, data_coding: coding, protocol_id: pid, short_message: body },
  };
  return keptFormOf({ command: 'deliver_sm', fields, optionals: new Map(optionals) }, alphabet);
}

/** As the intake reads it. */
function read(given: Given) {
  const pdu = kept(given);
  if (pdu === null) return null;
  const arrival = { pdu, announcedLength: null, memory: 'smpp', slot: 1, receivedAtMs: 0, report: false };
  return decodeArrival(arrival, 1_000);
}

const message = (given: Given) => {
  const decoded = read(given);
  if (decoded?.kind !== 'message') throw new Error(`not a message: ${decoded?.kind}`);
  return decoded.message;
};
const ascii = (text: string) => Buffer.from(text, 'latin1');
const ucs2 = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('what is kept of a carrier’s text', () => {
  it.each([
    { name: '0, septets one an octet', coding: 0, body: Uint8Array.of(0x1b, 0x65, 0x31, 0x00), text: '€1@' },
    {
      name: '0 as ISO 8859-1',
      coding: 0,
      alphabet: 'latin1' as const,
      body: ascii('Café @1'),
      text: 'Café @1',
    },
    {
      name: '0 as ISO 8859-1 beyond the GSM alphabet',
      coding: 0,
      alphabet: 'latin1' as const,
      body: ascii('½'),
      text: '½',
    },
    { name: '1, ASCII', coding: 1, body: ascii('031-324-2114 @'), text: '031-324-2114 @' },
    { name: '3, ISO 8859-1', coding: 3, body: ascii('Größe ³'), text: 'Größe ³' },
    { name: '8, UCS-2', coding: 8, body: ucs2('용인시청 031-324-2114'), text: '용인시청 031-324-2114' },
    {
      name: '14, KS C 5601',
      coding: 14,
      body: Buffer.concat([Buffer.from('BFEBC0CE', 'hex'), ascii(' 1')]),
      text: '용인 1',
    },
    { name: '0x84', coding: 0x84, body: Buffer.from('BFEBC0CE', 'hex'), text: '용인' },
    { name: '0xF1, septets of class 1', coding: 0xf1, body: ascii('031'), text: '031' },
    { name: '0x18, UCS-2 of class 0', coding: 0x18, body: ucs2('가'), text: '가' },
    { name: '4, octets that are a text', coding: 4, body: Buffer.from('용인', 'utf8'), text: '용인' },
    { name: '0 with octets that are no septets', coding: 0, body: Buffer.from('용인', 'utf8'), text: '용인' },
  ])('data_coding $name is read', ({ text, name: _, ...given }) => {
    expect(message(given).text).toBe(text);
  });

  it.each([
    ['01055500123', 2, '01055500123'],
    ['821055500123', 1, '01055500123'],
    ['+821055500123', 0, '01055500123'],
    ['010-5550-0123', 0, '01055500123'],
  ])('the sender %s of type %i is %s', (from, ton, canonical) => {
    expect(message({ body: ascii('1'), from, ton }).sender.reveal()).toBe(canonical);
  });

  it('a name as sender is the operator’s', () => {
    expect(message({ body: ascii('1'), from: 'KT INFO', ton: 5 }).facts.senderKind).toBe('alphanumeric');
  });

  it('has no time of the network', () => {
    expect(read({ body: ascii('1') })).toMatchObject({ sentAtMs: null, stamp: { source: 'received' } });
  });

  it('has the place of a part, by header or by parameters', () => {
    const place = (given: Given) => {
      const decoded = read(given);
      return decoded?.kind === 'part' ? decoded.place : null;
    };
    expect(
      place({ body: Buffer.concat([Buffer.from('050003A50201', 'hex'), ascii('1')]), esm: 0x40 }),
    ).toEqual({
      ref: 0xa5,
      bits: 8,
      total: 2,
      seq: 1,
    });
    const sar = (total: number) =>
      [
        [0x020c, Uint8Array.of(1, 2)],
        [0x020e, Uint8Array.of(total)],
        [0x020f, Uint8Array.of(2)],
      ] as const;
    expect(place({ body: ascii('1'), optionals: sar(3) })).toEqual({
      ref: 0x0102,
      bits: 16,
      total: 3,
      seq: 2,
    });
  });

  it('has the ports and the call-back number of optional parameters', () => {
    const { facts, callback } = message({
      body: ascii('1'),
      optionals: [
        [0x020b, Uint8Array.of(0x0b, 0x84)],
        [0x0381, Buffer.concat([Uint8Array.of(1, 2, 1), ascii('0313240000')])],
      ],
    });
    expect(facts.destinationPort).toBe(2948);
    expect(callback).toBe(true);
  });

  it.each([0x04, 0x08, 0x10, 0x18, 0x20])('an esm_class of 0x%s is a report, with its words', (esm) => {
    const { facts, text } = message({ body: ascii('id:1 stat:DELIVRD'), esm });
    expect(facts.type).toBe('status-report');
    expect(text).toBe('id:1 stat:DELIVRD');
  });

  it.each([255, 256, 1_000, 60_000])('a text of %i septets is whole', (length) => {
    const words = '0123456789'.repeat(6_001).slice(0, length);
    const optionals = [[0x0424, ascii(words)] as const];
    expect(message({ body: new Uint8Array(), optionals }).text).toBe(words);
  });

  it('a long text is never cut within a character', () => {
    const words = '가나다'.repeat(500);
    expect(message({ coding: 8, body: new Uint8Array(), optionals: [[0x0424, ucs2(words)]] }).text).toBe(
      words,
    );
  });

  it.each([
    ['has a header that runs past its end', { body: Buffer.from('0900', 'hex'), esm: 0x40 }],
    [
      'has both a short message and a payload',
      { body: ascii('1'), optionals: [[0x0424, ascii('2')] as const] },
    ],
    [
      'is longer than 255 TPDUs',
      { body: new Uint8Array(), optionals: [[0x0424, Buffer.alloc(65_535)] as const] },
    ],
    [
      'is a part, and longer than one TPDU',
      {
        body: ascii('1'.repeat(254)),
        optionals: [
          [0x020c, Uint8Array.of(0, 1)],
          [0x020e, Uint8Array.of(2)],
          [0x020f, Uint8Array.of(1)],
        ] as const,
      },
    ],
  ] satisfies [string, Given][])('a text that %s is not read', (_, given) => {
    expect(kept(given)).toBeNull();
  });

  it('what the link could not read is undecodable, and is kept as it came', () => {
    const pdu = 'smpp:00000011000000050000000000000001FF';
    const arrival = { pdu, announcedLength: null, memory: 'smpp', slot: 1, receivedAtMs: 0, report: false };
    expect(decodeArrival(arrival, 1_000)).toMatchObject({
      kind: 'undecodable',
      code: 'smpp.malformed',
      sender: null,
    });
  });
});
