import { describe, expect, it } from 'vitest';
import { formatHex } from '../../src/base/bytes.ts';
import { messageFrom } from '../../src/daemon/intake/decode-arrival.ts';
import { oddTextsOf } from '../../src/simulator/faults/content-faults.ts';
import { everyday } from '../../src/simulator/odd-texts/everyday.ts';
import type { ExpectedResult, OddText } from '../../src/simulator/odd-texts/odd-text.ts';
import type { OutgoingText } from '../../src/simulator/sent-text.ts';
import { createVisitors, otherPlaces, spellings, type VisitorText } from '../../src/simulator/visitors.ts';
import { contentOf, joinContent } from '../../src/sms/content.ts';
import type { Deliver } from '../../src/sms/deliver.ts';
import { concatOf } from '../../src/sms/elements.ts';
import { decodePduHex, tpduOctets } from '../../src/sms/pdu.ts';
import { issueCode } from '../../src/visits/issued-code.ts';
import { noticeKindOf } from '../../src/visits/notice.ts';
import { resolveText } from '../../src/visits/resolve.ts';

const sentAtMs = Date.UTC(2026, 10, 23, 5, 0, 0);
const code = issueCode(1);

/** What the rooms that are tested elsewhere make of these parts. */
function outcomeOf(parts: readonly OutgoingText[]): {
  outcome: ExpectedResult;
  sender: string;
  text: string | null;
} {
  const decoded = parts.map((part) => {
    const line = 'line' in part ? part.line : `00${formatHex(part.tpdu)}`;
    return decodePduHex(line, { tpduLength: 'line' in part ? part.length : part.tpdu.length });
  });
  const nobody = { sender: '', text: null };
  if (decoded.some((one) => !one.ok)) return { outcome: { kind: 'undecodable' }, ...nobody };
  const tpdus = decoded.flatMap((one) => (one.ok ? [one.value.tpdu] : []));
  const [first] = tpdus;
  if (first?.type !== 'deliver') {
    const notice = first?.type === 'submit' ? 'own-draft' : 'delivery-report';
    return { outcome: { kind: 'notice', notice }, ...nobody };
  }
  return outcomeOfDelivers(tpdus as Deliver[], first);
}

function outcomeOfDelivers(parts: readonly Deliver[], first: Deliver) {
  const concat = concatOf(first.udh);
  const content = concat ? joinContent(parts) : contentOf(first);
  const { facts, text, sender: number } = messageFrom(first, content);
  const notice = noticeKindOf(facts);
  const sender = number.reveal();
  if (notice) return { outcome: { kind: 'notice' as const, notice }, sender, text };
  const isIssuedCode = (one: string) => one === code;
  const options = { areaCode: '031', sender, isIssuedCode, isPlace: () => false };
  const resolved = resolveText(text ?? '', options);
  const outcome: ExpectedResult =
    resolved.kind === 'venues'
      ? { kind: 'visits', venues: resolved.venues, webSent: resolved.webSent }
      : { kind: 'unresolved' };
  return { outcome, sender, text };
}

function take(count: number, seed = 1): VisitorText[] {
  const visitors = createVisitors({ seed, issuedCodes: [code] });
  return Array.from({ length: count }, (_, i) => visitors.next(sentAtMs + i * 1_000));
}

describe('visitors', () => {
  const texts = take(300);

  it('visitors use every spelling, and every odd text is among theirs', () => {
    const expected = [
      ...spellings.map((spelling) => spelling.name),
      ...everyday.map((one) => one.name),
      'in-full',
      'code',
    ];
    expect([...new Set(texts.map((text) => text.kind))].sort()).toEqual(expected.sort());
  });

  it('visitors mean what the gateway’s own rules make of their texts', () => {
    for (const { kind, text, parts, outcome, sender } of texts) {
      const made = outcomeOf(parts);
      expect({ kind, text, outcome: made.outcome }).toEqual({ kind, text, outcome });
      if (outcome.kind === 'visits') expect({ kind, sender: made.sender }).toEqual({ kind, sender });
      if (outcome.kind !== 'undecodable' && text !== null) expect(made.text).toBe(text);
    }
  });

  it('visitors write in all alphabets and in several parts', () => {
    const delivered = texts.flatMap(({ parts }) =>
      parts.flatMap((part) => {
        const decoded = 'tpdu' in part ? decodePduHex(`00${formatHex(part.tpdu)}`) : null;
        return decoded?.ok && decoded.value.tpdu.type === 'deliver'
          ? [{ ...decoded.value.tpdu, octets: tpduOctets(decoded.value) }]
          : [];
      }),
    );
    const alphabets = new Set(delivered.map((part) => contentOf(part).alphabet));
    expect([...alphabets].sort()).toEqual(['8bit', 'gsm7', 'ksc5601', 'ucs2']);
    expect(texts.some(({ parts }) => parts.length >= 3)).toBe(true);
    const korean = delivered.find((part) => part.dcs.octet === 0x84);
    expect(korean?.octets[0]).toBe(0x44);
    expect(korean?.octets[2]).toBe(0xa1);
  });

  it('visitors are the same for the same seed, and others for another', () => {
    const words = (seed: number) => take(40, seed).map(({ text, sender }) => `${sender} ${text}`);
    expect(words(7)).toEqual(words(7));
    expect(words(7)).not.toEqual(words(8));
  });

  it('visitors have 20 000 different numbers, all of them unassigned', () => {
    const visitors = createVisitors({ seed: 3, plain: true });
    const senders = Array.from({ length: 20_000 }, () => visitors.next(sentAtMs).sender);
    expect(new Set(senders).size).toBe(20_000);
    expect(senders.every((sender) => /^010555[05]\d{4}$/.test(sender))).toBe(true);
  });

  it('visitors write one part each if they are plain', () => {
    const visitors = createVisitors({ seed: 3, plain: true });
    const plain = Array.from({ length: 200 }, () => visitors.next(sentAtMs));
    expect(plain.every(({ parts, outcome }) => parts.length === 1 && outcome.kind === 'visits')).toBe(true);
  });
});

const slugs = [
  'poison-pdu',
  'mms-push-pile',
  'type0-silent',
  'split-char',
  'udh-variants',
  'national-shift',
  'dcs-zoo',
  'sender-zoo',
  'lengths-lie',
  'mti-surprise',
  'bad-scts',
  'sim-class2-drafts',
];

describe.each(slugs)('the odd texts of %s', (slug) => {
  it.each(oddTextsOf(slug))('the odd text $name has the expected result', (odd: OddText) => {
    expect(outcomeOf(odd.make('01020010000', sentAtMs)).outcome).toEqual(odd.outcome);
  });
});

describe('places that are typed in full', () => {
  it.each(otherPlaces)('the typed place $written is the place of that number', ({ written, canonical }) => {
    const options = { areaCode: '031', sender: null, isIssuedCode: () => false, isPlace: () => false };
    expect(resolveText(written, options)).toMatchObject({ venues: [canonical] });
  });
});
