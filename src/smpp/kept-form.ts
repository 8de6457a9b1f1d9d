import { formatHex } from '../base/bytes.ts';
import { parseAddress } from '../sms/address.ts';
import { decodeDcs, encodeDcs } from '../sms/dcs.ts';
import { cutAt, deliverLines } from '../sms/deliver-lines.ts';
import { callbackElement, concatElement, portsElement } from '../sms/elements.ts';
import { encodeGsm7, fitsGsm7 } from '../sms/gsm7.ts';
import { encodePdu } from '../sms/pdu.ts';
import { timestampOctets } from '../sms/scts.ts';
import { encodeStatusReport } from '../sms/status-report.ts';
import { encodeUcs2 } from '../sms/ucs2.ts';
import { decodeUdh, type UdhElement } from '../sms/udh.ts';
import type { Payload } from '../sms/user-data.ts';
import type { Optionals, PduOf } from './codec.ts';
import { tag } from './pdu-table.ts';

/*
 * A carrier's text is kept as the TPDU that a phone would have got on the air: the register, the commands of staff and
 * the decoder know one form. The centre's time (TP-SCTS) is not in SMPP; its octets are zeros, which are no time.
 */

/** What `data_coding` 0 means on this link (§5.2.19: "SMSC default alphabet"). */
export type DefaultAlphabet = 'gsm7' | 'latin1';

export type Text = Pick<PduOf<'deliver_sm'> | PduOf<'data_sm'>, 'command' | 'optionals'> & {
  readonly fields: PduOf<'data_sm'>['fields'] &
    Partial<Pick<PduOf<'deliver_sm'>['fields'], 'short_message' | 'protocol_id'>>;
};

const noTime = new Uint8Array(timestampOctets);
/** `esm_class` (§5.2.12): a header before the text, and the types of message that are no text of a person. */
const headed = 0x40;
const messageType = 0x3c;

/**
 * The TPDUs of a text, as a modem would print them, one a line; null if its parameters contradict each other, or it is
 * longer than 255 TPDUs or, as a part of a longer one, than one.
 */
export function keptFormOf(text: Text, alphabet: DefaultAlphabet): string | null {
  const body = bodyOf(text);
  if (body === null) return null;
  const { esm_class } = text.fields;
  const split = splitHeader(body, (esm_class & headed) !== 0);
  if (split === null) return null;
  const elements = elementsOf(split.elements, text.optionals);
  const { dcs, payload } = codingOf(text.fields.data_coding, split.rest, alphabet);
  if ((esm_class & messageType) !== 0) return reportOf(text, dcs, payload);
  return deliverLines({
    ...{ sender: senderOf(text), sentAt: noTime, dcs, payload, elements },
    pid: text.fields.protocol_id ?? 0,
  });
}

/** Only one of the two may hold it (§5.3.2.32). */
function bodyOf({ fields, optionals }: Text): Uint8Array | null {
  const short = fields.short_message ?? new Uint8Array();
  const payload = optionals.get(tag.messagePayload);
  if (payload === undefined) return short;
  return short.length === 0 ? payload : null;
}

function splitHeader(
  body: Uint8Array,
  isHeaded: boolean,
): { readonly elements: readonly UdhElement[]; readonly rest: Uint8Array } | null {
  if (!isHeaded) return { elements: [], rest: body };
  const end = 1 + (body[0] ?? body.length);
  if (end > body.length) return null;
  return { elements: decodeUdh(body.subarray(1, end)).elements, rest: body.subarray(end) };
}

/** What a phone would have found in the header; the header's own elements go before optional parameters. */
function elementsOf(own: readonly UdhElement[], optionals: Optionals): UdhElement[] {
  const elements = [...own];
  const has = (...ids: number[]) => own.some(({ id }) => ids.includes(id));
  const number = (name: number) => {
    const value = optionals.get(name);
    return value === undefined ? null : value.reduce((sum, octet) => sum * 256 + octet, 0);
  };
  const [ref, total, seq] = [number(tag.sarReference), number(tag.sarTotal), number(tag.sarSequence)];
  if (ref !== null && total !== null && seq !== null && total > 1 && !has(0x00, 0x08))
    elements.push(concatElement({ ref: ref & 0xffff, bits: 16, total: total & 0xff, seq: seq & 0xff }));
  const [destination, source] = [number(tag.destinationPort), number(tag.sourcePort)];
  if (destination !== null && !has(0x04, 0x05))
    elements.push(
      portsElement({ destination: destination & 0xffff, source: (source ?? 0) & 0xffff, bits: 16 }),
    );
  const callback = callbackOf(optionals.get(tag.callbackNumber));
  if (callback !== null && !has(0x22)) elements.push(callback);
  return elements;
}

/** `callback_num` (§5.3.2.36): a digit mode, type of number, numbering plan, digits. */
function callbackOf(value: Uint8Array | undefined): UdhElement | null {
  const [, ton = 0, , ...digits] = value ?? [];
  const number = String.fromCharCode(...digits).replace(/\D/g, '');
  return number === '' || number.length > 20 ? null : callbackElement(parseAddress(number, ton & 7));
}

/**
 * The TP-DCS and the units of a text by its `data_coding` (§5.2.19). Septets come one an octet. Octets that are not what
 * the coding says stay octets: the intake then looks for a text in them.
 */
function codingOf(
  coding: number,
  body: Uint8Array,
  alphabet: DefaultAlphabet,
): { readonly dcs: number; readonly payload: Payload } {
  const raw = { dcs: encodeDcs('8bit'), payload: { octets: body } };
  switch (coding) {
    case 0:
      return alphabet === 'latin1' ? wordsOf(body) : (septetsOf(encodeDcs('gsm7'), body) ?? raw);
    case 1:
    case 3:
      return wordsOf(body);
    case 8:
      return { dcs: encodeDcs('ucs2'), payload: { octets: body } };
    case 14:
      return { dcs: encodeDcs('ksc5601'), payload: { octets: body } };
  }
  const dcs = decodeDcs(coding);
  if (coding < 0x10 || dcs.compressed) return raw;
  return dcs.alphabet === 'gsm7'
    ? (septetsOf(coding, body) ?? raw)
    : { dcs: coding, payload: { octets: body } };
}

function septetsOf(
  dcs: number,
  body: Uint8Array,
): { readonly dcs: number; readonly payload: Payload } | null {
  return body.every((octet) => octet < 0x80) ? { dcs, payload: { septets: body } } : null;
}

/** ISO 8859-1, and ASCII as part of it. */
function wordsOf(body: Uint8Array): { readonly dcs: number; readonly payload: Payload } {
  const words = Buffer.from(body).toString('latin1');
  if (fitsGsm7(words)) return { dcs: encodeDcs('gsm7'), payload: { septets: encodeGsm7(words) } };
  return { dcs: encodeDcs('ucs2'), payload: { octets: encodeUcs2(words) } };
}

/** A number may have a plus, hyphens or blanks whatever its type says. */
function senderOf({ fields }: Text): ReturnType<typeof parseAddress> {
  const { source_addr: address, source_addr_ton: ton } = fields;
  const plain = address.replace(/[-. ()]/g, '');
  if (/^\+[0-9]+$/.test(plain)) return parseAddress(plain);
  if (/^[0-9*#abc]*$/.test(plain) && ton !== 5) return parseAddress(plain, ton & 7);
  return parseAddress(address, 5);
}

/** SC-specific (3GPP TS 23.040 §9.2.3.15): what the centre says is in the words. */
const notDelivered = 0x7f;
const deliveredState = 2;

/** A receipt and its like (§5.2.12): a notice, with the centre's words. */
function reportOf(text: Text, dcs: number, payload: Payload): string {
  const units = 'septets' in payload ? payload.septets : payload.octets;
  const isDelivered =
    text.optionals.get(tag.messageState)?.[0] === deliveredState ||
    Buffer.from(units).toString('latin1').includes('stat:DELIVRD');
  const words = units.subarray(0, cutAt);
  const report = encodeStatusReport({
    reference: 0,
    recipient: senderOf(text),
    sentAt: noTime,
    dischargedAt: noTime,
    status: isDelivered ? 0 : notDelivered,
    dcs,
    payload: 'septets' in payload ? { septets: words } : { octets: words },
  });
  return formatHex(encodePdu(null, report));
}
