import { Encrypter } from 'age-encryption';
import { fault, systemCodeOf } from '../../base/errors.ts';
import type { Destination } from './destination.ts';

/**
 * Encrypts with age (age-encryption.org/v1) on the way to another destination, which never gets plain octets. Memory
 * holds a few chunks of 64 KiB; the next call reports a failed write.
 */
export async function openEncrypted(inner: Destination, encrypter: Encrypter): Promise<Destination> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const plain = writable.getWriter();
  // The stream reports its end here too, and nobody may be waiting for it.
  plain.closed.catch(() => {});
  const sent = send((await encrypter.encrypt(readable)).getReader(), inner);
  sent.catch(() => {});
  return {
    async write(bytes) {
      // The stream has taken them when this resolves, and not yet read them.
      const taken = plain.write(new Uint8Array(bytes)).then(
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
      // Not awaited: a reader that does not read on would block it for ever.
      plain.abort().catch(() => {});
      await inner.abandon();
    },
  };
}

/** Passes the encrypted bytes on; resolves to false if the reader has gone away, rejects if the destination fails. */
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
 * Encrypts to all of these recipients of age: `age1…`, or `@FILE` with one in each line, blank lines and `#` comments.
 * @throws AppError `recipient.invalid`, `recipient.secret`, `recipient.file`, `recipient.none`
 */
export async function openRecipients(given: readonly string[], readFile: ReadFile): Promise<Encrypter> {
  const encrypter = new Encrypter();
  let count = 0;
  for (const text of given) {
    for (const { recipient, where } of await recipientsOf(text, readFile)) {
      await check(recipient, where);
      encrypter.addRecipient(recipient);
      count += 1;
    }
  }
  if (count > 0) return encrypter;
  throw fault('recipient.none');
}

/** Reads a file that whoever gave the command named; at most one octet beyond `most`. */
type ReadFile = (file: string, most: number) => Promise<Uint8Array>;

/** Thousands of recipients. */
const mostListBytes = 1_048_576;

interface Recipient {
  readonly recipient: string;
  /** `--encrypt-to`, or the line of the file. */
  readonly where: string;
}

async function recipientsOf(text: string, readFile: ReadFile): Promise<readonly Recipient[]> {
  if (!text.startsWith('@')) return [{ recipient: text.trim(), where: '--encrypt-to' }];
  const file = text.slice(1);
  const lines = (await read(file, readFile)).split(/\r?\n/);
  return lines
    .map((line, index) => ({ recipient: line.trim(), where: `${file}:${index + 1}` }))
    .filter(({ recipient }) => recipient !== '' && !recipient.startsWith('#'));
}

async function read(file: string, readFile: ReadFile): Promise<string> {
  try {
    return Buffer.from(await readFile(file, mostListBytes)).toString('utf8');
  } catch (cause) {
    throw fault('recipient.file', { file, system: systemCodeOf(cause) }, { cause });
  }
}

/** Encrypts nothing to it, to find a mistake before anything is read. A secret key is never repeated. */
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
