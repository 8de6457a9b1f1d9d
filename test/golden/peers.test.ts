import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSlot } from '../../src/at/listing.ts';
import { describePdu } from '../../src/sms/describe.ts';
import { type Decoded, decodePduHex, type Pdu } from '../../src/sms/pdu.ts';

interface PeerVector {
  readonly id: string;
  readonly pdu: string;
  readonly no_smsc?: boolean;
  readonly length?: number;
  /** The answer to AT+CMGR that it stood in. */
  readonly header?: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

/** PDUs of the test suites of public projects, with the values that those state. */
const peers: readonly PeerVector[] = JSON.parse(readFileSync(new URL('peers.json', import.meta.url), 'utf8'));

function decode(vector: PeerVector): Decoded<Pdu> {
  return decodePduHex(vector.pdu, { smsc: !vector.no_smsc, tpduLength: vector.length ?? null });
}

/** What we read, in the words of the vector, cut down to what it states. */
function read(vector: PeerVector): unknown {
  const decoded = decode(vector);
  if (!decoded.ok) return { error: true };
  const described: Record<string, unknown> = { ...describePdu(decoded.value) };
  const { tpdu } = decoded.value;
  const epochOf = (time: unknown) => (typeof time === 'string' ? Date.parse(time) : null);
  const all: Record<string, unknown> = {
    ...described,
    error: false,
    number: described.sender ?? described.recipient,
    stamp: shortStamp(described.sent_at),
    epoch: epochOf(described.sent_at),
    discharged_epoch: epochOf(described.discharged_at),
    reference: 'reference' in tpdu ? tpdu.reference : undefined,
  };
  return Object.fromEntries(Object.keys(vector.expect).map((key) => [key, all[key]]));
}

function shortStamp(time: unknown): string | null {
  return typeof time === 'string' ? time.replace(/\+00:00$/, 'Z').replace(/:00$/, '') : null;
}

const isStated = (vector: PeerVector) => Object.keys(vector.expect).length > 0;

/** Vectors that we hold to be wrong: what we read, and why. */
const disagreements: Readonly<Record<string, string>> = {
  'atlib-001': 'Two-digit years: 90–99 are 19xx.',
  'atlib-006': 'As atlib-001.',
  'frontlinesms-035': 'An empty sender and an impossible time are no reason to lose a text.',
  'frontlinesms-036': 'As frontlinesms-035.',
  'frontlinesms-037': 'As frontlinesms-035.',
  'modemmanager-3gpp-pdu_wrong_user_data_elements_size':
    'A draft with TP-UDHI set and TP-UDL 0: read as an empty text, as for received ones.',
  'modemmanager-3gpp-pdu_wrong_udh': 'As pdu_wrong_user_data_elements_size.',
  'nrf-sms-020': 'More digits than the standard allows: the text matters more than the rule.',
  'nrf-sms-024': 'As nrf-sms-020, of 161 septets.',
  'frontlinesms-039': 'A semi-octet above 9 in a zone counts as 0 (3GPP TS 23.040 §9.2.3.11).',
  'frontlinesms-040': 'As frontlinesms-039.',
  'frontlinesms-041': 'As frontlinesms-039.',
  'gecko-sms-001': 'The stated time is hours, minutes and seconds away from the octets.',
  'misc-013': 'The source shows the header as a space.',
  'nrf-sms-002': 'Semi-octets 1010 and 1011 are * and # (3GPP TS 23.040 §9.1.2.3).',
  'nrf-sms-012': 'An escape at the end of a part is shown as a space, as two escapes are.',
  'nrf-sms-026': 'User data shorter than TP-UDL says is an error: the raw line is kept whole.',
  'nrf-sms-027': 'As nrf-sms-026.',
  'nrf-sms-028': 'As nrf-sms-026.',
  'nrf-sms-035': 'As nrf-sms-026; with the right TP-UDL it is read (nrf-sms-035-udl).',
  'nrf-sms-036': 'As nrf-sms-035.',
  'nrf-sms-037': 'As nrf-sms-035.',
  'openmoko-qsms-001': 'As nrf-sms-026: the source has cut the text.',
  'openmoko-qsms-002': 'Thirteen semi-octets hold seven letters; the eighth is padding.',
  'openmoko-qsms-006': 'As openmoko-qsms-001.',
  'openmoko-qsms-007': 'As openmoko-qsms-001.',
  'openmoko-qsms-008': 'As openmoko-qsms-001.',
};

describe('every PDU that other projects test with', () => {
  it.each(peers.filter((vector) => isStated(vector) && !(vector.id in disagreements)))(
    '$id is read as it says',
    (vector) => {
      expect(read(vector)).toEqual(vector.expect);
    },
  );

  it.each(Object.keys(disagreements))('%s is read otherwise, for the reason given', (id) => {
    const vector = peers.find((candidate) => candidate.id === id) as PeerVector;
    expect(read(vector)).not.toEqual(vector.expect);
  });

  it('a PDU without a stated value gives a value or one error', () => {
    const unstated = peers.filter((vector) => !isStated(vector));
    expect(unstated).not.toEqual([]);
    const codes = unstated.map(decode).flatMap((decoded) => (decoded.ok ? [] : [decoded.error.code]));
    expect(codes.filter((code) => !/^(?:pdu|udh|dcs)\./.test(code))).toEqual([]);
  });

  it('a slot that holds a PDU is never read as empty, whatever its header looks like', () => {
    const slots = peers.filter(({ header }) => header !== undefined);
    expect(slots).not.toEqual([]);
    for (const { header = '', pdu } of slots)
      expect(parseSlot([header, pdu], 3)).toMatchObject({ kind: 'message', message: { slot: 3, pdu } });
  });
});
