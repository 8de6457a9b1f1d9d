import { describe, expect, it } from 'vitest';
import { asTheyAre, masked } from '../../../src/cli/lines/mask.ts';
import { formatWirePdu, WirePdus } from '../../../src/cli/lines/wire-pdus.ts';
import { encodePdu } from '../../../src/smpp/codec.ts';
import { tag } from '../../../src/smpp/pdu-table.ts';

const deliver = encodePdu('deliver_sm', {
  sequence: 7,
  fields: {
    source_addr_ton: 1,
    source_addr: '821055500123',
    destination_addr: '0313242900',
    data_coding: 8,
    short_message: Buffer.from('ac00ac01', 'hex'),
  },
  optionals: [
    [tag.sarTotal, Buffer.of(2)],
    [0x1401, Buffer.from('010-5550-0123')],
  ],
});
const bind = encodePdu('bind_receiver', {
  sequence: 1,
  fields: { system_id: 'visitlog', password: 'pw5550', interface_version: 0x34 },
});

describe('a PDU of a trace', () => {
  it('has its parameters by the names of the standard, with dots for numbers, texts and what is not known', () => {
    expect(formatWirePdu(deliver, masked)).toBe(
      'deliver_sm 7 source_addr_ton=1 source_addr="············" destination_addr="··········" data_coding=8 ' +
        'short_message=········ sar_total_segments=2 0x1401=··························',
    );
  });

  it('is whole for whoever gave a reason, but for a password', () => {
    expect(formatWirePdu(deliver, asTheyAre)).toContain(
      'source_addr="821055500123" destination_addr="0313242900" data_coding=8 short_message=AC00AC01',
    );
    const shown = 'bind_receiver 1 system_id="visitlog" password=········ interface_version=52';
    expect([formatWirePdu(bind, masked), formatWirePdu(bind, asTheyAre)]).toEqual([shown, shown]);
  });

  it('says its status, a receipt its words as dots, and of one that cannot be read where', () => {
    const refused = encodePdu('deliver_sm_resp', { sequence: 7, status: 0x64 });
    expect(formatWirePdu(refused, masked)).toBe('deliver_sm_resp 7 command_status=0x00000064');
    const payload = encodePdu('deliver_sm', {
      sequence: 8,
      fields: { source_addr: 'CITY 114' },
      optionals: [[tag.messagePayload, Buffer.from('id:010 stat:DELIVRD')]],
    });
    expect(formatWirePdu(payload, masked)).toBe(
      `deliver_sm 8 source_addr="········" message_payload=${'·'.repeat(38)}`,
    );
    const cut = Buffer.from(deliver.subarray(0, 40));
    cut.writeUInt32BE(40, 0);
    expect(formatWirePdu(cut, masked)).toMatch(/^0x00000005 7 cannot be read at [a-z_]+: ·{48}$/);
  });
});

describe('the wire of a carrier', () => {
  const piece = (source: 'host' | 'modem' | 'opened' | 'closed', octets: Buffer, atMs = 5) => ({
    ...{ atMs, source },
    octets: octets.toString('latin1'),
  });

  it('gives a line for each PDU, however the link was cut, and each side by itself', () => {
    const wire = new WirePdus(masked);
    const both = Buffer.concat([deliver, bind]);
    const [one, two] = [both.subarray(0, 30), both.subarray(30)];
    const enquire = encodePdu('enquire_link', { sequence: 3 });
    const lines = [piece('modem', one), piece('host', enquire), piece('modem', two, 9)].flatMap((each) =>
      wire.add(each),
    );
    expect(lines.map(({ by, atMs, text }) => [by, atMs, text.split(' ')[0]])).toEqual([
      ['host', 5, 'enquire_link'],
      ['modem', 9, 'deliver_sm'],
      ['modem', 9, 'bind_receiver'],
    ]);
    expect(wire.end()).toEqual([]);
  });

  it('goes on behind what it began to hear in the middle of, and behind a link that was cut', () => {
    const wire = new WirePdus(masked);
    const texts = (...pieces: ReturnType<typeof piece>[]) =>
      pieces.flatMap((each) => wire.add(each)).map(({ text }) => text.split(' ').slice(0, 2).join(' '));
    expect(texts(piece('modem', deliver.subarray(21)))).toEqual([`… ${deliver.length - 21}`]);
    expect(texts(piece('modem', deliver))).toEqual(['deliver_sm 7']);
    expect(
      texts(piece('modem', deliver.subarray(0, 20)), piece('closed', Buffer.alloc(0)), piece('modem', bind)),
    ).toEqual(['bind_receiver 1']);
  });
});
