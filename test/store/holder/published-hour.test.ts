import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formatPin, type HolderPin, parsePin } from '../../../src/store/holder/holder-pin.ts';
import {
  type PublishedHour,
  publishHour,
  verifyPublishedHour,
} from '../../../src/store/holder/published-hour.ts';
import { publicKeyOf, publicOctets, secretKeyOf } from '../../../src/store/holder/raw-keys.ts';

const own = secretKeyOf('ed25519', randomBytes(32));
const pinOf = (holder: string, key = own): HolderPin => ({
  holder,
  key: publicKeyOf('ed25519', publicOctets(key)),
});
const hour = 498_725;
const published = publishHour('a', hour, randomBytes(32), own);

const changed = (octets: Buffer, at: number): Buffer => {
  const other = Buffer.from(octets);
  other[at] = (other[at] ?? 0) ^ 0x10;
  return other;
};

describe('a published hour', () => {
  it("a published hour is taken if its holder's own key signed it", () => {
    expect(verifyPublishedHour(published, pinOf('a'))).toBe(true);
  });

  it('a published hour is refused if any octet of key or signature is another', () => {
    for (let at = 0; at < 32; at += 1)
      expect(
        verifyPublishedHour({ ...published, publicKey: changed(published.publicKey, at) }, pinOf('a')),
      ).toBe(false);
    for (let at = 0; at < 64; at += 1)
      expect(
        verifyPublishedHour({ ...published, signature: changed(published.signature, at) }, pinOf('a')),
      ).toBe(false);
  });

  it.each<Partial<PublishedHour>>([
    { hour: hour + 1 },
    { hour: -1 },
    { hour: 1.5 },
    { hour: Number.NaN },
    { hour: 2 ** 32 + hour },
    { holder: 'b' },
    { publicKey: Buffer.alloc(0) },
    { publicKey: Buffer.concat([published.publicKey, Buffer.alloc(1)]) },
    { signature: Buffer.alloc(0) },
    { signature: Buffer.concat([published.signature, Buffer.alloc(1)]) },
  ])('a published hour is refused with %o instead of its own', (changes) => {
    expect(verifyPublishedHour({ ...published, ...changes }, pinOf('a'))).toBe(false);
  });

  it("a published hour is refused under another holder's pin, or another key of that name", () => {
    expect(verifyPublishedHour({ ...published, holder: 'b' }, pinOf('b'))).toBe(false);
    expect(verifyPublishedHour(published, pinOf('b'))).toBe(false);
    expect(verifyPublishedHour(published, pinOf('a', secretKeyOf('ed25519', randomBytes(32))))).toBe(false);
  });
});

describe('the pin of a holder', () => {
  it('the pin of a holder is its name and its key as openssl prints it', () => {
    // RFC 8410 §10.1.
    const text = 'a:MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=';
    const pin = parsePin(text);
    expect(pin && publicOctets(pin.key).toString('hex')).toBe(
      '19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1',
    );
    expect(pin && formatPin(pin)).toBe(text);
  });

  it('the pin of a holder comes back from its text', () => {
    const pin = parsePin(formatPin(pinOf('giheung-2', own)));
    expect(pin?.holder).toBe('giheung-2');
    expect(pin && verifyPublishedHour({ ...published, holder: 'a' }, { ...pin, holder: 'a' })).toBe(true);
    expect(pin?.key.asymmetricKeyType).toBe('ed25519');
  });

  it.each([
    ['nothing', ''],
    ['a name alone', 'a:'],
    ['a key alone', 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='],
    ['a key of X25519', 'a:MCowBQYDK2VuAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='],
    ['a key cut short', 'a:MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZg=='],
    ['bits beyond the end', 'a:MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuF='],
    ['a name in capitals', 'A:MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='],
    ['a blank', 'a: MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='],
    ['a line feed', 'a:MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n'],
  ])('%s is not a pin', (_, text) => {
    expect(parsePin(text)).toBeNull();
  });
});
