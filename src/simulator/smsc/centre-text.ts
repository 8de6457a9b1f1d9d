import { type FieldsOf, tag } from '../../smpp/pdu-table.ts';
import { concatOf } from '../../sms/elements.ts';
import { decodePdu as decodeSms } from '../../sms/pdu.ts';
import { encodeUdh } from '../../sms/udh.ts';
import { septetsOf, type UserData } from '../../sms/user-data.ts';
import type { OutgoingText } from '../sent-text.ts';

/** What a centre hands over with one deliver_sm. */
export interface CentreText {
  readonly fields: Partial<FieldsOf<'deliver_sm'>>;
  readonly optionals: readonly (readonly [tag: number, value: Uint8Array])[];
}

/** How a centre hands over the parts of a long text. */
export type PartForm = 'udh' | 'sar';

const headed = 0x40;
const receipt = 0x04;
const codings: Readonly<Record<string, number>> = { gsm7: 0, '8bit': 4, ucs2: 8, ksc5601: 14 };

/** A text of the network as a centre hands it over; null for what no centre would: a draft, or half a PDU. */
export function centreTextOf(text: OutgoingText, form: PartForm = 'udh'): CentreText | null {
  if (!('tpdu' in text)) return null;
  const decoded = decodeSms(text.tpdu, { smsc: false });
  if (!decoded.ok || decoded.value.tpdu.type === 'submit') return null;
  const { tpdu } = decoded.value;
  const address = tpdu.type === 'deliver' ? tpdu.sender : tpdu.recipient;
  const place = form === 'sar' ? concatOf(tpdu.udh) : null;
  const elements = (tpdu.udh?.elements ?? []).filter(
    ({ id }) => place === null || (id !== 0x00 && id !== 0x08),
  );
  const header = elements.length === 0 ? new Uint8Array() : headerOf(encodeUdh(elements));
  const { octet, alphabet } = tpdu.dcs;
  return {
    fields: {
      source_addr_ton: address.ton,
      source_addr_npi: address.npi,
      source_addr: address.value,
      dest_addr_ton: 2,
      dest_addr_npi: 1,
      destination_addr: '0313242900',
      esm_class: (header.length === 0 ? 0 : headed) | (tpdu.type === 'deliver' ? 0 : receipt),
      protocol_id: tpdu.pid ?? 0,
      // What is more than an alphabet passes through, as it does at some carriers.
      data_coding: octet < 0x10 ? (codings[alphabet] ?? 0) : octet,
      short_message: Uint8Array.of(...header, ...unitsOf(tpdu.userData, alphabet === 'gsm7')),
    },
    optionals:
      place === null
        ? []
        : [
            [tag.sarReference, Uint8Array.of(place.ref >> 8, place.ref & 0xff)],
            [tag.sarTotal, Uint8Array.of(place.total)],
            [tag.sarSequence, Uint8Array.of(place.seq)],
          ],
  };
}

function headerOf(octets: Uint8Array): Uint8Array {
  return Uint8Array.of(octets.length, ...octets);
}

/** Septets travel one an octet (SMPP 3.4 has no packing of its own). */
function unitsOf(userData: UserData | null, inSeptets: boolean): Uint8Array {
  if (userData === null) return new Uint8Array();
  return inSeptets ? septetsOf(userData) : userData.octets;
}

/** The same text in `message_payload`. */
export function inPayload({ fields, optionals }: CentreText): CentreText {
  const { short_message: body = new Uint8Array(), ...rest } = fields;
  return { fields: rest, optionals: [...optionals, [tag.messagePayload, body]] };
}
