import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatHex } from '../../src/base/bytes.ts';
import { decodePdu, type Encoding, encodePdu } from '../../src/smpp/codec.ts';
import type { CommandName } from '../../src/smpp/pdu-table.ts';
import { departuresOf } from '../smpp/standard.ts';

interface SmppVector {
  readonly id: string;
  readonly octets: string;
  /** What the other implementation was told to write, or says that it wrote; octets in hexadecimal. */
  readonly expect: {
    readonly command: CommandName;
    readonly sequence: number;
    readonly status: number;
    readonly fields: Readonly<Record<string, string | number>>;
    readonly optionals: Readonly<Record<string, string>>;
  };
}

/** PDUs that other implementations of SMPP 3.4 have written. */
const vectors: readonly SmppVector[] = JSON.parse(
  readFileSync(new URL('smpp-pdus.json', import.meta.url), 'utf8'),
);

const asHex = (octets: Uint8Array) => formatHex(octets).toLowerCase();

describe('every PDU that other implementations of SMPP have written', () => {
  it.each(vectors)('$id is read as it was meant', ({ octets, expect: expected }) => {
    const decoded = decodePdu(Buffer.from(octets, 'hex'));
    if (!decoded.ok) throw new Error(decoded.error.path);
    const { fields, optionals, ...header } = decoded.pdu;
    const shown = Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? asHex(value) : value,
    ]);
    expect({
      ...header,
      fields: Object.fromEntries(shown),
      optionals: Object.fromEntries([...optionals].map(([name, value]) => [name, asHex(value)])),
    }).toEqual(expected);
  });

  it.each(vectors)('$id is written by us with the same octets', ({ octets, expect: expected }) => {
    const { command, sequence, status, fields, optionals } = expected;
    const values = Object.entries(fields).map(([name, value]) => [
      name,
      name === 'short_message' ? Buffer.from(String(value), 'hex') : value,
    ]);
    const encoding = {
      ...{ sequence, status, fields: Object.fromEntries(values) },
      optionals: inOrder(octets, optionals),
    };
    expect(asHex(encodePdu(command, encoding as Encoding<typeof command>))).toBe(octets);
  });

  it.each(vectors)('$id is by the tables of the standard', ({ id, octets }) => {
    expect(departuresOf(Buffer.from(octets, 'hex'))).toEqual(ownWays[id] ?? []);
  });
});

/** Optional parameters may stand in any order (§3.2.4.1): here, that of the octets. */
function inOrder(octets: string, optionals: Readonly<Record<string, string>>) {
  const at = (tag: string) => octets.lastIndexOf(Number(tag).toString(16).padStart(4, '0'));
  return Object.entries(optionals)
    .toSorted(([one], [other]) => at(one) - at(other))
    .map(([tag, value]) => [Number(tag), Buffer.from(value, 'hex')] as const);
}

/** What others write and the standard does not have. */
const ownWays: Readonly<Record<string, readonly string[]>> = {
  'kannel-deliver-1': ['sequence_number is 0'],
};
