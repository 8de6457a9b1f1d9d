import { createHmac } from 'node:crypto';
import { fault } from '../../base/errors.ts';

/*
 * What travels: a line that names the form, a line of JSON, and the contents of its files one after another. It is
 * encrypted as a whole with age, which also finds what was changed or cut off.
 */

const formLine = 'visitlog-move 1';

export interface MoveHeader {
  /** The register's own id, hexadecimal. */
  readonly register: string;
  /** From which the confirmation code is made: whoever has opened the package knows it. */
  readonly secret: string;
  /** Where the configuration lay, and its text; null: there was no file. */
  readonly config: { readonly file: string; readonly text: string } | null;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

export function encodeHeader(header: MoveHeader): Buffer {
  return Buffer.from(`${formLine}\n${JSON.stringify(header)}\n`);
}

/** A header has a configuration in it, which is text that a person wrote. */
const mostHeaderBytes = 4_194_304;

export interface OpenedPackage {
  readonly header: MoveHeader;
  /** The contents of the next file of the header, in pieces. */
  next(): AsyncGenerator<Uint8Array>;
}

/** Reads the header of a decrypted package. Error: `move.not-a-package`. */
export async function openPackage(source: AsyncIterable<Uint8Array>, file: string): Promise<OpenedPackage> {
  const pieces = source[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);

  async function more(): Promise<boolean> {
    const { value, done } = await pieces.next();
    if (done) return false;
    held = held.length === 0 ? Buffer.from(value) : Buffer.concat([held, value]);
    return true;
  }

  async function line(): Promise<string> {
    for (;;) {
      const end = held.indexOf(0x0a);
      if (end >= 0) {
        const text = held.subarray(0, end).toString('utf8');
        held = held.subarray(end + 1);
        return text;
      }
      if (held.length > mostHeaderBytes || !(await more())) throw fault('move.not-a-package', { file });
    }
  }

  if ((await line()) !== formLine) throw fault('move.not-a-package', { file });
  const header = JSON.parse(await line()) as MoveHeader;
  let index = 0;
  return {
    header,
    async *next() {
      let left = header.files[index]?.bytes ?? 0;
      index += 1;
      while (left > 0) {
        if (held.length === 0 && !(await more())) throw fault('move.not-a-package', { file });
        const piece = held.subarray(0, left);
        held = held.subarray(piece.length);
        left -= piece.length;
        yield piece;
      }
    },
  };
}

/** Without letters and digits that look alike (RFC 4648 has them too). */
const symbols = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** `K7QM-3XPA-…`: what the new machine prints when it has everything, 80 bits. */
export function confirmationCode({ secret, register }: Pick<MoveHeader, 'secret' | 'register'>): string {
  const mac = createHmac('sha256', Buffer.from(secret, 'hex')).update(`received ${register}`).digest();
  const letters = [...mac.subarray(0, 16)].map((octet) => symbols[octet % symbols.length] ?? '');
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join('')).join('-');
}

/** As a person types it: with spaces, without hyphens, in small letters. */
export function isCode(typed: string, header: Pick<MoveHeader, 'secret' | 'register'>): boolean {
  const plain = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return plain(typed) === plain(confirmationCode(header));
}
