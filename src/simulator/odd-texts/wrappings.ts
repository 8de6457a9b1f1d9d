import { parseAddress } from '../../sms/address.ts';
import { concatElement, portsElement } from '../../sms/elements.ts';
import { encodeGsm7 } from '../../sms/gsm7.ts';
import { encodeKsc5601 } from '../../sms/ksc5601.ts';
import type { OutgoingText } from '../sent-text.ts';
import { compressed } from './everyday.ts';
import { hall, hallVisit, notice, type OddText, oddPart, part, unresolved } from './odd-text.ts';

const ports = portsElement({ destination: 5_000, source: 5_000, bits: 16 });
const unknownElement = { id: 0x70, octets: Uint8Array.of(1, 2, 3) };
const onlyPart = concatElement({ ref: 9, bits: 8, total: 1, seq: 1 });

/** A header whose first element claims more octets than the header has. */
function overrun(sender: string, sentAtMs: number): readonly OutgoingText[] {
  const { tpdu } = part(sender, sentAtMs, { elements: [onlyPart] });
  const broken = Uint8Array.from(tpdu);
  const elementLength = broken.length - hall.length * 2 - 4;
  broken[elementLength] = 9;
  return [{ tpdu: broken }];
}

/** User data headers in unusual forms (TS 23.040 §9.2.3.24). */
export const headers: readonly OddText[] = [
  oddPart('one-of-one', hallVisit, { elements: [onlyPart] }),
  oddPart('unknown-element', hallVisit, { elements: [unknownElement] }),
  oddPart('element-before', hallVisit, { elements: [unknownElement, onlyPart] }),
  oddPart('ports', hallVisit, { elements: [ports] }),
  oddPart('no-sequence', hallVisit, { elements: [{ id: 0, octets: Uint8Array.of(9, 0, 0) }] }),
  { name: 'overrun', outcome: hallVisit, text: hall, make: overrun },
];

const septets = { septets: encodeGsm7(hall) };
const hallOctets = { octets: encodeKsc5601(hall) };
const named = `용인시청 ${hall}`;
const notText = { octets: Uint8Array.of(0x00, 0x01, 0x80, 0xff, 0x1b) };

/** TP-DCS of every group (TS 23.038 §4), with the same number in all of them. */
export const codings: readonly OddText[] = [
  ...[0x00, 0x10, 0x11, 0x13, 0xf0, 0xf1].map((dcs) =>
    oddPart(`gsm7-${dcs.toString(16)}`, hallVisit, { dcs, payload: septets }),
  ),
  ...[0x08, 0x18, 0x19].map((dcs) => oddPart(`ucs2-${dcs.toString(16)}`, hallVisit, { dcs })),
  oddPart('ksc5601-84', hallVisit, { dcs: 0x84, payload: hallOctets }),
  ...[0x04, 0x15, 0xf5].map((dcs) =>
    oddPart(`8bit-${dcs.toString(16)}`, hallVisit, { dcs, payload: hallOctets }),
  ),
  oddPart('8bit-cp949', hallVisit, { dcs: 0xf4, payload: { octets: encodeKsc5601(named) } }, named),
  oddPart('8bit-utf8', hallVisit, { dcs: 0xf7, payload: { octets: new TextEncoder().encode(named) } }, named),
  oddPart('8bit-ucs2', hallVisit, { dcs: 0xf6 }),
  oddPart('8bit-not-text', unresolved, { dcs: 0x04, payload: notText }, null),
  oddPart('8bit-port', notice('data'), { dcs: 0x04, elements: [ports], payload: hallOctets }, null),
  oddPart('waiting-c8', notice('message-waiting'), { dcs: 0xc8, payload: septets }, null),
  oddPart('waiting-d8', notice('message-waiting'), { dcs: 0xd8, payload: septets }, null),
  oddPart('waiting-e8', notice('message-waiting'), { dcs: 0xe8 }, null),
  compressed,
];

const from = (text: string, ton?: number): { sender: ReturnType<typeof parseAddress> } => ({
  sender: parseAddress(text, ton),
});

/** TP-OA of every kind. */
export const senders: readonly OddText[] = [
  oddPart('name', notice('operator'), from('VISITLOG'), null),
  oddPart('odd-name', notice('operator'), from('Yongin'), null),
  oddPart('short-code', notice('operator'), from('1234'), null),
  oddPart('service-code', notice('operator'), from('*123#'), null),
  oddPart('nobody', notice('anonymous'), from('', 0), null),
  oddPart('unknown-type', hallVisit, from('01020990000', 0)),
  oddPart('international', hallVisit, from('+821020980000')),
];
