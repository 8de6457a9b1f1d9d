import { formatHex } from '../base/bytes.ts';
import type { Address } from './address.ts';
import { encodeDeliver } from './deliver.ts';
import { concatElement, concatOf } from './elements.ts';
import { encodePdu } from './pdu.ts';
import type { UdhElement } from './udh.ts';
import type { Payload } from './user-data.ts';

/** A text that did not come on the air, as the fields of the TPDU that a phone would have got. */
export interface TextFields {
  readonly sender: Address;
  /** TP-SCTS; seven zeros are no time. */
  readonly sentAt: Uint8Array;
  readonly dcs: number;
  readonly pid?: number;
  readonly payload: Payload;
  readonly elements?: readonly UdhElement[];
}

/** TP-UDL is one octet. A text that is longer is cut into TPDUs of fewer units, with room for a header. */
const longest = 255;
export const cutAt = 240;
const mostParts = 255;

/**
 * A text as the register keeps it: its TPDUs, as a modem would print them, one a line. Null if it is longer than 255 TPDUs
 * or, as a part of a longer one, than one.
 */
export function deliverLines({
  sender,
  sentAt,
  dcs,
  pid = 0,
  payload,
  elements = [],
}: TextFields): string | null {
  const parts = partsOf(payload, elements);
  if (parts.length > mostParts || (parts.length > 1 && concatOf({ octets: sentAt, elements }) !== null))
    return null;
  return parts
    .map((part, index) => {
      const place = { ref: 0, bits: 8, total: parts.length, seq: index + 1 } as const;
      const all = parts.length > 1 ? [concatElement(place), ...elements] : elements;
      const tpdu = encodeDeliver({
        ...{ sender, sentAt, dcs, pid },
        payload: part,
        elements: all.length === 0 ? null : all,
      });
      return formatHex(encodePdu(null, tpdu));
    })
    .join('\n');
}

/** One, if the text fits behind its header. Never cut within a unit of UCS-2. */
function partsOf(payload: Payload, elements: readonly UdhElement[]): Payload[] {
  const isSeptets = 'septets' in payload;
  const units = isSeptets ? payload.septets : payload.octets;
  const header = headerOctets(elements);
  if (units.length + (isSeptets ? Math.ceil((header * 8) / 7) : header) <= longest) return [payload];
  const size = 2 * Math.floor((cutAt - header) / 2);
  const parts: Payload[] = [];
  for (let at = 0; at < units.length; at += size) {
    const part = units.subarray(at, at + size);
    parts.push(isSeptets ? { septets: part } : { octets: part });
  }
  return parts;
}

/** With the octet of its length. */
function headerOctets(elements: readonly UdhElement[]): number {
  return elements.length === 0 ? 0 : elements.reduce((sum, { octets }) => sum + 2 + octets.length, 1);
}
