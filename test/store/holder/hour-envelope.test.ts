import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EnvelopeContext,
  envelopeBytes,
  type HourKey,
  unwrapHourKey,
  wrapHourKey,
} from '../../../src/store/holder/hour-envelope.ts';
import { recipientOf } from '../../../src/store/holder/hpke.ts';
import { publicKeyOf, secretKeyOf } from '../../../src/store/holder/raw-keys.ts';
import { scratchParent } from '../../support/workspace.ts';

const context: EnvelopeContext = { gateway: 'giheung', holder: 'a', hour: 498_725 };
const secret = randomBytes(32);
const recipient = recipientOf(secret);
const hourKey: HourKey = { algorithm: 'aria-256-gcm', key: randomBytes(32) };

function wrapped(key: HourKey = hourKey, within: EnvelopeContext = context): Buffer {
  const envelope = wrapHourKey(key, recipient.publicKey, within);
  if (envelope === null) throw new Error('nothing was wrapped');
  return envelope;
}

describe('the envelope of an hour', () => {
  it.each(['aes-256-gcm', 'aria-256-gcm'] as const)(
    "the envelope of an hour gives its holder the gateway's key and its algorithm, %s",
    (algorithm) => {
      const key = { algorithm, key: randomBytes(32) };
      const envelope = wrapped(key);
      expect(envelope).toHaveLength(envelopeBytes);
      expect(envelope.includes(key.key)).toBe(false);
      expect(unwrapHourKey(envelope, recipient, context)).toEqual(key);
    },
  );

  it('the envelope of an hour leaves the key as it was', () => {
    const key = Buffer.from(hourKey.key);
    unwrapHourKey(wrapped(), recipient, context);
    expect(hourKey.key).toEqual(key);
  });

  it('the envelope of an hour opens for nobody if any octet is changed, in any way', () => {
    const envelope = wrapped();
    const opens = (at: number, octet: number) => {
      const changed = Buffer.from(envelope);
      changed[at] = octet;
      return unwrapHourKey(changed, recipient, context) !== null;
    };
    // The high bit of the encapsulated key's last octet means nothing to X25519 (RFC 7748 §5), and yet is derived from.
    for (let at = 0; at < envelope.length; at += 1) expect(opens(at, (envelope[at] ?? 0) ^ 0x80)).toBe(false);
    fc.assert(
      fc.property(fc.nat(envelope.length - 1), fc.nat(255), (at, octet) => {
        expect(opens(at, octet)).toBe(octet === envelope[at]);
      }),
    );
  });

  it('the envelope of an hour opens for nobody if it is cut or longer, and no octets are one', () => {
    const envelope = wrapped();
    for (let length = 0; length < envelope.length; length += 1)
      expect(unwrapHourKey(envelope.subarray(0, length), recipient, context)).toBeNull();
    expect(unwrapHourKey(Buffer.concat([envelope, Buffer.alloc(1)]), recipient, context)).toBeNull();
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .uint8Array({ minLength: envelopeBytes - 1, maxLength: envelopeBytes - 1 })
        .map((rest) => Uint8Array.of(1, ...rest)),
    );
    fc.assert(
      fc.property(octets, (given) => {
        expect(unwrapHourKey(Buffer.from(given), recipient, context)).toBeNull();
      }),
    );
  });

  it.each([
    { gateway: 'suji' },
    { gateway: '' },
    { holder: 'b' },
    { hour: context.hour + 1 },
    // The same letters, parted elsewhere.
    { gateway: 'giheun', holder: 'ga' },
    { gateway: 'giheunga', holder: '' },
  ])('the envelope of an hour does not open as that of %j', (changes) => {
    expect(unwrapHourKey(wrapped(), recipient, { ...context, ...changes })).toBeNull();
  });

  it("the envelope of an hour does not open with another hour's secret, or another holder's", () => {
    expect(unwrapHourKey(wrapped(), recipientOf(randomBytes(32)), context)).toBeNull();
  });

  it('an algorithm that is not known opens nothing', () => {
    const unknown = { algorithm: 'des' as HourKey['algorithm'], key: randomBytes(32) };
    expect(unwrapHourKey(wrapped(unknown), recipient, context)).toBeNull();
  });

  it.each([0, 31, 33])('a key of %i octets is refused', (length) => {
    expect(() => wrapHourKey(hourKey, Buffer.alloc(length), context)).toThrow(RangeError);
    expect(() => recipientOf(Buffer.alloc(length))).toThrow(RangeError);
  });
});

const openssl = (args: readonly string[], input?: Buffer) => {
  const { status, stdout, stderr } = spawnSync('openssl', args, { ...(input && { input }) });
  if (status !== 0) throw new Error(String(stderr));
  return stdout;
};

/** `openssl kdf` came with 3.0. */
const hasOpenssl = /^OpenSSL [3-9]/.test(String(spawnSync('openssl', ['version']).stdout));

/*
 * Another program's arithmetic from RFC 9180 alone: nothing of what is tested is called but to make the envelope. The
 * program has no GCM at its command line; the key stream of GCM is that of CTR from 2 on.
 */
describe.skipIf(!hasOpenssl)('an envelope at the command line of openssl', () => {
  const folder = mkdtempSync(join(scratchParent, 'visitlog-openssl-'));
  const kem = Buffer.concat([Buffer.from('KEM'), Buffer.of(0, 0x20)]);
  const suite = Buffer.concat([Buffer.from('HPKE'), Buffer.of(0, 0x20, 0, 1, 0, 2)]);

  function hkdf(mode: 'EXTRACT' | 'EXPAND', length: number, options: Record<string, Buffer>): Buffer {
    const given = Object.entries(options).flatMap(([name, octets]) => [
      '-kdfopt',
      `hex${name}:${octets.toString('hex')}`,
    ]);
    return openssl([
      'kdf',
      '-binary',
      ...['-keylen', String(length), '-kdfopt', 'digest:SHA2-256', '-kdfopt', `mode:${mode}_ONLY`],
      ...given,
      'HKDF',
    ]);
  }

  const extract = (id: Buffer, label: string, ikm: Buffer, salt?: Buffer) =>
    hkdf('EXTRACT', 32, {
      key: Buffer.concat([Buffer.from('HPKE-v1'), id, Buffer.from(label), ikm]),
      ...(salt && { salt }),
    });
  const expand = (id: Buffer, prk: Buffer, label: string, info: Buffer, length: number) =>
    hkdf('EXPAND', length, {
      key: prk,
      info: Buffer.concat([Buffer.of(0, length), Buffer.from('HPKE-v1'), id, Buffer.from(label), info]),
    });

  it('an envelope at the command line of openssl gives the same key', () => {
    const envelope = wrapped();
    const encapsulated = envelope.subarray(1, 33);
    const none = Buffer.alloc(0);
    const [ownFile, otherFile] = [join(folder, 'secret.pem'), join(folder, 'other.pem')];
    writeFileSync(ownFile, secretKeyOf('x25519', secret).export({ format: 'pem', type: 'pkcs8' }));
    writeFileSync(
      otherFile,
      publicKeyOf('x25519', encapsulated).export({ format: 'pem', type: 'spki' }) as string,
    );
    const dh = openssl(['pkeyutl', '-derive', '-inkey', ownFile, '-peerkey', otherFile]);
    rmSync(folder, { recursive: true });

    const both = Buffer.concat([encapsulated, recipient.publicKey]);
    const shared = expand(kem, extract(kem, 'eae_prk', dh), 'shared_secret', both, 32);
    const info = Buffer.concat([
      Buffer.from('visitlog 1 hour envelope'),
      Buffer.of(7),
      Buffer.from('giheung'),
      Buffer.of(1),
      Buffer.from('a'),
      Buffer.from((498_725).toString(16).padStart(8, '0'), 'hex'),
    ]);
    const schedule = Buffer.concat([
      Buffer.of(0),
      extract(suite, 'psk_id_hash', none),
      extract(suite, 'info_hash', info),
    ]);
    const prk = extract(suite, 'secret', none, shared);
    const key = expand(suite, prk, 'key', schedule, 32);
    const nonce = expand(suite, prk, 'base_nonce', schedule, 12);
    const iv = `${nonce.toString('hex')}00000002`;
    const plain = openssl(
      ['enc', '-d', '-aes-256-ctr', '-K', key.toString('hex'), '-iv', iv],
      envelope.subarray(33, -16),
    );
    expect(plain).toEqual(Buffer.concat([Buffer.of(1), hourKey.key]));
  });
});
