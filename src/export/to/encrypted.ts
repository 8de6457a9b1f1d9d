import { readFile } from 'node:fs/promises';
import { Encrypter } from 'age-encryption';
import { fault, systemCodeOf } from '../../base/errors.ts';
import type { Destination } from './destination.ts';

/**
 * Encrypts what is written, as age (age-encryption.org/v1), on its way to another destination: nothing of it gets there
 * in the clear. Memory holds a few chunks of 64 KiB; what cannot be written is told by the next call.
 */
export async function openEncrypted(inner: Destination, encrypter: Encrypter): Promise<Destination> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const plain = writable.getWriter();
  // The stream tells of its end here too, and nobody may be waiting there.
  plain.closed.catch(() => {});
  const sent = send((await encrypter.encrypt(readable)).getReader(), inner);
  sent.catch(() => {});
  return {
    async write(bytes) {
      const taken = plain.write(bytes).then(
        () => true,
        () => sent,
      );
      return Promise.race([taken, sent]);
    },
    async finish() {
      await plain.close().catch(() => {});
      await sent;
      await inner.finish();
    },
    async abandon() {
      // Not waited for: a reader that stopped reading would hold it up for ever.
      plain.abort().catch(() => {});
      await inner.abandon();
    },
  };
}

/** Hands the encrypted bytes on; resolves to whether all were wanted, rejects with what the destination threw. */
async function send(
  encrypted: ReadableStreamDefaultReader<Uint8Array>,
  inner: Destination,
): Promise<boolean> {
  try {
    for (let next = await encrypted.read(); !next.done; next = await encrypted.read()) {
      if (await inner.write(next.value)) continue;
      await encrypted.cancel();
      return false;
    }
    return true;
  } catch (error) {
    await encrypted.cancel().catch(() => {});
    throw error;
  }
}

/**
 * What encrypts a file to all of these recipients of age: `age1…`, or `@FILE` with one in each line (blank lines and
 * `#` comments between them). Errors, all usage (exit 2): `recipient.invalid`, `recipient.secret`, `recipient.file`,
 * `recipient.none`.
 */
export async function openRecipients(given: readonly string[]): Promise<Encrypter> {
  const encrypter = new Encrypter();
  let count = 0;
  for (const text of given) {
    for (const { recipient, where } of await recipientsOf(text)) {
      await check(recipient, where);
      encrypter.addRecipient(recipient);
      count += 1;
    }
  }
  if (count > 0) return encrypter;
  throw fault('recipient.none');
}

interface Recipient {
  readonly recipient: string;
  /** `--encrypt-to`, or the line of the file. */
  readonly where: string;
}

async function recipientsOf(text: string): Promise<readonly Recipient[]> {
  if (!text.startsWith('@')) return [{ recipient: text.trim(), where: '--encrypt-to' }];
  const file = text.slice(1);
  const lines = (await read(file)).split(/\r?\n/);
  return lines
    .map((line, index) => ({ recipient: line.trim(), where: `${file}:${index + 1}` }))
    .filter(({ recipient }) => recipient !== '' && !recipient.startsWith('#'));
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw fault('recipient.file', { file, system: systemCodeOf(cause) }, { cause });
  }
}

/** Encrypts nothing to it, so that what is wrong is known before anything is read. A secret key is never repeated. */
async function check(recipient: string, where: string): Promise<void> {
  if (/^age-secret-key-/i.test(recipient)) throw fault('recipient.secret', { where });
  try {
    const trial = new Encrypter();
    trial.addRecipient(recipient);
    await trial.encrypt(new Uint8Array(0));
  } catch (cause) {
    throw fault('recipient.invalid', { where }, { cause });
  }
}
