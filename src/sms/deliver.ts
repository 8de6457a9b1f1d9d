import type { ByteReader } from '../base/bytes.ts';
import { type Address, decodeAddress, encodeAddress } from './address.ts';
import { type Dcs, readDcs } from './dcs.ts';
import { decodeTimestamp, type Timestamp, timestampOctets } from './scts.ts';
import type { Udh, UdhElement } from './udh.ts';
import { decodeUserData, encodeUserData, type Payload, type UserData } from './user-data.ts';

/** A text for this phone (3GPP TS 23.040 §9.2.2.1). */
export interface Deliver {
  readonly type: 'deliver';
  /** TP-OA: the number that the network vouches for. */
  readonly sender: Address;
  /** TP-PID, 0–255. */
  readonly pid: number;
  readonly dcs: Dcs;
  /** TP-SCTS. */
  readonly sentAt: Timestamp;
  /** TP-MMS: the service centre holds more for this phone. */
  readonly moreMessages: boolean;
  /** TP-LP: forwarded or spawned; no message may be sent in reaction to it. */
  readonly loopPrevention: boolean;
  /** TP-SRI: the sender asked for a report. */
  readonly statusReportIndication: boolean;
  /** TP-RP. */
  readonly replyPath: boolean;
  readonly udh: Udh | null;
  readonly userData: UserData;
}

/** Reads a SMS-DELIVER; the reader stands on its first octet. Throws as `decodeTpdu`. */
export function decodeDeliver(reader: ByteReader): Deliver {
  const first = reader.octet('deliver.first-octet');
  const sender = decodeAddress(reader, 'deliver.sender');
  const pid = reader.octet('deliver.pid');
  const dcs = readDcs(reader, 'deliver.dcs');
  const sentAt = decodeTimestamp(reader.take(timestampOctets, 'deliver.sent-at'));
  const { udh, userData } = decodeUserData(reader, dcs, (first & 0x40) !== 0, 'deliver.user-data');
  return {
    type: 'deliver',
    sender,
    pid,
    dcs,
    sentAt,
    // The bit means "no more messages".
    moreMessages: (first & 0x04) === 0,
    loopPrevention: (first & 0x08) !== 0,
    statusReportIndication: (first & 0x20) !== 0,
    replyPath: (first & 0x80) !== 0,
    udh,
    userData,
  };
}

export interface DeliverFields {
  readonly sender: Address;
  /** TP-SCTS, as `encodeTimestamp` gives it. */
  readonly sentAt: Uint8Array;
  /** TP-DCS octet. */
  readonly dcs: number;
  readonly payload: Payload;
  /** Elements of the header; null or left out: no header. */
  readonly elements?: readonly UdhElement[] | null;
  readonly pid?: number;
  readonly moreMessages?: boolean;
  readonly loopPrevention?: boolean;
  readonly statusReportIndication?: boolean;
  readonly replyPath?: boolean;
}

/** The TPDU of a SMS-DELIVER. */
export function encodeDeliver(fields: DeliverFields): Uint8Array {
  const elements = fields.elements ?? null;
  const first =
    (fields.moreMessages ? 0 : 0x04) |
    (fields.loopPrevention ? 0x08 : 0) |
    (fields.statusReportIndication ? 0x20 : 0) |
    (elements === null ? 0 : 0x40) |
    (fields.replyPath ? 0x80 : 0);
  return Uint8Array.of(
    first,
    ...encodeAddress(fields.sender),
    fields.pid ?? 0,
    fields.dcs,
    ...fields.sentAt,
    ...encodeUserData(elements, fields.payload),
  );
}
