import { describe, expect, it } from 'vitest';
import { hasHeader, isIntact, parseListing, parseSlot, parseSlotPdus } from '../../src/at/listing.ts';

const pdu = '0004059100F00000010203040506070809';
const length = pdu.length / 2 - 1;

describe('a listing', () => {
  it.each([
    ['Huawei', `+CMGL: 1,0,,${length}`, 1, 0],
    ['SIMCom, with an empty name', `+CMGL: 1,1,"",${length}`, 1, 1],
    ['counted from 0', `+CMGL: 0,1,,${length}`, 0, 1],
    ['without the field for a name', `+CMGL: 3,0,${length}`, 3, 0],
    ['with a name', `+CMGL: 12,1,"A, B",${length}`, 12, 1],
    ['an own draft', `+CMGL: 2,2,,${length}`, 2, 2],
    ['without blanks', `+CMGL:7,1,,${length}`, 7, 1],
  ])('a listing of %s is read', (_name, header, slot, status) => {
    expect(parseListing([header, pdu])).toEqual({
      messages: [{ slot, status, announcedLength: length, pdu, intact: true }],
      textMode: false,
      orphans: 0,
    });
  });

  it('a listing of an empty memory is empty', () => {
    expect(parseListing([])).toEqual({ messages: [], textMode: false, orphans: 0 });
  });

  it('a listing keeps two parts that are printed under one slot', () => {
    const { messages } = parseListing([`+CMGL: 2,1,"",${length}`, pdu, `+CMGL: 2,1,"",${length}`, pdu]);
    expect(messages.map((message) => message.slot)).toEqual([2, 2]);
  });

  it('the PDU is found after a word that the modem prints before it', () => {
    const { messages } = parseListing([`+CMGL: 1,0,,${length}`, 'DODGY WORD', pdu]);
    expect(messages).toMatchObject([{ pdu, intact: true }]);
  });

  it.each([
    ['a foreign character', '0BD04259303784=96p331p'],
    ['an odd number of digits', `${pdu}0`],
    ['a trailing quote', `${pdu}"`],
    ['fewer octets than announced', pdu.slice(0, -2)],
    ['nothing but an SMSC field', '00'],
  ])('a PDU with %s keeps its raw line and is not intact', (_name, line) => {
    expect(parseListing([`+CMGL: 4,0,,${length}`, line]).messages).toEqual([
      { slot: 4, status: 0, announcedLength: length, pdu: line, intact: false },
    ]);
  });

  it('a listing with a PDU on the line of its header is read', () => {
    expect(
      parseListing([`+CMGL: 4,1,,${length} ${pdu}`, `+CMGL: 5,1,,${length}`, pdu]).messages,
    ).toMatchObject([
      { slot: 4, pdu, intact: true },
      { slot: 5, pdu, intact: true },
    ]);
  });

  it('a header without a PDU and a PDU without a header are reported', () => {
    const listing = parseListing([pdu, `+CMGL: 4,0,,${length}`, `+CMGL: 5,0,,${length}`, pdu]);
    expect(listing.orphans).toBe(1);
    expect(listing.messages).toMatchObject([
      { slot: 4, pdu: '', intact: false },
      { slot: 5, intact: true },
    ]);
  });

  it('a header with an impossible slot gives no slot', () => {
    expect(parseListing(['+CMGL: -1,0,,24', pdu]).messages).toMatchObject([{ slot: null, pdu }]);
    expect(parseListing(['+CMGL: x', pdu]).messages).toMatchObject([{ slot: null, announcedLength: null }]);
  });

  it('a listing in text mode is noticed', () => {
    const lines = ['+CMGL: 1,"REC READ","10086",,"26/11/23,14:00:00+36"', 'words'];
    expect(parseListing(lines).textMode).toBe(true);
  });
});

describe('one slot', () => {
  it('a slot is read with its status and length', () => {
    expect(parseSlot([`+CMGR: 1,,${length}`, pdu], 9)).toEqual({
      kind: 'message',
      message: { slot: 9, status: 1, announcedLength: length, pdu, intact: true },
    });
  });

  it.each([
    ['no line at all', []],
    ['a header of nothing', ['+CMGR: 0,,0']],
  ])('a slot is empty with %s', (_name, lines) => {
    expect(parseSlot(lines, 6)).toEqual({ kind: 'empty' });
  });

  it.each(['+CMGR: x', '+CMGR: HELLO'])(
    'C9: a header that is none does not show an empty slot: %s',
    (header) => {
      expect(parseSlot([header], 6)).toEqual({ kind: 'broken' });
    },
  );

  it('C8: a slot with its PDU on the line of its header is read', () => {
    const lines = [`+CMGR: 1,,${length} ${pdu}`];
    expect(parseSlot(lines, 9)).toEqual({
      kind: 'message',
      message: { slot: 9, status: 1, announcedLength: length, pdu, intact: true },
    });
    expect(parseSlotPdus(lines)).toEqual([pdu]);
  });

  it.each([`1;0;${length};${pdu}`, `1,,${length}${pdu}`, `,,${length}:${pdu}`])(
    'C8: a slot with octets in an unknown form is not empty, and is kept as it came: +CMGR: %s',
    (form) => {
      expect(parseSlot([`+CMGR: ${form}`], 9)).toMatchObject({
        kind: 'message',
        message: { slot: 9, pdu: form, intact: false },
      });
    },
  );

  it('a listing in text mode is noticed', () => {
    const lines = ['+CMGR: "REC READ","10086",,"26/11/23,14:00:00+36"', 'words'];
    expect(parseSlot(lines, 1)).toEqual({ kind: 'text-mode' });
  });
});

describe('the length that was announced', () => {
  it.each([
    ['as announced', pdu, length, true],
    ['more than announced, padded with FF', `${pdu}FFFF`, length, true],
    ['unknown', pdu, null, false],
    ['more than announced, and no padding', `${pdu}01`, length, false],
    ['with an SMSC field of its own length', `0791280101200000${pdu.slice(2)}`, length, true],
    ['short', pdu, length + 1, false],
    ['nothing', '', 0, false],
  ])('is %s', (_name, hex, announced, intact) => {
    expect(isIntact(hex, announced)).toBe(intact);
  });
});

describe('a user data header', () => {
  it.each([
    ['there', '0044', true],
    ['not there', '0004', false],
    ['there behind an SMSC field', '0791280101200000440B', true],
    ['not told by no hexadecimal', 'zz', false],
    ['not told by nothing', '', false],
  ])('is %s', (_name, hex, isThere) => {
    expect(hasHeader(hex)).toBe(isThere);
  });
});
