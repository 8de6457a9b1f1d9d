import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** Whom a file is encrypted to, and what opens it. */
export async function keyPair() {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

export async function decrypted(bytes: Uint8Array, identity: string): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return Buffer.from(await decrypter.decrypt(bytes));
}
