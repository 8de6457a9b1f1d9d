import { createHash } from 'node:crypto';
import { formatHex } from '../base/bytes.ts';
import { unreadableMark } from '../base/carrier-port.ts';
import { type DecodedPdu, encodePdu } from './codec.ts';
import { type DefaultAlphabet, keptFormOf } from './kept-form.ts';
import { commandStatus, commands } from './pdu-table.ts';

/** A PDU that has come. */
export interface Came {
  readonly pdu: Buffer;
  readonly atMs: number;
  /** Among those of the link, from 1. */
  readonly place: number;
}

/** A text that has come and is not answered. */
export interface Incoming {
  readonly command: 'deliver_sm' | 'data_sm';
  readonly sequence: number;
  readonly came: Came;
  /** What the register keeps, and what tells it from others. */
  readonly kept: string;
  readonly key: string;
  /** The status of the answer once it is on disk: not 0 for what cannot be read. */
  readonly status: number;
  /** The field that cannot be read; null for a text that can. */
  readonly refusedAt: string | null;
}

/** The text in a PDU, also one that cannot be read: that is kept as it came. Null: it has no text. */
export function incomingOf(decoded: DecodedPdu, came: Came, alphabet: DefaultAlphabet): Incoming | null {
  if (decoded.ok) {
    const { pdu } = decoded;
    if (pdu.command !== 'deliver_sm' && pdu.command !== 'data_sm') return null;
    const { command, sequence } = pdu;
    const kept = keptFormOf(pdu, alphabet);
    if (kept === null)
      return unreadable({ command, sequence }, came, commandStatus.invalidMessageLength, 'short_message');
    const key = digestOf(`${pdu.fields.destination_addr}\n${kept}`);
    return { command, sequence, came, kept, key, status: commandStatus.ok, refusedAt: null };
  }
  const { id, sequence, status, path } = decoded.error;
  const command = (['deliver_sm', 'data_sm'] as const).find((each) => commands[each].id === id);
  return command === undefined ? null : unreadable({ command, sequence }, came, status, path);
}

function unreadable(
  header: Pick<Incoming, 'command' | 'sequence'>,
  came: Came,
  status: number,
  path: string,
): Incoming {
  const kept = `${unreadableMark}${formatHex(came.pdu)}`;
  // Its sequence number differs when it comes again.
  return { ...header, came, kept, key: digestOf(came.pdu.subarray(16)), status, refusedAt: path };
}

export function answerOf({ command, sequence }: Incoming, status: number): Buffer {
  return encodePdu(`${command}_resp`, { sequence, status });
}

/** In memory alone: what the register knows a text by is keyed. */
function digestOf(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('base64');
}
