import type { ByteReader } from '../base/bytes.ts';
import { type Address, decodeAddress, encodeAddress } from './address.ts';
import { type Dcs, readDcs } from './dcs.ts';
import type { Udh, UdhElement } from './udh.ts';
import { decodeUserData, encodeUserData, type Payload, type UserData } from './user-data.ts';
import { decodeValidity, encodeValidity, type Validity, validityFormat } from './validity.ts';

/** A text from this phone, or a draft in the modem's memory (3GPP TS 23.040 §9.2.2.2). */
export interface Submit {
  readonly type: 'submit';
  /** TP-MR, 0–255. */
  readonly reference: number;
  /** TP-DA. */
  readonly recipient: Address;
  readonly pid: number;
  readonly dcs: Dcs;
  /** TP-VP. */
  readonly validity: Validity;
  /** TP-RD. */
  readonly rejectDuplicates: boolean;
  /** TP-SRR. */
  readonly statusReportRequest: boolean;
  /** TP-RP. */
  readonly replyPath: boolean;
  /** TP-UDHI as received: some modems set it on an empty text, which has no header. */
  readonly headerIndicator: boolean;
  readonly udh: Udh | null;
  readonly userData: UserData;
}

/** Reads a SMS-SUBMIT; the reader stands on its first octet. Throws as `decodeTpdu`. */
export function decodeSubmit(reader: ByteReader): Submit {
  const first = reader.octet('submit.first-octet');
  const reference = reader.octet('submit.reference');
  const recipient = decodeAddress(reader, 'submit.recipient');
  const pid = reader.octet('submit.pid');
  const dcs = readDcs(reader, 'submit.dcs');
  const validity = decodeValidity(first, reader, 'submit.validity');
  const { udh, userData } = decodeUserData(reader, dcs, (first & 0x40) !== 0, 'submit.user-data');
  return {
    type: 'submit',
    reference,
    recipient,
    pid,
    dcs,
    validity,
    rejectDuplicates: (first & 0x04) !== 0,
    statusReportRequest: (first & 0x20) !== 0,
    replyPath: (first & 0x80) !== 0,
    headerIndicator: (first & 0x40) !== 0,
    udh,
    userData,
  };
}

interface SubmitFields {
  readonly recipient: Address;
  /** TP-DCS octet. */
  readonly dcs: number;
  readonly payload: Payload;
  readonly elements?: readonly UdhElement[] | null;
  readonly reference?: number;
  readonly pid?: number;
  readonly validity?: Validity;
  readonly rejectDuplicates?: boolean;
  readonly statusReportRequest?: boolean;
  readonly replyPath?: boolean;
  /** Sets TP-UDHI even without elements. */
  readonly headerIndicator?: boolean;
}

/** The TPDU of a SMS-SUBMIT. */
export function encodeSubmit(fields: SubmitFields): Uint8Array {
  const elements = fields.elements ?? null;
  const validity = fields.validity ?? { format: 'none' };
  const first =
    0x01 |
    (fields.rejectDuplicates ? 0x04 : 0) |
    validityFormat(validity) |
    (fields.statusReportRequest ? 0x20 : 0) |
    (elements !== null || fields.headerIndicator ? 0x40 : 0) |
    (fields.replyPath ? 0x80 : 0);
  return Uint8Array.of(
    first,
    fields.reference ?? 0,
    ...encodeAddress(fields.recipient),
    fields.pid ?? 0,
    fields.dcs,
    ...encodeValidity(validity),
    ...encodeUserData(elements, fields.payload),
  );
}
