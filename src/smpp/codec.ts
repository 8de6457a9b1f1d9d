import {
  type CommandName,
  commandOf,
  commandStatus,
  commands,
  type Field,
  type FieldsOf,
} from './pdu-table.ts';

/** Octets of the header: length, id, status and sequence number of a command (§3.2). */
export const headerOctets = 16;

/** Optional parameters by tag; of two alike the first counts. */
export type Optionals = ReadonlyMap<number, Uint8Array>;

export type Pdu = {
  readonly [C in CommandName]: {
    readonly command: C;
    readonly status: number;
    /** 1 to 0x7FFFFFFF by the standard; any 32 bits are read. */
    readonly sequence: number;
    readonly fields: FieldsOf<C>;
    readonly optionals: Optionals;
  };
}[CommandName];

export type PduOf<C extends CommandName> = Extract<Pdu, { readonly command: C }>;

/** The header of a PDU that cannot be read, and what is to be answered. */
export interface Unreadable {
  readonly id: number;
  readonly sequence: number;
  /** The `command_status` of the answer. */
  readonly status: number;
  /** What is wrong: `command`, or the name of the parameter. */
  readonly path: string;
}

export type DecodedPdu =
  | { readonly ok: true; readonly pdu: Pdu }
  | { readonly ok: false; readonly error: Unreadable };

class Malformed {
  readonly path: string;
  readonly status: number;

  constructor(path: string, status: number) {
    this.path = path;
    this.status = status;
  }
}

/**
 * A PDU of exactly these octets, at least a header. Never throws. Every octet has to be accounted for: a parameter that is
 * cut short, lacks its NUL or is longer than the standard allows, and an optional one that runs past the end, make the
 * PDU unreadable.
 */
export function decodePdu(octets: Buffer): DecodedPdu {
  const id = octets.readUInt32BE(4);
  const status = octets.readUInt32BE(8);
  const sequence = octets.readUInt32BE(12);
  const command = commandOf(id);
  const failed = (path: string, answer: number): DecodedPdu => ({
    ok: false,
    error: { id, sequence, status: answer, path },
  });
  if (command === null) return failed('command', commandStatus.invalidCommandId);
  if (octets.readUInt32BE(0) !== octets.length)
    return failed('command_length', commandStatus.invalidCommandLength);
  try {
    const reader = new BodyReader(octets);
    // Some centres leave the body out of an answer, and of one that refuses all do (§4.1.2, §4.6.2).
    const isBare = octets.length === headerOctets && id >= 0x8000_0000;
    const fields = readFields(reader, commands[command].fields, !isBare);
    const optionals = reader.optionals();
    return { ok: true, pdu: { command, status, sequence, fields, optionals } as Pdu };
  } catch (thrown) {
    if (thrown instanceof Malformed) return failed(thrown.path, thrown.status);
    throw thrown;
  }
}

function readFields(
  reader: BodyReader,
  fields: readonly Field[],
  isThere: boolean,
): Record<string, number | string | Uint8Array> {
  const values: Record<string, number | string | Uint8Array> = {};
  for (const field of fields) {
    if (field.kind === 'integer') values[field.name] = isThere ? reader.octet(field.name) : 0;
    else if (field.kind === 'text') values[field.name] = isThere ? reader.text(field) : '';
    else values[field.name] = isThere ? reader.counted(field.name) : new Uint8Array();
  }
  return values;
}

class BodyReader {
  readonly #octets: Buffer;
  #at = headerOctets;

  constructor(octets: Buffer) {
    this.#octets = octets;
  }

  octet(path: string): number {
    const value = this.#octets[this.#at];
    if (value === undefined) throw new Malformed(path, commandStatus.invalidCommandLength);
    this.#at += 1;
    return value;
  }

  text({ name, most }: { readonly name: string; readonly most: number }): string {
    const end = this.#octets.indexOf(0, this.#at);
    if (end < 0) throw new Malformed(name, commandStatus.invalidCommandLength);
    if (end - this.#at >= most) throw new Malformed(name, commandStatus.invalidParameterLength);
    const value = this.#octets.toString('latin1', this.#at, end);
    this.#at = end + 1;
    return value;
  }

  counted(path: string): Uint8Array {
    const length = this.octet(path);
    const end = this.#at + length;
    if (end > this.#octets.length) throw new Malformed(path, commandStatus.invalidMessageLength);
    const value = this.#octets.subarray(this.#at, end);
    this.#at = end;
    return value;
  }

  /** Tag, length and value of each (§3.2.4.1), up to the end of the PDU. */
  optionals(): Optionals {
    const found = new Map<number, Uint8Array>();
    const { length } = this.#octets;
    while (this.#at < length) {
      if (this.#at + 4 > length) throw new Malformed('optional', commandStatus.invalidOptionalStream);
      const name = this.#octets.readUInt16BE(this.#at);
      const end = this.#at + 4 + this.#octets.readUInt16BE(this.#at + 2);
      if (end > length) throw new Malformed('optional', commandStatus.invalidOptionalStream);
      if (!found.has(name)) found.set(name, this.#octets.subarray(this.#at + 4, end));
      this.#at = end;
    }
    return found;
  }
}

/** Parameters that are left out are 0 or empty. */
export interface Encoding<C extends CommandName> {
  readonly sequence: number;
  readonly status?: number;
  readonly fields?: Partial<FieldsOf<C>>;
  readonly optionals?: Iterable<readonly [tag: number, value: Uint8Array]>;
}

/** The octets of a PDU. An answer that refuses has no body. */
export function encodePdu<C extends CommandName>(command: C, encoding: Encoding<C>): Buffer {
  const { id, fields } = commands[command];
  const { sequence, status = 0 } = encoding;
  const values = (encoding.fields ?? {}) as Readonly<Record<string, number | string | Uint8Array>>;
  const isBare = status !== 0 && id >= 0x8000_0000;
  const parts = isBare
    ? []
    : (fields as readonly Field[]).map((field) => encodeField(field, values[field.name]));
  for (const [name, value] of isBare ? [] : (encoding.optionals ?? []))
    parts.push(
      Buffer.from([name >> 8, name & 0xff, value.length >> 8, value.length & 0xff]),
      Buffer.from(value),
    );
  const header = Buffer.alloc(headerOctets);
  header.writeUInt32BE(headerOctets + parts.reduce((sum, { length }) => sum + length, 0), 0);
  header.writeUInt32BE(id, 4);
  header.writeUInt32BE(status, 8);
  header.writeUInt32BE(sequence, 12);
  return Buffer.concat([header, ...parts]);
}

function encodeField(field: Field, value: number | string | Uint8Array = defaultOf(field)): Buffer {
  if (typeof value === 'number') return Buffer.from([value]);
  if (typeof value === 'string') return Buffer.from(`${value}\0`, 'latin1');
  return Buffer.from([value.length, ...value]);
}

function defaultOf({ kind }: Field): number | string | Uint8Array {
  if (kind === 'integer') return 0;
  return kind === 'text' ? '' : new Uint8Array();
}
