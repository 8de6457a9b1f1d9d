import { parseAddress } from '../sms/address.ts';
import { encodeDeliver } from '../sms/deliver.ts';
import { portsElement } from '../sms/ports.ts';
import { encodeTimestamp } from '../sms/scts.ts';
import { encodeStatusReport } from '../sms/status-report.ts';
import { composeText } from './compose-text.ts';
import type { OutgoingText } from './sent-text.ts';

/** What must become of a text. Venues are canonical: national digits, or a code. */
export type Outcome =
  | { readonly kind: 'visits'; readonly venues: readonly string[]; readonly webSent: boolean }
  | { readonly kind: 'unresolved' }
  | { readonly kind: 'notice'; readonly notice: string }
  | { readonly kind: 'undecodable' };

/** A text that is no visit. */
export interface Oddity {
  readonly name: string;
  readonly outcome: Outcome;
  /** The words that a visitor wrote; null where there are none. */
  readonly text: string | null;
  make(sender: string, sentAtMs: number): readonly OutgoingText[];
}

const unresolved: Outcome = { kind: 'unresolved' };
const notice = (kind: string): Outcome => ({ kind: 'notice', notice: kind });

const words = (name: string, text: string): Oddity => ({
  name,
  outcome: unresolved,
  text,
  make: (sender, sentAtMs) => composeText({ sender, text, sentAtMs, label: name }),
});

const seoulMinutes = 540;
const wapPush = { destination: 2948, source: 9200, bits: 16 } as const;

/** A WSP push of an m-notification-ind (OMA MMS encapsulation), its address a made-up one. */
const mmsNotification = Uint8Array.from([
  ...[0x01, 0x06, 0x04, 0xbe, 0xaf, 0x84, 0xb4, 0x8c, 0x82, 0x98],
  ...Buffer.from('VL01\0', 'latin1'),
  ...[0x8d, 0x90, 0x83],
  ...Buffer.from('http://mms.invalid/m/VL01\0', 'latin1'),
]);

/** TP-DCS of 8-bit data. */
const dataDcs = 0x04;

function mmsPush(sender: string, sentAtMs: number): readonly OutgoingText[] {
  const tpdu = encodeDeliver({
    sender: parseAddress(sender, 2),
    sentAt: encodeTimestamp(sentAtMs, seoulMinutes),
    dcs: dataDcs,
    elements: [portsElement(wapPush)],
    payload: { octets: mmsNotification },
  });
  return [{ tpdu, label: 'mms' }];
}

/** Lies in the inbox as other texts do: many modems put it there when nobody asked for +CDS. */
function deliveryReport(sender: string, sentAtMs: number): readonly OutgoingText[] {
  const at = encodeTimestamp(sentAtMs, seoulMinutes);
  const tpdu = encodeStatusReport({
    reference: 7,
    recipient: parseAddress(sender, 2),
    sentAt: at,
    dischargedAt: at,
    status: 0,
  });
  return [{ tpdu, report: false, messageClass: null, label: 'delivery-report' }];
}

/** Ends in the middle of its user data. */
function torn(sender: string, sentAtMs: number): readonly OutgoingText[] {
  return composeText({ sender, text: '031-324-2114', sentAtMs }).map(({ tpdu }) => ({
    tpdu: tpdu.subarray(0, tpdu.length - 5),
    label: 'undecodable',
  }));
}

export const oddities: readonly Oddity[] = [
  words('greeting', '안녕하세요'),
  words('wrong-number', '031-024-2114'),
  words('price', '커피 15,000원'),
  { ...words('empty', ''), text: '' },
  { name: 'undecodable', outcome: { kind: 'undecodable' }, text: null, make: torn },
  { name: 'mms', outcome: notice('mms'), text: null, make: mmsPush },
  { name: 'delivery-report', outcome: notice('delivery-report'), text: null, make: deliveryReport },
  {
    name: 'silent',
    outcome: notice('silent'),
    text: null,
    make: (sender, sentAtMs) => composeText({ sender, text: '', sentAtMs, pid: 0x40, label: 'silent' }),
  },
  {
    name: 'operator',
    outcome: notice('operator'),
    text: null,
    make: (_sender, sentAtMs) =>
      composeText({ sender: 'VISITLOG', text: '요금 안내 문자입니다', sentAtMs, label: 'operator' }),
  },
];
