import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '../../src/base/bytes.ts';
import { formatAddress, parseAddress } from '../../src/sms/address.ts';
import { encodeDeliver } from '../../src/sms/deliver.ts';
import { encodeText, type Segment } from '../../src/sms/encode-text.ts';
import {
  type DecodeOptions,
  decodePdu,
  decodePduHex,
  encodePdu,
  smscOf,
  tpduOctets,
} from '../../src/sms/pdu.ts';
import { encodeTimestamp } from '../../src/sms/scts.ts';

const sentAt = encodeTimestamp(Date.parse('2026-11-23T14:05:09+09:00'), 540);
const [segment] = encodeText('031-324-2114') as [Segment];
const tpdu = encodeDeliver({ sender: parseAddress('01055500123', 2), sentAt, ...segment });
const center = parseAddress('+821020911450');
const whole = formatHex(encodePdu(center, tpdu));
const bare = formatHex(tpdu);

function failure(hex: string, options?: DecodeOptions): unknown {
  const decoded = decodePduHex(hex, options);
  if (decoded.ok) throw new Error('read');
  const { code, facts } = decoded.error;
  return { code, path: facts.path, octet: facts.octet };
}

describe('a PDU', () => {
  it.each([
    ['without a service centre', bare, null],
    ['without one, in lower case', bare.toLowerCase(), null],
    ['behind an empty one', formatHex(encodePdu(null, tpdu)), null],
    ['behind one', whole, '821020911450'],
  ])('a PDU whose length was announced as 0 is read: %s', (_what, hex, smsc) => {
    const decoded = decodePduHex(hex, { tpduLength: 0 });
    if (!decoded.ok) throw decoded.error;
    expect(formatHex(tpduOctets(decoded.value))).toBe(bare);
    expect(smscOf(decoded.value)?.value ?? null).toBe(smsc);
  });

  it.each([
    ['a service centre', encodePdu(center, tpdu), '+821020911450'],
    ['none', encodePdu(null, tpdu), null],
    ['one of no digits', encodePdu({ ton: 0, npi: 1, value: '' }, tpdu), ''],
    ['one of odd digits', encodePdu(parseAddress('123'), tpdu), '123'],
  ])('a PDU begins with %s', (_what, pdu, smsc) => {
    const decoded = decodePdu(pdu);
    if (!decoded.ok) throw decoded.error;
    const center = smscOf(decoded.value);
    expect(center && formatAddress(center)).toBe(smsc);
    expect(formatHex(tpduOctets(decoded.value))).toBe(bare);
  });

  it('a PDU may come in lower case', () => {
    expect(decodePduHex(whole.toLowerCase())).toEqual(decodePduHex(whole));
  });

  it.each([
    ['said to be a bare TPDU', bare, { smsc: false }],
    ['as long as the modem announced for the TPDU alone', bare, { tpduLength: tpdu.length }],
    ['announced rightly', whole, { tpduLength: tpdu.length }],
    ['announced too short', whole, { tpduLength: 5 }],
    ['announced too long', whole, { tpduLength: 150 }],
    ['announced with the service centre counted in', whole, { tpduLength: whole.length / 2 }],
    ['announced as the whole line, whose service centre is 00', `00${bare}`, { tpduLength: tpdu.length + 1 }],
    ['padded with FF', `${whole}FFFFFFFF`, {}],
  ])('a PDU is read if it is %s', (_what, hex, options) => {
    const decoded = decodePduHex(hex, options);
    if (!decoded.ok) throw decoded.error;
    expect(formatHex(tpduOctets(decoded.value))).toBe(bare);
  });

  it.each([
    ['nothing', '', 'pdu.truncated', 'smsc', 0],
    ['00 and no more', '00', 'pdu.truncated', 'deliver.first-octet', 1],
    ['half a service centre', '07912801', 'pdu.truncated', 'smsc', 2],
    ['an odd number of digits', '07912', 'pdu.hex', 'pdu', 2],
    ['foreign characters', '0BD04259303784=96P3', 'pdu.hex', 'pdu', 7],
    ['a character beyond ASCII', '07\u012591', 'pdu.hex', 'pdu', 1],
    ['characters whose last eight bits are digits', '07\u0130\u0141', 'pdu.hex', 'pdu', 1],
    ['an empty store slot of FF', `00${'FF'.repeat(175)}`, 'pdu.truncated', 'deliver.user-data', 142],
    ['a deliver without its sender', '0004', 'pdu.truncated', 'deliver.sender', 2],
    ['half a sender', '00040BA110', 'pdu.truncated', 'deliver.sender', 4],
    ['a deliver without TP-PID', '00040081', 'pdu.truncated', 'deliver.pid', 4],
    ['a deliver without TP-DCS', '0004008100', 'pdu.truncated', 'deliver.dcs', 5],
    ['half a time stamp', '00040081000062113241', 'pdu.truncated', 'deliver.sent-at', 6],
    ['a deliver without user data', '00040081000062113241509063', 'pdu.truncated', 'deliver.user-data', 13],
    ['compressed text', '0004008100206211324150906300', 'dcs.compressed', 'deliver.dcs', 5],
    ['a header that overruns', '004400810004621132415090630205AA', 'udh.overrun', 'deliver.user-data', 14],
    ['a submit without TP-MR', '0001', 'pdu.truncated', 'submit.reference', 2],
    ['a submit without its recipient', '000100', 'pdu.truncated', 'submit.recipient', 3],
    ['a submit without its validity', '00110000810000', 'pdu.truncated', 'submit.validity', 7],
    ['a compressed submit', '00010000810020', 'dcs.compressed', 'submit.dcs', 6],
    ['a status report without TP-MR', '0002', 'pdu.truncated', 'status-report.reference', 2],
    [
      'a status report without its discharge time',
      '000200008162113241509063',
      'pdu.truncated',
      'status-report.discharged-at',
      12,
    ],
    [
      'a status report without what it announces',
      '000200008162113241509063621132415090630001',
      'pdu.truncated',
      'status-report.pid',
      21,
    ],
  ])('a PDU of %s is one fault', (_what, hex, code, path, octet) => {
    expect(failure(hex)).toEqual({ code, path, octet });
  });

  it('a PDU that is cut anywhere is a fault, never a shorter text', () => {
    for (let length = 0; length < whole.length; length += 1)
      expect(decodePduHex(whole.slice(0, length)).ok).toBe(false);
  });

  it("F8: decoding stays inside the PDU's octets", () => {
    const octets = parseHex(whole) as Uint8Array;
    const around = Uint8Array.of(0xff, ...octets.subarray(0, -1), 0xff, 0xff);
    const cut = around.subarray(1, octets.length);
    expect(decodePdu(cut)).toMatchObject({ ok: false, error: { code: 'pdu.truncated' } });
  });

  it('a fault holds nothing of the sender or the text', () => {
    const decoded = decodePduHex(whole.slice(0, -4));
    expect(decoded).toMatchObject({
      error: { code: 'pdu.truncated', facts: { path: 'deliver.user-data', left: expect.any(Number) } },
    });
    expect(decoded.ok ? [] : Object.keys(decoded.error.facts)).toEqual(['path', 'octet', 'wanted', 'left']);
  });
});
