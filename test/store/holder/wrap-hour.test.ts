import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HolderPin } from '../../../src/store/holder/holder-pin.ts';
import { type HourKey, unwrapHourKey } from '../../../src/store/holder/hour-envelope.ts';
import { recipientOf } from '../../../src/store/holder/hpke.ts';
import { type PublishedHour, publishHour } from '../../../src/store/holder/published-hour.ts';
import { publicKeyOf, publicOctets, secretKeyOf } from '../../../src/store/holder/raw-keys.ts';
import { wrapHour } from '../../../src/store/holder/wrap-hour.ts';

const hour = 498_725;

function holderNamed(holder: string) {
  const signing = secretKeyOf('ed25519', randomBytes(32));
  const pair = recipientOf(randomBytes(32));
  const pin: HolderPin = { holder, key: publicKeyOf('ed25519', publicOctets(signing)) };
  return { signing, pair, pin, published: publishHour(holder, hour, pair.publicKey, signing) };
}

const a = holderNamed('a');
const b = holderNamed('b');

/** What the owner of the database has put there in the name of a holder. */
function inTheNameOf(holder: string): PublishedHour {
  return { ...holderNamed('x').published, holder };
}

const hourKey: HourKey = { algorithm: 'aria-256-gcm', key: randomBytes(32) };

function wrapped(pins: readonly HolderPin[], published: readonly PublishedHour[]) {
  return wrapHour(hourKey, { gateway: 'giheung', pins }, hour, published);
}

const failing = (code: string, holders: string) =>
  expect.objectContaining({ code, facts: { hour: '2026-11-23T05:00Z', holders } });

describe('the key of an hour that is to be forwarded', () => {
  it('the key of an hour that is to be forwarded is sealed to each pinned holder', () => {
    const result = wrapped([a.pin, b.pin], [b.published, a.published]);
    expect(result).toMatchObject({ unpublished: [], forged: [] });
    expect(result.envelopes.map(({ holder }) => holder)).toEqual(['a', 'b']);
    for (const { holder, envelope } of result.envelopes)
      expect(
        unwrapHourKey(envelope, (holder === 'a' ? a : b).pair, { gateway: 'giheung', holder, hour }),
      ).toEqual(hourKey);
  });

  it('a holder that has published no key for the hour is named, and the others get theirs', () => {
    const later = publishHour('b', hour + 1, b.pair.publicKey, b.signing);
    const result = wrapped([a.pin, b.pin], [a.published, later]);
    expect(result.envelopes.map(({ holder }) => holder)).toEqual(['a']);
    expect(result).toMatchObject({ unpublished: ['b'], forged: [] });
  });

  it('a key that its holder has not signed gets nothing, and the holder is named', () => {
    const result = wrapped([a.pin, b.pin], [a.published, inTheNameOf('b')]);
    expect(result.envelopes.map(({ holder }) => holder)).toEqual(['a']);
    expect(result).toMatchObject({ unpublished: [], forged: ['b'] });
  });

  it('a key that nobody has pinned gets nothing, however well it is signed', () => {
    const result = wrapped([a.pin], [a.published, b.published]);
    expect(result.envelopes.map(({ holder }) => holder)).toEqual(['a']);
  });

  it.each([
    ['of another hour', publishHour('a', hour - 1, a.pair.publicKey, a.signing)],
    [
      'of another hour by its signature',
      { ...publishHour('a', hour - 1, a.pair.publicKey, a.signing), hour },
    ],
    ['of low order', publishHour('a', hour, Buffer.alloc(32), a.signing)],
    ['without a signature', { ...a.published, signature: Buffer.alloc(64) }],
    ["by another holder's signature", { ...b.published, holder: 'a' }],
  ])('an hour is not forwarded if the only key is one %s', (_, published) => {
    const code = published.hour === hour ? 'central.hour-forged' : 'central.hour-unpublished';
    expect(() => wrapped([a.pin], [published])).toThrow(failing(code, 'a'));
  });

  it('an hour is not forwarded while no holder has published a key for it', () => {
    expect(() => wrapped([a.pin, b.pin], [])).toThrow(failing('central.hour-unpublished', 'a, b'));
  });
});
