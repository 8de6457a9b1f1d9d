import { ByteReader, parseHex } from '../base/bytes.ts';
import { AppError } from '../base/errors.ts';
import { type Address, decodeAddress } from './address.ts';
import { contentOf } from './content.ts';
import { type Dcs, decodeDcs } from './dcs.ts';
import { textOfOctets } from './octet-text.ts';
import { type DecodeOptions, skipSmsc } from './pdu.ts';
import { decodeTimestamp, type Timestamp, timestampOctets } from './scts.ts';
import { readTextMode } from './text-mode.ts';
import { decodeUserData } from './user-data.ts';

/** What was read of a received text up to its first fault; null is what was not reached, or is not a text. */
export interface PartlyRead {
  readonly sender: Address | null;
  readonly pid: number | null;
  readonly dcs: Dcs | null;
  readonly sentAt: Timestamp | null;
  /** The words as far as they came. */
  readonly text: string | null;
}

const nothing: PartlyRead = { sender: null, pid: null, dcs: null, sentAt: null, text: null };

/**
 * Reads what a modem printed of an SMS-DELIVER as far as it goes: a PDU that is cut off, or has octets that are not
 * hexadecimal, or the header and the words of text mode. All readings that are possible, the likeliest first; none is
 * proven. Never throws for what is printed.
 */
export function readPartly(print: string, { tpduLength = null }: DecodeOptions = {}): readonly PartlyRead[] {
  const textMode = readTextMode(print);
  if (textMode !== null) return [textMode];
  const octets = parseHex(/^(?:[0-9A-Fa-f]{2})*/.exec(print)?.[0] ?? '') ?? new Uint8Array();
  const isBare = tpduLength !== null && (tpduLength === 0 || tpduLength >= octets.length);
  return (isBare ? [false, true] : [true, false]).map((hasSmsc) => readDeliver(octets, hasSmsc));
}

function readDeliver(octets: Uint8Array, hasSmsc: boolean): PartlyRead {
  const reader = new ByteReader(octets);
  const read = { ...nothing } as { -readonly [Field in keyof PartlyRead]: PartlyRead[Field] };
  try {
    if (hasSmsc) skipSmsc(reader);
    const first = reader.octet('deliver.first-octet');
    const type = first & 3;
    // A draft and a report have no sender.
    if (type === 1 || type === 2) return nothing;
    const isAddress = ((octets[reader.offset + 1] ?? 0) & 0x80) !== 0;
    if (!isAddress) return nothing;
    read.sender = decodeAddress(reader, 'deliver.sender');
    read.pid = reader.octet('deliver.pid');
    read.dcs = decodeDcs(reader.octet('deliver.dcs'));
    read.sentAt = decodeTimestamp(reader.take(timestampOctets, 'deliver.sent-at'));
    read.text = readWords(reader, read.dcs, (first & 0x40) !== 0);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
  }
  return read;
}

/** TP-UDL is taken for what is there if it says more. */
function readWords(reader: ByteReader, dcs: Dcs, headed: boolean): string | null {
  const said = reader.octet('deliver.user-data');
  const rest = reader.rest();
  if (dcs.compressed) return null;
  const there = dcs.alphabet === 'gsm7' ? Math.floor((rest.length * 8) / 7) : rest.length;
  const whole = new ByteReader(Uint8Array.of(Math.min(said, there), ...rest));
  const { text, data } = contentOf({ dcs, ...decodeUserData(whole, dcs, headed, 'deliver.user-data') });
  return text ?? (data === null ? null : textOfOctets(data));
}
