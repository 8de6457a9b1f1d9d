import { describe, expect, it } from 'vitest';
import { joinContent } from '../../src/sms/content.ts';
import { disguisePdu } from '../../src/sms/disguise-pdu.ts';
import { callbackOf, concatOf, portsOf } from '../../src/sms/elements.ts';
import { decodePduHex, type Pdu, smscOf } from '../../src/sms/pdu.ts';
import { vectors } from '../golden/vector.ts';

const corpus = vectors.filter(({ has_smsc, pdu }) => has_smsc && /^(?:[0-9A-F]{2})+$/i.test(pdu));

function addressOf({ tpdu }: Pdu) {
  return tpdu.type === 'deliver' ? tpdu.sender : tpdu.recipient;
}

/** What a disguise must not change. */
function shapeOf(pdu: Pdu) {
  const { tpdu, start, end } = pdu;
  const { type, dcs, pid } = tpdu;
  const address = addressOf(pdu);
  const sentAt = tpdu.type === 'submit' ? null : tpdu.sentAt;
  const lengths = {
    digits: address.type === 'alphanumeric' ? null : address.value.length,
    septets: tpdu.userData?.septets,
    octets: tpdu.userData?.octets.length,
  };
  return {
    type,
    dcs,
    pid,
    start,
    end,
    ton: address.ton,
    sentAt,
    lengths,
    concat: concatOf(tpdu.udh),
    ports: portsOf(tpdu.udh),
  };
}

function textOf({ tpdu: { dcs, udh, userData } }: Pdu): string {
  return userData === null ? '' : (joinContent([{ dcs, udh, userData }]).text ?? '');
}

/** Words and numbers that would tell something: one letter or digit alone does not. */
function tellingParts(text: string): string[] {
  return text.match(/[\p{L}\p{N}]{3,}/gu)?.filter((part) => !/^(?:0+|x+|가+)$/.test(part)) ?? [];
}

describe('a PDU in disguise', () => {
  it('a PDU in disguise keeps its length and shape, and tells neither a number nor a word', () => {
    const madeUp = (digits: string) => '7'.repeat(digits.length);
    let decoded = 0;
    for (const { id, pdu: hex, tpdu_length } of corpus) {
      const before = decodePduHex(hex, { tpduLength: tpdu_length });
      const disguised = disguisePdu(hex, tpdu_length, madeUp);
      expect(disguised, id).toHaveLength(hex.length);
      const after = decodePduHex(disguised, { tpduLength: tpdu_length });
      expect(after.ok, id).toBe(before.ok);
      if (!before.ok || !after.ok) continue;
      decoded += 1;
      expect(shapeOf(after.value), id).toEqual(shapeOf(before.value));
      expect(addressOf(after.value).value, id).toMatch(/^(?:[7*#abc]*|x*[@x]?)$/);
      expect(smscOf(after.value)?.value ?? '', id).toMatch(/^0*$/);
      expect(callbackOf(after.value.tpdu.udh)?.replace(/\D/g, '') ?? '', id).toMatch(/^0*$/);
      const text = textOf(after.value);
      for (const part of tellingParts(textOf(before.value)))
        expect(text.includes(part), `${id} ${part}`).toBe(false);
    }
    expect(decoded).toBeGreaterThan(300);
  });

  it('a PDU in disguise cannot be decoded if it could not before', () => {
    const cut = '07912801000000000';
    expect(disguisePdu(cut, null, (digits) => digits)).toBe('F'.repeat(cut.length));
    expect(disguisePdu('0791zz', null, (digits) => digits)).toBe('FFFFGG');
    expect(decodePduHex('FFFF').ok).toBe(false);
  });
});
