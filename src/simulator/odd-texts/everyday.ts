import { encodeDeliver } from '../../sms/deliver.ts';
import { portsElement } from '../../sms/elements.ts';
import { encodeStatusReport } from '../../sms/status-report.ts';
import { composeText } from '../compose-text.ts';
import {
  hall,
  nationalAddress,
  notice,
  type OddText,
  part,
  seoulTime,
  undecodable,
  unresolved,
} from './odd-text.ts';

const words = (name: string, text: string): OddText => ({
  name,
  outcome: unresolved,
  text,
  make: (sender, sentAtMs) => composeText({ sender, text, sentAtMs }),
});

/** A WSP push of an m-notification-ind (OMA MMS encapsulation) with a made-up address. */
const mmsNotification = Uint8Array.from([
  ...[0x01, 0x06, 0x04, 0xbe, 0xaf, 0x84, 0xb4, 0x8c, 0x82, 0x98],
  ...Buffer.from('VL01\0', 'latin1'),
  ...[0x8d, 0x90, 0x83],
  ...Buffer.from('http://mms.invalid/m/VL01\0', 'latin1'),
]);

/** TP-DCS of 8-bit data. */
const dataDcs = 0x04;
const wapPush = portsElement({ destination: 2948, source: 9200, bits: 16 });

export const mmsPush: OddText = {
  name: 'mms',
  outcome: notice('mms'),
  text: null,
  make: (sender, sentAtMs) => [
    part(sender, sentAtMs, { dcs: dataDcs, elements: [wapPush], payload: { octets: mmsNotification } }),
  ],
};

/** Stored among the texts, as many modems do if no host asked for +CDS. */
export const deliveryReport: OddText = {
  name: 'delivery-report',
  outcome: notice('delivery-report'),
  text: null,
  make(sender, sentAtMs) {
    const at = seoulTime(sentAtMs);
    const recipient = nationalAddress(sender);
    const tpdu = encodeStatusReport({ reference: 7, recipient, sentAt: at, dischargedAt: at, status: 0 });
    return [{ tpdu, report: false, messageClass: null }];
  },
};

export const silent: OddText = {
  name: 'silent',
  outcome: notice('silent'),
  text: null,
  make: (sender, sentAtMs) => composeText({ sender, text: '', sentAtMs, pid: 0x40 }),
};

/** Ends in the middle of its user data. */
export const torn: OddText = {
  name: 'undecodable',
  outcome: undecodable,
  text: null,
  make: (sender, sentAtMs) =>
    composeText({ sender, text: hall, sentAtMs }).map(({ tpdu }) => ({
      tpdu: tpdu.subarray(0, tpdu.length - 5),
    })),
};

const operator: OddText = {
  name: 'operator',
  outcome: notice('operator'),
  text: null,
  make: (_sender, sentAtMs) => composeText({ sender: 'VISITLOG', text: '요금 안내 문자입니다', sentAtMs }),
};

/** Compressed text (TP-DCS 20) cannot be decoded. */
export const compressed: OddText = {
  name: 'compressed',
  outcome: undecodable,
  text: null,
  make: (sender, sentAtMs) => [
    {
      tpdu: encodeDeliver({
        sender: nationalAddress(sender),
        sentAt: seoulTime(sentAtMs),
        dcs: 0x20,
        payload: { octets: Uint8Array.of(0x12, 0x34, 0x56) },
      }),
    },
  ],
};

/** What comes among visitors' texts every day. */
export const everyday: readonly OddText[] = [
  words('greeting', '안녕하세요'),
  words('wrong-number', '031-024-2114'),
  words('private-number', '일행 010-4000-0000'),
  words('price', '커피 15,000원'),
  words('empty', ''),
  torn,
  mmsPush,
  deliveryReport,
  silent,
  operator,
];
