import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Destination } from '../../../src/export/to/destination.ts';
import { openEncrypted, openRecipients } from '../../../src/export/to/encrypted.ts';
import { decrypted, keyPair } from '../../support/age-keys.ts';

const encrypterFor = (given: readonly string[]) => openRecipients(given, (file) => readFile(file));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visitlog-age-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Keeps what it is given, and what was done with it. */
function kept(write: (bytes: Uint8Array) => Promise<boolean> = async () => true) {
  const chunks: Uint8Array[] = [];
  const ends: string[] = [];
  const destination: Destination = {
    async write(bytes) {
      chunks.push(Buffer.from(bytes));
      return write(bytes);
    },
    finish: async () => void ends.push('finished'),
    abandon: async () => void ends.push('abandoned'),
  };
  return { destination, ends, bytes: () => Buffer.concat(chunks) };
}

describe('an encrypted destination', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 300_000])(
    'an encrypted destination passes on %i bytes that each recipient reads',
    async (size) => {
      const pairs = [await keyPair(), await keyPair()];
      const inner = kept();
      const outer = await openEncrypted(
        inner.destination,
        await encrypterFor(pairs.map((pair) => pair.recipient)),
      );
      const plain = Buffer.alloc(size, '010-5550-0123\n');
      for (let at = 0; at < size; at += 10_000) {
        const piece = Buffer.from(plain.subarray(at, at + 10_000));
        expect(await outer.write(piece)).toBe(true);
        // A writer puts its next batch where this one was.
        piece.fill(0);
      }
      await outer.finish();
      expect(inner.ends).toEqual(['finished']);
      expect(inner.bytes().includes('5550-0123')).toBe(false);
      for (const { identity } of pairs)
        expect((await decrypted(inner.bytes(), identity)).equals(plain)).toBe(true);
      await expect(decrypted(inner.bytes(), (await keyPair()).identity)).rejects.toThrow();
    },
  );

  it.runIf(spawnSync('age', ['--version']).status === 0)(
    'an encrypted file is read by the age of the system',
    async () => {
      const { identity, recipient } = await keyPair();
      const inner = kept();
      const outer = await openEncrypted(inner.destination, await encrypterFor([recipient]));
      await outer.write(Buffer.from('용인시청\n'.repeat(20_000)));
      await outer.finish();
      writeFileSync(join(folder, 'key'), `${identity}\n`, { mode: 0o600 });
      writeFileSync(join(folder, 'file.age'), inner.bytes());
      const { stdout } = spawnSync('age', ['-d', '-i', join(folder, 'key'), join(folder, 'file.age')]);
      expect(stdout.toString()).toBe('용인시청\n'.repeat(20_000));
    },
  );

  it('an encrypted destination takes at most a few chunks ahead of a slow destination', async () => {
    let go = () => {};
    const inner = kept(
      () =>
        new Promise((resolve) => {
          go = () => resolve(true);
        }),
    );
    const outer = await openEncrypted(inner.destination, await encrypterFor([(await keyPair()).recipient]));
    let taken = 0;
    void (async () => {
      for (; taken < 100; taken += 1) await outer.write(Buffer.alloc(65_536));
    })().catch(() => {});
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toBeLessThan(8);
    go();
    await outer.abandon();
    expect(inner.ends).toEqual(['abandoned']);
  });

  it('an encrypted destination reports why the destination could not write', async () => {
    const inner = kept(async () => {
      throw new Error('the disk is full');
    });
    const outer = await openEncrypted(inner.destination, await encrypterFor([(await keyPair()).recipient]));
    const work = (async () => {
      for (let turn = 0; turn < 100; turn += 1) await outer.write(Buffer.alloc(65_536));
    })();
    await expect(work).rejects.toThrow('the disk is full');
    await expect(outer.finish()).rejects.toThrow('the disk is full');
    await outer.abandon();
    await outer.abandon();
    expect(inner.ends).toEqual(['abandoned', 'abandoned']);
  });

  it('an encrypted destination reports that its reader went away', async () => {
    const inner = kept(async () => false);
    const outer = await openEncrypted(inner.destination, await encrypterFor([(await keyPair()).recipient]));
    let wanted = true;
    for (let turn = 0; wanted && turn < 100; turn += 1) wanted = await outer.write(Buffer.alloc(65_536));
    expect(wanted).toBe(false);
    await outer.finish();
    expect(inner.ends).toEqual(['finished']);
  });
});

describe('recipients', () => {
  it('recipients can be in a file, one in each line, with comments', async () => {
    const [one, two] = [await keyPair(), await keyPair()];
    const file = join(folder, 'recipients.txt');
    writeFileSync(file, `# the health office\r\n${one.recipient}\r\n\n  ${two.recipient}\n`);
    const inner = kept();
    const outer = await openEncrypted(inner.destination, await encrypterFor([`@${file}`]));
    await outer.write(Buffer.from('text'));
    await outer.finish();
    for (const { identity } of [one, two])
      expect((await decrypted(inner.bytes(), identity)).toString()).toBe('text');
  });

  it.each([
    ['nonsense', 'nobody', 'recipient.invalid'],
    ['a key of ssh', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA', 'recipient.invalid'],
    ['an empty one', '', 'recipient.invalid'],
    [
      'one of all zeros',
      'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqs9ugwx2',
      'recipient.invalid',
    ],
    ['a file that is not there', '@/nonexistent/recipients', 'recipient.file'],
    ['a file without one', '@/dev/null', 'recipient.none'],
  ])('recipients that cannot be used are refused: %s', async (_what, text, code) => {
    await expect(encrypterFor([text])).rejects.toMatchObject({ code });
  });

  it('recipients with a wrong letter are refused', async () => {
    const { recipient } = await keyPair();
    const wrong = recipient.slice(0, -1) + (recipient.endsWith('q') ? 'p' : 'q');
    await expect(encrypterFor([recipient, wrong])).rejects.toMatchObject({ code: 'recipient.invalid' });
  });

  it('recipients that are secret keys are refused, and not shown', async () => {
    const { identity } = await keyPair();
    for (const text of [identity, identity.toLowerCase()]) {
      const error = await encrypterFor([text]).catch((thrown: Error) => thrown);
      expect(error).toMatchObject({ code: 'recipient.secret' });
      expect(JSON.stringify([error, (error as Error).message])).not.toContain(text.slice(20));
    }
  });
});
