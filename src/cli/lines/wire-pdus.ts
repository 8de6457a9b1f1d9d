import { formatHex } from '../../base/bytes.ts';
import type { WireMessage } from '../../daemon/wire/wire-message.ts';
import { decodePdu, type Optionals, type Pdu } from '../../smpp/codec.ts';
import { Frames } from '../../smpp/frames.ts';
import { tag } from '../../smpp/pdu-table.ts';
import type { Disguise } from './disguise-line.ts';
import type { ShownLine, Wire } from './wire-lines.ts';

/** Text parameters that are the city's and the carrier's own; all others may be a person's. */
const ownTexts = new Set(['system_id', 'system_type', 'service_type']);
/** A password is shown to nobody, for whatever reason. */
const secret = '········';
/** Optional parameters whose values tell of no person, by their standard's names (§5.3.2). */
const ownTags = new Map<number, string>([
  [tag.messageState, 'message_state'],
  [tag.sarReference, 'sar_msg_ref_num'],
  [tag.sarTotal, 'sar_total_segments'],
  [tag.sarSequence, 'sar_segment_seqnum'],
]);

/** The PDUs of a carrier's link, a line each. */
export class WirePdus implements Wire {
  readonly #with: Disguise;
  #frames = { host: new Frames(), modem: new Frames() };

  constructor(disguise: Disguise) {
    this.#with = disguise;
  }

  add({ atMs, source: by, octets }: Extract<WireMessage, { source: string }>): ShownLine[] {
    if (by === 'opened' || by === 'closed') {
      this.#frames = { host: new Frames(), modem: new Frames() };
      return [];
    }
    const lines: ShownLine[] = [];
    try {
      this.#frames[by].read(Buffer.from(octets, 'latin1'), (pdu) =>
        lines.push({ atMs, by, text: formatWirePdu(pdu, this.#with) }),
      );
    } catch {
      // Whoever begins to listen in the middle of a PDU finds the next one where the peer writes anew.
      lines.push({ atMs, by, text: `… ${octets.length} octets` });
    }
    return lines;
  }

  end(): ShownLine[] {
    return [];
  }
}

/** Its command, its sequence number, and what differs from 0 and from nothing, by the standard's names. */
export function formatWirePdu(octets: Buffer, disguise: Disguise): string {
  const decoded = decodePdu(octets);
  if (!decoded.ok) {
    const { id, sequence, path } = decoded.error;
    const hex = disguise.pdu(formatHex(octets.subarray(16)), null);
    return `0x${id.toString(16).padStart(8, '0')} ${sequence} cannot be read at ${path}: ${hex}`;
  }
  const { pdu } = decoded;
  const status = pdu.status === 0 ? [] : [`command_status=0x${pdu.status.toString(16).padStart(8, '0')}`];
  return [
    pdu.command,
    String(pdu.sequence),
    ...status,
    ...fieldsOf(pdu, disguise),
    ...optionalsOf(pdu, disguise),
  ].join(' ');
}

function fieldsOf({ fields }: Pdu, disguise: Disguise): string[] {
  return Object.entries(fields as Readonly<Record<string, number | string | Uint8Array>>).flatMap(
    ([name, value]) => {
      if (typeof value === 'number') return value === 0 ? [] : [`${name}=${value}`];
      if (value.length === 0) return [];
      if (name === 'password') return [`${name}=${secret}`];
      if (typeof value !== 'string') return [`${name}=${disguise.pdu(formatHex(value), null)}`];
      return [`${name}="${ownTexts.has(name) ? value : masked(value, disguise)}"`];
    },
  );
}

function optionalsOf({ optionals }: { readonly optionals: Optionals }, disguise: Disguise): string[] {
  return [...optionals].map(([number, value]) => {
    const own = ownTags.get(number);
    if (own !== undefined) return `${own}=${Buffer.from(value).readUIntBE(0, Math.min(value.length, 4))}`;
    const name =
      number === tag.messagePayload ? 'message_payload' : `0x${number.toString(16).padStart(4, '0')}`;
    return `${name}=${disguise.pdu(formatHex(value), null)}`;
  });
}

function masked(text: string, disguise: Disguise): string {
  return text.replace(/\d+|\D+/g, (found) =>
    /^\d/.test(found) ? disguise.digits(found) : found === '+' ? found : disguise.words(found),
  );
}
