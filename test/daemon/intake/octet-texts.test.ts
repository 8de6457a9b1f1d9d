import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/base/batches.ts';
import { openZone } from '../../../src/base/zone.ts';
import { type TextVerdict, takeListing } from '../../../src/daemon/intake/take-listing.ts';
import { type Vector, vectors } from '../../golden/vector.ts';
import { always, nowMs, retentionMs, tempRegister } from '../../store/temp-register.ts';

interface OctetText {
  readonly id: string;
  /** The codec of Python that wrote the octets. */
  readonly coding: string;
  /** Null if they are not a text, or not a person's. */
  readonly text: string | null;
  readonly pdu: string;
  readonly want:
    | { readonly venues: readonly string[] }
    | { readonly unresolved: string }
    | { readonly notice: string };
}

const octetTexts: readonly OctetText[] = JSON.parse(
  readFileSync(new URL('../../golden/octet-texts.json', import.meta.url), 'utf8'),
);

async function taken(pdu: string, announcedLength: number | null = null) {
  const register = tempRegister().open();
  const arrival = { pdu, announcedLength, memory: 'SM', slot: 1, receivedAtMs: nowMs, report: false };
  const line = { name: 'line1', receiving: null };
  const { texts } = takeListing(register, line, [arrival], {
    areaCode: '031',
    retentionMs,
    zone: openZone('Asia/Seoul'),
  });
  const kept = await collect(register.texts(always));
  return { verdict: texts[0]?.verdict, words: texts[0]?.message?.text, kept };
}

const wanted = (want: OctetText['want']): Partial<TextVerdict> => {
  if ('venues' in want) return { kind: 'visit', venues: want.venues };
  return 'unresolved' in want
    ? { kind: 'unresolved', reason: want.unresolved }
    : { kind: 'notice', reason: want.notice };
};

describe('octets that are called 8-bit data', () => {
  it.each(octetTexts)('$id: what is a text is one, and what is not is kept ($coding)', async (vector) => {
    const { verdict, words, kept } = await taken(vector.pdu);
    expect(verdict).toMatchObject(wanted(vector.want));
    expect(words).toBe(vector.text);
    expect(kept.map(({ pdu, text }) => ({ pdu, text }))).toEqual(
      'venues' in vector.want ? [] : [{ pdu: vector.pdu, text: vector.text }],
    );
  });

  const isData = ({ expect: { encoding, udh }, kind, has_smsc }: Vector) =>
    encoding === '8bit' && kind === 'deliver' && has_smsc && udh?.concat === undefined;
  const foreign = vectors.filter(isData);

  it.each(foreign)('$id: data of another project reaches staff or is a notice', async ({ pdu }) => {
    const { kept } = await taken(pdu);
    expect(kept).toHaveLength(1);
    expect(kept[0]?.pdu).toBe(pdu);
  });

  it('there is foreign data of each kind', async () => {
    const kinds = await Promise.all(foreign.map(async ({ pdu }) => (await taken(pdu)).kept[0]?.reason));
    expect([...new Set(kinds)].sort()).toEqual(['empty', 'mms', 'no-number', 'not-text']);
  });
});
