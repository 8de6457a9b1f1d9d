import { describe, expect, it } from 'vitest';
import { formatHex } from '../../src/base/bytes.ts';
import { joinContent } from '../../src/sms/content.ts';
import { describePdu } from '../../src/sms/describe.ts';
import { callbackOf, concatOf, portsOf, specialIndicationsOf } from '../../src/sms/elements.ts';
import { languagesOf } from '../../src/sms/languages.ts';
import { type Decoded, decodePduHex, encodePdu, type Pdu, smscOf } from '../../src/sms/pdu.ts';
import { formatTimestamp } from '../../src/sms/scts.ts';
import { encodeSubmit } from '../../src/sms/submit.ts';
import type { Udh } from '../../src/sms/udh.ts';
import type { Validity } from '../../src/sms/validity.ts';
import { payloadOf } from '../support/payload-of.ts';
import { decisions, disagreements } from './decisions.ts';
import { type Expected, type ExpectedHeader, type Vector, vectors } from './vector.ts';

function decode(vector: Vector): Decoded<Pdu> {
  return decodePduHex(vector.pdu, { smsc: vector.has_smsc, tpduLength: vector.tpdu_length });
}

/** What we read, in the corpus's words, cut down to the fields that the vector states. */
function read(vector: Vector): unknown {
  const decoded = decode(vector);
  if (!decoded.ok) return { error: true };
  if (vector.kind === 'malformed') return { error: false };
  const all = inCorpusWords(decoded.value);
  const stated = Object.keys(vector.expect).filter((key) => key !== 'joined_text' && key !== 'text_prefix');
  return { kind: decoded.value.tpdu.type, ...pick(all, stated), udh: all.udh };
}

function wanted({ kind, expect: expected }: Vector): unknown {
  if (kind === 'malformed') return { error: true };
  const { joined_text: _joined, text_prefix: _prefix, ...fields } = expected;
  return { kind, ...fields, udh: expected.udh ?? null };
}

function inCorpusWords(pdu: Pdu): Record<keyof Expected | string, unknown> {
  const { sent_at, alphabet, class: messageClass, ...described } = describePdu(pdu);
  const { tpdu } = pdu;
  return {
    ...described,
    timestamp: sent_at,
    encoding: alphabet,
    class: messageClass,
    mr: tpdu.type === 'deliver' ? undefined : tpdu.reference,
    discharge: tpdu.type === 'status-report' ? formatTimestamp(tpdu.dischargedAt) : undefined,
    vp: tpdu.type === 'submit' ? validity(tpdu.validity) : undefined,
    data_hex: tpdu.userData === null ? undefined : formatHex(tpdu.userData.octets),
    udh: tpdu.udh === null ? null : header(tpdu.udh),
  };
}

function validity(field: Validity): Expected['vp'] {
  if (field.format === 'relative') return { format: field.format, value: field.octet };
  if (field.format === 'enhanced') return { format: field.format, raw: formatHex(field.octets) };
  if (field.format === 'none') return { format: field.format };
  return { format: field.format, timestamp: String(formatTimestamp(field.until)) };
}

function header(udh: Udh): ExpectedHeader {
  const concat = concatOf(udh);
  const ports = portsOf(udh);
  const { locking, single } = languagesOf(udh);
  const special = specialIndicationsOf(udh).map(({ kind, count }) => ({ type: kind, count }));
  const callback = callbackOf(udh);
  return {
    raw: formatHex(udh.octets),
    ...(concat && { concat }),
    ...(ports && { ports: { dest: ports.destination, src: ports.source } }),
    ...(locking > 0 && { locking_shift: locking }),
    ...(single > 0 && { single_shift: single }),
    ...(special.length > 0 && { special }),
    ...(callback !== null && { reply_address: callback }),
  };
}

function pick(all: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, all[key]]));
}

describe('every PDU of the corpus', () => {
  it.each(vectors.filter(({ id }) => !(id in disagreements)))('$id is read as it says', (vector) => {
    expect(read(vector)).toEqual(wanted(vector));
  });

  it.each(Object.keys(disagreements))('%s is read otherwise, for the reason given', (id) => {
    const vector = vectors.find((candidate) => candidate.id === id) as Vector;
    expect(read(vector)).not.toEqual(wanted(vector));
  });

  it('each permitted difference from the corpus has one reason', () => {
    const ambiguous = vectors.filter((vector) => vector.ambiguous !== undefined).map(({ id }) => id);
    expect([...Object.keys(decisions), ...Object.keys(disagreements)].sort()).toEqual(ambiguous.sort());
  });

  it.each(vectors.filter((vector) => vector.reencodes))(
    '$id is the same octets when encoded again',
    (vector) => {
      const decoded = decode(vector);
      if (!decoded.ok || decoded.value.tpdu.type !== 'submit') throw new Error('no submit');
      const { tpdu } = decoded.value;
      const again = encodeSubmit({
        ...tpdu,
        dcs: tpdu.dcs.octet,
        elements: tpdu.udh?.elements ?? null,
        payload: payloadOf(tpdu.userData),
      });
      expect(formatHex(vector.has_smsc ? encodePdu(smscOf(decoded.value), again) : again)).toBe(
        vector.pdu.toUpperCase(),
      );
    },
  );

  it('F4: parts that cut a character are joined before they are decoded', () => {
    const parts = ['warthog-63', 'warthog-64'].map((id) => {
      const vector = vectors.find((candidate) => candidate.id === id) as Vector;
      const decoded = decode(vector);
      if (!decoded.ok || decoded.value.tpdu.type !== 'deliver') throw new Error('no deliver');
      return { part: decoded.value.tpdu, joined: vector.expect.joined_text };
    });
    expect(joinContent(parts.map(({ part }) => part)).text).toBe(parts[0]?.joined);
  });

  it('a text of which the source gives the beginning begins so', () => {
    const stated = vectors.filter((vector) => vector.expect.text_prefix !== undefined);
    expect(stated).not.toEqual([]);
    for (const vector of stated) {
      const decoded = decode(vector);
      const text = decoded.ok ? describePdu(decoded.value).text : null;
      expect(text?.slice(0, vector.expect.text_prefix?.length)).toBe(vector.expect.text_prefix);
    }
  });
});
