import { minuteMs } from '../../base/amounts.ts';
import { formatHex, parseHex } from '../../base/bytes.ts';
import { contentOf } from '../../sms/content.ts';
import type { Deliver } from '../../sms/deliver.ts';
import { decodePdu } from '../../sms/pdu.ts';
import { encodeUcs2 } from '../../sms/ucs2.ts';

/** A text as text mode prints it (TS 27.005 §3.1): <oa>, <scts> and <data>. */
export interface TextForm {
  readonly sender: string;
  readonly time: string;
  readonly data: string;
}

const international = 1;

/** In the character set that the host has chosen; null for what is no text for the phone, such as a draft. */
export function textFormOf(pdu: string, cscs: string): TextForm | null {
  const deliver = deliverOf(pdu);
  if (deliver === null) return null;
  const { sender, sentAt } = deliver;
  const number = `${sender.ton === international ? '+' : ''}${sender.value}`;
  return {
    sender: cscs === 'UCS2' ? ucs2Hex(number) : number,
    time: encodeTimestampText(sentAt.epochMs ?? 0),
    data: dataOf(deliver, cscs),
  };
}

function deliverOf(pdu: string): Deliver | null {
  const octets = parseHex(pdu);
  const decoded = octets && decodePdu(octets, { smsc: true });
  return decoded?.ok && decoded.value.tpdu.type === 'deliver' ? decoded.value.tpdu : null;
}

/** Only the 7-bit alphabet is converted into the host's set; of other alphabets the octets are printed. */
function dataOf(deliver: Deliver, cscs: string): string {
  const { alphabet, text, data } = contentOf(deliver);
  if (text === null) return formatHex(data ?? new Uint8Array());
  if (cscs === 'UCS2' || alphabet === 'ucs2') return ucs2Hex(text);
  if (alphabet !== 'gsm7') return formatHex(octetsOf(deliver));
  return text.replace(/[\r\n]/g, ' ');
}

function octetsOf({ userData }: Deliver): Uint8Array {
  return userData.octets;
}

function ucs2Hex(text: string): string {
  return formatHex(encodeUcs2(text));
}

/** Korea's zone in quarters of an hour, as time stamps in text have it. */
const quarters = 36;

/** `26/11/23,14:00:00+36`: a local time with its zone (TS 27.007 §8.15, TS 27.005 §3.1 <dt>). */
export function encodeTimestampText(epochMs: number): string {
  const local = new Date(epochMs + quarters * 15 * minuteMs).toISOString();
  return `${local.slice(2, 10).replaceAll('-', '/')},${local.slice(11, 19)}+${quarters}`;
}
