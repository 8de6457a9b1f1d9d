import type { Encrypter } from 'age-encryption';
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
