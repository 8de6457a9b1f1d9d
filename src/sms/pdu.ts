import { ByteReader, parseHex } from '../base/bytes.ts';
import { AppError, fault } from '../base/errors.ts';
import { type Address, addressAt, encodeAddress } from './address.ts';
import { type Deliver, decodeDeliver } from './deliver.ts';
import { decodeStatusReport, type StatusReport } from './status-report.ts';
import { decodeSubmit, type Submit } from './submit.ts';

/**
 * Skips the service centre's address before a TPDU, with its length in octets (3GPP TS 24.011 §8.2.5.1, TS 27.005
 * §3.1). Throws `pdu.truncated`.
 */
export function skipSmsc(reader: ByteReader): void {
  const length = reader.octet('smsc');
  if (length === 0) return;
  reader.octet('smsc');
  reader.skip(length - 1, 'smsc');
}

/** The address in the field that `skipSmsc` skips. Null for length 0. */
function smscAt(bytes: Uint8Array): Address | null {
  const [length = 0, typeOfAddress = 0] = bytes;
  return length === 0 ? null : addressAt(bytes, 2, (length - 1) * 2, typeOfAddress);
}

/** The field before a TPDU; null is the single octet 00. */
function encodeSmsc(address: Pick<Address, 'ton' | 'npi' | 'value'> | null): Uint8Array {
  if (address === null) return Uint8Array.of(0);
  const field = encodeAddress(address);
  return Uint8Array.of(field.length - 1, ...field.subarray(1));
}

export type Tpdu = Deliver | Submit | StatusReport;

/**
 * The TPDU that the reader stands on, by TP-MTI (3GPP TS 23.040 §9.2.3.1): 00 deliver, 01 submit, 10 status report,
 * 11 reserved, to be taken as deliver.
 *
 * The same TP-MTI means other things in the other direction (deliver report, submit report, command). Those three
 * are exchanged between phone and network and never reach a modem's memory or its serial line (TS 27.005 §3.1:
 * `<pdu>` there is a deliver, a submit or a status report), so TP-MTI alone decides.
 * Throws `pdu.truncated`, `udh.overrun`, `dcs.compressed`.
 */
export function decodeTpdu(reader: ByteReader): Tpdu {
  switch ((reader.bytes[reader.offset] ?? 0) & 3) {
    case 1:
      return decodeSubmit(reader);
    case 2:
      return decodeStatusReport(reader);
    default:
      return decodeDeliver(reader);
  }
}

export interface Pdu {
  readonly tpdu: Tpdu;
  /** The octets that it was read from. */
  readonly bytes: Uint8Array;
  /** Offsets of the TPDU in them; it ends after the user data, before any padding. */
  readonly start: number;
  readonly end: number;
}

export interface DecodeOptions {
  /** The PDU begins with the service centre's address, as modems print it; default true. */
  readonly smsc?: boolean;
  /** Octets after that address, as the modem announced them. */
  readonly tpduLength?: number | null;
}

/** What was read, or the one fault; its facts name the field (`path`) and the octet where reading failed. */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AppError };

/**
 * A PDU as modems print it (3GPP TS 27.005 §3.1): service centre, TPDU; what follows the TPDU is padding.
 * Never throws. The announced length matters only if it shows that the service centre was left out (it is the length of
 * all octets, and they are exactly a TPDU); otherwise the octets decide. Android's modem announces every text with
 * length 0, and without a service centre.
 */
export function decodePdu(pdu: Uint8Array, options: DecodeOptions = {}): Decoded<Pdu> {
  if (options.smsc === false) return attempt(pdu, false);
  if (options.tpduLength === pdu.length) {
    const whole = attempt(pdu, false);
    if (whole.ok && whole.value.end === pdu.length) return whole;
  }
  if (options.tpduLength === 0 && beginsWithDeliver(pdu)) {
    const bare = attempt(pdu, false);
    if (bare.ok) return bare;
  }
  return attempt(pdu, true);
}

/**
 * An SMS-DELIVER at the first octet: digits of the sender, at most 20, then a type of number, whose highest bit is 1
 * (3GPP TS 23.040 §9.1.2.5). Behind a service centre these two places hold a type and digits, or an octet and digits.
 */
function beginsWithDeliver(pdu: Uint8Array): boolean {
  return ((pdu[0] ?? 1) & 0x03) === 0 && (pdu[1] ?? 0xff) <= 20 && ((pdu[2] ?? 0) & 0x80) !== 0;
}

function attempt(pdu: Uint8Array, hasSmsc: boolean): Decoded<Pdu> {
  const reader = new ByteReader(pdu);
  try {
    if (hasSmsc) skipSmsc(reader);
    const start = reader.offset;
    const tpdu = decodeTpdu(reader);
    return { ok: true, value: { tpdu, bytes: pdu, start, end: reader.offset } };
  } catch (thrown) {
    if (thrown instanceof AppError) return { ok: false, error: thrown };
    throw thrown;
  }
}

/** The service centre, or null if the field is empty or missing. */
export function smscOf({ bytes, start }: Pdu): Address | null {
  return start === 0 ? null : smscAt(bytes);
}

/** The TPDU from its first octet to the end of the user data. */
export function tpduOctets({ bytes, start, end }: Pdu): Uint8Array {
  return bytes.subarray(start, end);
}

/** As `decodePdu`, from hexadecimal; any other text is the fault `pdu.hex`. */
export function decodePduHex(hex: string, options: DecodeOptions = {}): Decoded<Pdu> {
  const pdu = parseHex(hex);
  if (pdu) return decodePdu(pdu, options);
  const octet = Math.floor(/^[0-9A-Fa-f]*/.exec(hex)?.[0].length ?? 0) >> 1;
  return { ok: false, error: fault('pdu.hex', { path: 'pdu', octet }) };
}

/** A TPDU behind its service centre's address (null: the field is 00), as a modem prints it. */
export function encodePdu(smsc: Pick<Address, 'ton' | 'npi' | 'value'> | null, tpdu: Uint8Array): Uint8Array {
  return Uint8Array.of(...encodeSmsc(smsc), ...tpdu);
}
