import type { ByteReader } from '../base/bytes.ts';
import { type Address, decodeAddress, encodeAddress } from './address.ts';
import { type Dcs, decodeDcs, readDcs } from './dcs.ts';
import { decodeTimestamp, type Timestamp, timestampOctets } from './scts.ts';
import type { Udh, UdhElement } from './udh.ts';
import { decodeUserData, encodeUserData, type Payload, type UserData } from './user-data.ts';

/** The outcome of a text that was sent (3GPP TS 23.040 §9.2.2.3). */
export interface StatusReport {
  readonly type: 'status-report';
  /** TP-MR of the text reported on, 0–255. */
  readonly reference: number;
  /** TP-RA. */
  readonly recipient: Address;
  /** TP-SCTS: when the service centre got the text. */
  readonly sentAt: Timestamp;
  /** TP-DT: when it was delivered or abandoned. */
  readonly dischargedAt: Timestamp;
  /** TP-ST, 0–255; below 32 it was delivered (§9.2.3.15). */
  readonly status: number;
  readonly moreMessages: boolean;
  readonly loopPrevention: boolean;
  /** TP-SRQ: it answers a SMS-COMMAND. */
  readonly commandReport: boolean;
  /** Null if TP-PI does not announce it. */
  readonly pid: number | null;
  /** 00 if TP-PI does not announce it. */
  readonly dcs: Dcs;
  readonly udh: Udh | null;
  /** Null if TP-PI does not announce it. */
  readonly userData: UserData | null;
}

const hasPid = 0x01;
const hasDcs = 0x02;
const hasUserData = 0x04;

/** Reads a SMS-STATUS-REPORT; the reader stands on its first octet. Throws as `decodeTpdu`. */
export function decodeStatusReport(reader: ByteReader): StatusReport {
  const first = reader.octet('status-report.first-octet');
  const mandatory = {
    reference: reader.octet('status-report.reference'),
    recipient: decodeAddress(reader, 'status-report.recipient'),
    sentAt: decodeTimestamp(reader.take(timestampOctets, 'status-report.sent-at')),
    dischargedAt: decodeTimestamp(reader.take(timestampOctets, 'status-report.discharged-at')),
    status: reader.octet('status-report.status'),
  };
  const optional = decodeOptional(first, reader);
  return {
    type: 'status-report',
    ...mandatory,
    moreMessages: (first & 0x04) === 0,
    loopPrevention: (first & 0x08) !== 0,
    commandReport: (first & 0x20) !== 0,
    ...optional,
  };
}

function decodeOptional(
  first: number,
  reader: ByteReader,
): Pick<StatusReport, 'pid' | 'dcs' | 'udh' | 'userData'> {
  const none = { pid: null, dcs: decodeDcs(0), udh: null, userData: null };
  if (reader.remaining === 0) return none;
  const announced = reader.octet('status-report.parameters');
  // A modem that pads its memory with FF sets the reserved bits: nothing follows then.
  if (announced & ~(hasPid | hasDcs | hasUserData)) return none;
  const pid = announced & hasPid ? reader.octet('status-report.pid') : null;
  const dcs = announced & hasDcs ? readDcs(reader, 'status-report.dcs') : none.dcs;
  if (!(announced & hasUserData)) return { ...none, pid, dcs };
  const headed = (first & 0x40) !== 0;
  return { pid, dcs, ...decodeUserData(reader, dcs, headed, 'status-report.user-data') };
}

interface StatusReportFields {
  readonly reference: number;
  readonly recipient: Address;
  /** TP-SCTS, as `encodeTimestamp` gives it. */
  readonly sentAt: Uint8Array;
  /** TP-DT, likewise. */
  readonly dischargedAt: Uint8Array;
  readonly status: number;
  readonly moreMessages?: boolean;
  readonly loopPrevention?: boolean;
  readonly commandReport?: boolean;
  readonly pid?: number | null;
  /** TP-DCS octet; null or left out: not sent. */
  readonly dcs?: number | null;
  readonly elements?: readonly UdhElement[] | null;
  readonly payload?: Payload | null;
}

/** The TPDU of a SMS-STATUS-REPORT; TP-PI is left out if nothing follows it. */
export function encodeStatusReport(fields: StatusReportFields): Uint8Array {
  const elements = fields.elements ?? null;
  const first =
    0x02 |
    (fields.moreMessages ? 0 : 0x04) |
    (fields.loopPrevention ? 0x08 : 0) |
    (fields.commandReport ? 0x20 : 0) |
    (elements === null ? 0 : 0x40);
  return Uint8Array.of(
    first,
    fields.reference,
    ...encodeAddress(fields.recipient),
    ...fields.sentAt,
    ...fields.dischargedAt,
    fields.status,
    ...encodeOptional(fields, elements),
  );
}

function encodeOptional(fields: StatusReportFields, elements: readonly UdhElement[] | null): number[] {
  const pid = fields.pid ?? null;
  const dcs = fields.dcs ?? null;
  const payload = fields.payload ?? null;
  const announced =
    (pid === null ? 0 : hasPid) | (dcs === null ? 0 : hasDcs) | (payload === null ? 0 : hasUserData);
  if (announced === 0) return [];
  return [
    announced,
    ...(pid === null ? [] : [pid]),
    ...(dcs === null ? [] : [dcs]),
    ...(payload === null ? [] : encodeUserData(elements, payload)),
  ];
}
