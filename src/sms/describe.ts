import { formatHex } from '../base/bytes.ts';
import { type Address, type AddressType, formatAddress } from './address.ts';
import { contentOf } from './content.ts';
import type { Alphabet } from './dcs.ts';
import { callbackOf, concatOf, portsOf } from './elements.ts';
import { type LanguageName, languageName, languagesOf } from './languages.ts';
import { type Pdu, smscOf, type Tpdu } from './pdu.ts';
import { formatTimestamp } from './scts.ts';
import type { Udh } from './udh.ts';
import type { Validity } from './validity.ts';

/** The keys that all kinds share: what the user data holds. */
interface BodyDescription {
  /** ISO 8601 with its offset; null if malformed, and in a submit, which has none. */
  readonly sent_at: string | null;
  readonly pid: number | null;
  readonly dcs: number;
  readonly alphabet: Alphabet;
  readonly class: number | null;
  readonly text: string | null;
  readonly data: string | null;
  readonly concat: { readonly ref: number; readonly total: number; readonly seq: number } | null;
  readonly ports: { readonly destination: number; readonly source: number } | null;
  readonly language: { readonly locking: LanguageName | null; readonly single: LanguageName | null } | null;
  readonly callback: string | null;
}

interface DeliverDescription extends BodyDescription {
  readonly type: 'deliver';
  readonly smsc: string | null;
  readonly sender: string;
  readonly sender_type: AddressType;
}

interface SubmitDescription extends BodyDescription {
  readonly type: 'submit';
  readonly smsc: string | null;
  readonly recipient: string;
  readonly recipient_type: AddressType;
  /** TP-MR. */
  readonly reference: number;
  /** Minutes, a time, the octets of an enhanced one in hexadecimal, or null. */
  readonly validity: number | string | null;
}

interface StatusReportDescription extends BodyDescription {
  readonly type: 'status-report';
  readonly smsc: string | null;
  readonly recipient: string;
  readonly recipient_type: AddressType;
  readonly reference: number;
  /** TP-ST; below 32 the text was delivered. */
  readonly status: number;
  readonly discharged_at: string | null;
}

type PduDescription = DeliverDescription | SubmitDescription | StatusReportDescription;

/** The JSON object of the `decode` command (SPEC.md, decode), its keys in that order. */
export function describePdu(pdu: Pdu): PduDescription {
  const { tpdu } = pdu;
  const smsc = smscOf(pdu);
  const center = smsc === null ? null : formatAddress(smsc);
  switch (tpdu.type) {
    case 'deliver':
      return {
        type: 'deliver',
        smsc: center,
        sender: formatAddress(tpdu.sender),
        sender_type: tpdu.sender.type,
        ...describeBody(tpdu, formatTimestamp(tpdu.sentAt)),
      };
    case 'submit':
      return {
        type: 'submit',
        smsc: center,
        ...describeRecipient(tpdu.recipient),
        ...describeBody(tpdu, null),
        reference: tpdu.reference,
        validity: describeValidity(tpdu.validity),
      };
    default:
      return {
        type: 'status-report',
        smsc: center,
        ...describeRecipient(tpdu.recipient),
        ...describeBody(tpdu, formatTimestamp(tpdu.sentAt)),
        reference: tpdu.reference,
        status: tpdu.status,
        discharged_at: formatTimestamp(tpdu.dischargedAt),
      };
  }
}

function describeRecipient(
  recipient: Address,
): Pick<SubmitDescription | StatusReportDescription, 'recipient' | 'recipient_type'> {
  return { recipient: formatAddress(recipient), recipient_type: recipient.type };
}

function describeBody(tpdu: Tpdu, sentAt: string | null): BodyDescription {
  const { dcs, udh, userData } = tpdu;
  const content = userData === null ? null : contentOf({ dcs, udh, userData });
  const data = content?.data ?? null;
  return {
    sent_at: sentAt,
    pid: tpdu.pid,
    dcs: dcs.octet,
    alphabet: dcs.alphabet,
    class: dcs.class,
    text: content?.text ?? null,
    data: data === null ? null : formatHex(data),
    ...describeHeader(udh),
  };
}

function describeHeader(
  udh: Udh | null,
): Pick<BodyDescription, 'concat' | 'ports' | 'language' | 'callback'> {
  const concat = concatOf(udh);
  const ports = portsOf(udh);
  const { locking, single } = languagesOf(udh);
  return {
    concat: concat && { ref: concat.ref, total: concat.total, seq: concat.seq },
    ports: ports && { destination: ports.destination, source: ports.source },
    language: locking || single ? { locking: languageName(locking), single: languageName(single) } : null,
    callback: callbackOf(udh),
  };
}

function describeValidity(validity: Validity): number | string | null {
  if (validity.format === 'relative') return validity.minutes;
  if (validity.format === 'absolute') return formatTimestamp(validity.until);
  return validity.format === 'enhanced' ? formatHex(validity.octets) : null;
}
