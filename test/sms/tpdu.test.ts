import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '../../src/base/bytes.ts';
import { parseAddress } from '../../src/sms/address.ts';
import { type Deliver, encodeDeliver } from '../../src/sms/deliver.ts';
import { encodeText } from '../../src/sms/encode-text.ts';
import { decodePdu, type Tpdu } from '../../src/sms/pdu.ts';
import { encodeTimestamp } from '../../src/sms/scts.ts';
import { encodeStatusReport, type StatusReport } from '../../src/sms/status-report.ts';
import { encodeSubmit, type Submit } from '../../src/sms/submit.ts';
import { relativeValidity } from '../../src/sms/validity.ts';

const at = encodeTimestamp(Date.parse('2026-11-23T14:05:09+09:00'), 540);
const visitor = parseAddress('01055500123', 2);
const payload = { octets: Uint8Array.of(1, 2, 3) };
const deliver = { sender: visitor, sentAt: at, dcs: 0x04, payload };
const submit = { recipient: visitor, dcs: 0x04, payload };
const report = { reference: 7, recipient: visitor, sentAt: at, dischargedAt: at, status: 0 };

function decode(tpdu: Uint8Array): Tpdu {
  const decoded = decodePdu(tpdu, { smsc: false });
  if (!decoded.ok) throw decoded.error;
  return decoded.value.tpdu;
}

describe('a deliver', () => {
  it.each([
    [{}, 0x04],
    [{ moreMessages: true }, 0x00],
    [{ loopPrevention: true }, 0x0c],
    [{ statusReportIndication: true }, 0x24],
    [{ replyPath: true }, 0x84],
    [{ elements: [{ id: 0x70, octets: Uint8Array.of(0) }] }, 0x44],
  ])('a TPDU with %j begins with %i, and decodes to the same again', (flags, first) => {
    const tpdu = encodeDeliver({ ...deliver, ...flags });
    expect(tpdu[0]).toBe(first);
    const none = {
      moreMessages: false,
      loopPrevention: false,
      statusReportIndication: false,
      replyPath: false,
    };
    const { elements: _, ...expected } = { elements: null, ...flags };
    expect(decode(tpdu)).toMatchObject({ type: 'deliver', ...none, ...expected });
  });

  it('the sender of a deliver is TP-OA, whatever number to call back its header has', () => {
    const elements = [{ id: 0x22, octets: parseHex('0A813013421124') as Uint8Array }];
    expect((decode(encodeDeliver({ ...deliver, elements })) as Deliver).sender).toEqual(visitor);
  });

  it('a deliver has the protocol identifier and the coding scheme that it was given', () => {
    expect(decode(encodeDeliver({ ...deliver, pid: 0x41, dcs: 0xf5 }))).toMatchObject({
      pid: 0x41,
      dcs: { octet: 0xf5, alphabet: '8bit', class: 1 },
    });
  });

  it('a TPDU of the reserved type 11 is read as a deliver', () => {
    const tpdu = encodeDeliver(deliver);
    tpdu[0] = (tpdu[0] as number) | 3;
    expect(decode(tpdu).type).toBe('deliver');
  });
});

describe('a submit', () => {
  it.each([
    [{}, 0x01],
    [{ rejectDuplicates: true }, 0x05],
    [{ validity: relativeValidity(167) }, 0x11],
    [{ statusReportRequest: true }, 0x21],
    [{ replyPath: true }, 0x81],
    [{ reference: 255, pid: 0x39 }, 0x01],
  ])('a TPDU with %j begins with %i, and decodes to the same again', (flags, first) => {
    const tpdu = encodeSubmit({ ...submit, ...flags });
    expect(tpdu[0]).toBe(first);
    expect(decode(tpdu)).toMatchObject({ type: 'submit', recipient: visitor, ...flags });
  });

  it('a submit of one text is what a phone would send', () => {
    const [segment] = encodeText('hellohello');
    const recipient = parseAddress('+46708250000');
    const tpdu = encodeSubmit({ recipient, ...(segment as NonNullable<typeof segment>) });
    expect(formatHex(tpdu)).toBe('01000B916407280500F000000AE8329BFD4697D9EC37');
  });

  it('a submit keeps the header indicator of an empty text', () => {
    const empty = { ...submit, payload: { octets: new Uint8Array() }, headerIndicator: true };
    const tpdu = encodeSubmit(empty);
    expect(tpdu[0]).toBe(0x41);
    expect(decode(tpdu) as Submit).toMatchObject({ headerIndicator: true, udh: null });
  });
});

describe('a status report', () => {
  it.each([
    [{}, 0x06, {}],
    [{ moreMessages: true }, 0x02, {}],
    [{ loopPrevention: true, commandReport: true }, 0x2e, {}],
    [{ pid: 0x39 }, 0x06, { pid: 0x39 }],
    [{ dcs: 0x08 }, 0x06, { dcs: { alphabet: 'ucs2' } }],
    [{ pid: 0, dcs: 4, payload }, 0x06, { pid: 0, userData: { octets: Uint8Array.of(1, 2, 3) } }],
  ])('a TPDU with %j begins with %i, and decodes to the same again', (fields, first, expected) => {
    const tpdu = encodeStatusReport({ ...report, ...fields });
    expect(tpdu[0]).toBe(first);
    const { dcs: _dcs, payload: _payload, ...flags } = { dcs: null, payload: null, ...fields };
    expect(decode(tpdu)).toMatchObject({ type: 'status-report', reference: 7, ...flags, ...expected });
  });

  it('a status report has no user data unless it announces some', () => {
    expect(decode(encodeStatusReport(report))).toMatchObject({
      pid: null,
      dcs: { octet: 0 },
      userData: null,
    });
  });

  it('a status report ignores an announcement with reserved bits, from a memory padded with FF', () => {
    const padded = Uint8Array.of(...encodeStatusReport(report), 0xff, 0xff, 0xff, 0xff);
    expect(decode(padded) as StatusReport).toMatchObject({ status: 0, userData: null });
  });
});
