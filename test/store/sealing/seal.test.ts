import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Subkeys } from '../../../src/store/keyring/hour-keys.ts';
import type { Algorithm } from '../../../src/store/register-types.ts';
import { associatedData, lookupTag, sealedIn } from '../../../src/store/sealing/bound-data.ts';
import { checkAlgorithm, seal, unseal, unsealPart } from '../../../src/store/sealing/seal.ts';

function keysOf(algorithm: Algorithm, first = 1): Subkeys {
  const key = (from: number) => Buffer.alloc(32, from);
  return {
    algorithm,
    seal: key(first),
    lookup: key(first + 1),
    fingerprint: key(first + 2),
    audit: key(first + 3),
    tags: key(first + 4),
  };
}

const plain = Buffer.from('0010555001230fff', 'hex');
const bound = Buffer.from('its row');

describe.each(['aes-256-gcm', 'aria-256-gcm'] as const)('a value sealed with %s', (algorithm) => {
  const keys = keysOf(algorithm);

  it('opens with its key and its row', () => {
    expect(unseal(keys, seal(keys, plain, bound), bound)).toEqual(plain);
  });

  it('is what any other implementation of the cipher makes of nonce, ciphertext and tag', () => {
    const sealed = seal(keys, plain, bound);
    const decipher = createDecipheriv(algorithm as 'aes-256-gcm', keys.seal, sealed.subarray(0, 12));
    decipher.setAAD(bound).setAuthTag(sealed.subarray(-16));
    expect(Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])).toEqual(plain);
  });

  it('does not open when any one bit of it is changed', () => {
    const sealed = seal(keys, plain, bound);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(unseal(keys, changed, bound)).toBeNull();
    }
  });

  it('does not open when it is cut short', () => {
    const sealed = seal(keys, plain, bound);
    for (let length = 0; length < sealed.length; length += 1)
      expect(unseal(keys, sealed.subarray(0, length), bound)).toBeNull();
  });

  it.each([0, 1, 8, 63, 64, 65, 500])('of %i octets opens where it stands among others', (length) => {
    const values = [1, 2, 3].map((first) => Buffer.alloc(length, first));
    const sealed = values.map((value) => seal(keys, value, bound));
    const octets = Buffer.concat(sealed);
    const size = length + 28;
    const opened = values.map((_, index) =>
      unsealPart(keys, octets, { start: index * size, end: (index + 1) * size }, bound),
    );
    expect(opened).toEqual(values);
    expect(unsealPart(keys, octets, { start: 1, end: size + 1 }, bound)).toBeNull();
    expect(unsealPart(keys, octets, { start: 0, end: 27 }, bound)).toBeNull();
  });

  it("does not open with another hour's key", () => {
    expect(unseal(keysOf(algorithm, 9), seal(keys, plain, bound), bound)).toBeNull();
  });

  it('is bound to table, hour, row, time and venue', () => {
    const own = [sealedIn.visits, 497_000, 17, 1_789_200_000_000, '0313242114'] as const;
    const sealed = seal(keys, plain, associatedData(...own));
    const others: Parameters<typeof associatedData>[] = [
      [sealedIn.texts, own[1], own[2], own[3], own[4]],
      [own[0], own[1] + 1, own[2], own[3], own[4]],
      [own[0], own[1], own[2] + 1, own[3], own[4]],
      [own[0], own[1], own[2], own[3] + 1_000, own[4]],
      [own[0], own[1], own[2], own[3], '0313242115'],
    ];
    for (const other of others) expect(unseal(keys, sealed, associatedData(...other))).toBeNull();
    expect(unseal(keys, sealed, associatedData(...own))).toEqual(plain);
  });
});

describe('sealing', () => {
  it('sealing never uses a nonce twice', () => {
    const keys = keysOf('aes-256-gcm');
    const nonces = Array.from({ length: 2_000 }, () =>
      seal(keys, plain, bound).subarray(0, 12).toString('hex'),
    );
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  it('sealing refuses an algorithm that this machine does not have', () => {
    expect(() => checkAlgorithm('lea-256-gcm' as Algorithm)).toThrow(
      expect.objectContaining({ code: 'cipher.unavailable' }),
    );
  });
});

describe('the look-up tag', () => {
  it("the look-up tag is the head of an HMAC-SHA-256 under the hour's look-up key", () => {
    const keys = keysOf('aes-256-gcm');
    const hmac = createHmac('sha256', keys.lookup).update('01055500123').digest();
    expect(lookupTag(keys, '01055500123')).toEqual(hmac.subarray(0, 8));
  });

  it('the look-up tag differs from hour to hour, so that rows of one visitor cannot be put together without the keys', () => {
    const [one, other] = [1, 2].map((octet) =>
      Buffer.from(hkdfSync('sha256', Buffer.alloc(32, octet), '', 'x', 32)),
    );
    const tags = [one, other].map((lookup) =>
      lookupTag({ ...keysOf('aes-256-gcm'), lookup: lookup as Buffer }, '01055500123').toString('hex'),
    );
    expect(tags[0]).not.toBe(tags[1]);
  });
});
