import { createDecipheriv, createHash, createHmac, hash as oneShot, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encryptWorkbook, openWithPassword } from '../../../src/export/to/with-password.ts';

const password = '역학조사-2026';

/** Reads a stream of a compound file by its tables, as a reader of [MS-CFB] does. */
function streamOf(file: Buffer, name: string): Buffer {
  const u32 = (bytes: Buffer, at: number) => bytes.readUInt32LE(at);
  const sector = (id: number) => file.subarray((id + 1) * 512, (id + 2) * 512);
  const fatPlaces = Array.from({ length: 109 }, (_, index) => u32(file, 76 + index * 4));
  for (let next = u32(file, 68); next < 0xfffffffa; next = u32(sector(next), 508))
    for (let index = 0; index < 127; index += 1) fatPlaces.push(u32(sector(next), index * 4));
  const fat = Buffer.concat(fatPlaces.filter((id) => id < 0xfffffffa).map(sector));
  const chain = (table: Buffer, first: number) => {
    const ids: number[] = [];
    for (let id = first; id < 0xfffffffa; id = u32(table, id * 4)) ids.push(id);
    return ids;
  };
  const whole = (first: number) => Buffer.concat(chain(fat, first).map(sector));
  const directory = whole(u32(file, 48));
  const entries = Array.from({ length: directory.length / 128 }, (_, index) => {
    const entry = directory.subarray(index * 128, (index + 1) * 128);
    const called = entry.subarray(0, Math.max(0, entry.readUInt16LE(64) - 2)).toString('utf16le');
    return { called, start: u32(entry, 116), size: u32(entry, 120) };
  });
  const found = entries.find(({ called }) => called === name);
  if (found === undefined) throw new Error(`${name} is missing`);
  if (found.size >= 4_096) return whole(found.start).subarray(0, found.size);
  const miniFat = whole(u32(file, 60));
  const mini = whole(entries[0]?.start ?? 0);
  const pieces = chain(miniFat, found.start).map((id) => mini.subarray(id * 64, (id + 1) * 64));
  return Buffer.concat(pieces).subarray(0, found.size);
}

const hash = (...parts: Uint8Array[]) => createHash('sha512').update(Buffer.concat(parts)).digest();
const le32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);

function decrypt(key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}

/** Opens it as [MS-OFFCRYPTO] §2.3.4.13 ff. says; null if the password is wrong. */
function opened(file: Buffer, typed: string): Buffer | null {
  const info = streamOf(file, 'EncryptionInfo').subarray(8).toString();
  const attribute = (element: string, name: string) =>
    Buffer.from(new RegExp(`<${element} [^>]*?${name}="([^"]*)"`).exec(info)?.[1] ?? '', 'base64');
  const salt = attribute('p:encryptedKey', 'saltValue');
  let spun = hash(salt, Buffer.from(typed, 'utf16le'));
  for (let round = 0; round < 100_000; round += 1)
    spun = oneShot('sha512', Buffer.concat([le32(round), spun]), 'buffer');
  const under = (block: string, name: string) =>
    decrypt(hash(spun, Buffer.from(block, 'hex')).subarray(0, 32), salt, attribute('p:encryptedKey', name));
  const input = under('fea7d2763b4b9e79', 'encryptedVerifierHashInput');
  if (!hash(input).equals(under('d7aa0f6d3061344e', 'encryptedVerifierHashValue'))) return null;
  const key = under('146e0be7abacd0d6', 'encryptedKeyValue');
  const keySalt = attribute('keyData', 'saltValue');
  const vector = (block: Uint8Array) => hash(keySalt, block).subarray(0, 16);
  const sealed = streamOf(file, 'EncryptedPackage');
  const hmacKey = decrypt(
    key,
    vector(Buffer.from('5fb2ad010cb9e1f6', 'hex')),
    attribute('dataIntegrity', 'encryptedHmacKey'),
  );
  const hmac = decrypt(
    key,
    vector(Buffer.from('a0677f02b22c8433', 'hex')),
    attribute('dataIntegrity', 'encryptedHmacValue'),
  );
  expect(createHmac('sha512', hmacKey).update(sealed).digest()).toEqual(hmac);
  const pieces: Buffer[] = [];
  for (let at = 8, segment = 0; at < sealed.length; at += 4_096, segment += 1)
    pieces.push(decrypt(key, vector(le32(segment)), sealed.subarray(at, at + 4_096)));
  return Buffer.concat(pieces).subarray(0, Number(sealed.readBigUInt64LE(0)));
}

describe('a workbook with a password', () => {
  // Shorter and longer than the stream of short streams, and longer than one sector of the header's table has room for.
  it.each([1, 15, 16, 4_000, 4_096, 5_000, 70_000, 9_000_000])(
    'opens with its password, of %d octets',
    (size) => {
      const plain = randomBytes(size);
      expect(opened(Buffer.concat(encryptWorkbook(plain, password)), password)?.equals(plain)).toBe(true);
    },
  );

  it('does not open with another password, and holds nothing in the clear', () => {
    const plain = Buffer.from('010-5550-0123 '.repeat(1_000));
    const file = Buffer.concat(encryptWorkbook(plain, password));
    expect(opened(file, '역학조사-2027')).toBeNull();
    expect(file.includes('5550')).toBe(false);
    expect(Buffer.concat(encryptWorkbook(plain, password)).equals(file)).toBe(false);
  });

  it('reaches its destination when it is whole, and not at all if it is abandoned', async () => {
    const written: Uint8Array[] = [];
    let state = '';
    const inner = {
      write: async (bytes: Uint8Array) => written.push(bytes) > 0,
      finish: async () => {
        state = 'finished';
      },
      abandon: async () => {
        state = 'abandoned';
      },
    };
    const destination = openWithPassword(inner, password);
    await destination.write(Buffer.from('one '));
    await destination.write(Buffer.from('two'));
    expect(written).toEqual([]);
    await destination.finish();
    expect([opened(Buffer.concat(written), password)?.toString(), state]).toEqual(['one two', 'finished']);
    const other = openWithPassword(inner, password);
    await other.write(Buffer.from('three'));
    await other.abandon();
    expect(state).toBe('abandoned');
  });
});
