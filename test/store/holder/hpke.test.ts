import { sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  expand,
  extract,
  openWith,
  recipientOf,
  sealTo,
  sharedSecret,
} from '../../../src/store/holder/hpke.ts';
import { publicKeyOf, publicOctets, secretKeyOf } from '../../../src/store/holder/raw-keys.ts';

const hex = (digits: string) => Buffer.from(digits, 'hex');
const range = (from: number, to: number) =>
  Buffer.from(Array.from({ length: to - from }, (_, index) => from + index));

/** RFC 7748 §6.1. */
const alice = '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a';
const alicePublic = '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a';
const bob = '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb';
const bobPublic = 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f';

describe('the key agreement', () => {
  // §5.2: the first scalar is clamped by nobody before it is used.
  it.each([
    [
      'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
      'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
      'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
    ],
    [
      '4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d',
      'e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493',
      '95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957',
    ],
    [alice, bobPublic, '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742'],
    [bob, alicePublic, '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742'],
  ])('the key agreement of %s is that of RFC 7748', (secret, other, shared) => {
    expect(sharedSecret(secretKeyOf('x25519', hex(secret)), hex(other))?.toString('hex')).toBe(shared);
  });

  it.each([
    [alice, alicePublic],
    [bob, bobPublic],
  ])('the public key of %s is that of RFC 7748', (secret, wanted) => {
    expect(publicOctets(secretKeyOf('x25519', hex(secret))).toString('hex')).toBe(wanted);
  });

  it('a secret is clamped, so that three low bits and the high one of any octets count for nothing', () => {
    const secret = hex(alice);
    const clamped = Buffer.from(secret);
    clamped[0] = (clamped[0] ?? 0) ^ 7;
    clamped[31] = (clamped[31] ?? 0) ^ 0x80;
    expect(clamped.equals(secret)).toBe(false);
    expect(publicOctets(secretKeyOf('x25519', clamped))).toEqual(publicOctets(secretKeyOf('x25519', secret)));
  });

  // All points whose order divides 8, each as the octets that mean it.
  const lowOrder = [
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    `ec${'ff'.repeat(30)}7f`,
    `ed${'ff'.repeat(30)}7f`,
    `ee${'ff'.repeat(30)}7f`,
  ];
  const withHighBit = lowOrder.map((digits) => {
    const octets = hex(digits);
    octets[31] = (octets[31] ?? 0) | 0x80;
    return octets.toString('hex');
  });

  it.each([...lowOrder, ...withHighBit])(
    'the point %s is of low order, and nothing is sealed to it',
    (point) => {
      const context = { info: Buffer.alloc(0), associated: Buffer.alloc(0) };
      expect(sharedSecret(secretKeyOf('x25519', hex(alice)), hex(point))).toBeNull();
      expect(sealTo(hex(point), context, Buffer.from('plain'))).toBeNull();
      expect(
        openWith(recipientOf(hex(alice)), context, Buffer.concat([hex(point), Buffer.alloc(40)])),
      ).toBeNull();
    },
  );
});

describe('the key derivation', () => {
  it.each([
    [
      'A.1',
      Buffer.alloc(22, 0x0b),
      range(0, 13),
      range(0xf0, 0xfa),
      '077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5',
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    ],
    [
      'A.2',
      range(0, 0x50),
      range(0x60, 0xb0),
      range(0xb0, 0x100),
      '06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244',
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
    ],
    [
      'A.3',
      Buffer.alloc(22, 0x0b),
      Buffer.alloc(0),
      Buffer.alloc(0),
      '19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04',
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
    ],
  ])('the key derivation gives what RFC 5869 %s has', (_, ikm, salt, info, prk, okm) => {
    expect(extract(salt, ikm).toString('hex')).toBe(prk);
    expect(expand(hex(prk), info, okm.length / 2).toString('hex')).toBe(okm);
  });
});

describe('the signature', () => {
  it.each([
    [
      '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ])('the signature by %s is that of RFC 8032 §7.1', (secret, wanted, message, signature) => {
    const key = secretKeyOf('ed25519', hex(secret));
    expect(publicOctets(key).toString('hex')).toBe(wanted);
    expect(sign(null, hex(message), key).toString('hex')).toBe(signature);
    expect(verify(null, hex(message), publicKeyOf('ed25519', hex(wanted)), hex(signature))).toBe(true);
  });
});

describe('a sealed message', () => {
  // The working group's vector of RFC 9180 for mode 0, KEM 0x0020, KDF 0x0001, AEAD 0x0002, sequence number 0.
  const vector = {
    info: '4f6465206f6e2061204772656369616e2055726e',
    recipientSecret: '497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d',
    recipient: '430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c',
    ephemeral: '179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11',
    encapsulated: '6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256',
    associated: '436f756e742d30',
    plain: '4265617574792069732074727574682c20747275746820626561757479',
    sealed: 'e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a',
  };
  const context = { info: hex(vector.info), associated: hex(vector.associated) };

  it('a sealed message is octet for octet that of RFC 9180', () => {
    const sealed = sealTo(hex(vector.recipient), context, hex(vector.plain), hex(vector.ephemeral));
    expect(sealed?.toString('hex')).toBe(vector.encapsulated + vector.sealed);
  });

  it('a sealed message of RFC 9180 opens', () => {
    const sealed = hex(vector.encapsulated + vector.sealed);
    expect(openWith(recipientOf(hex(vector.recipientSecret)), context, sealed)?.toString('hex')).toBe(
      vector.plain,
    );
  });

  it('a sealed message is another one each time', () => {
    const [one, other] = [1, 2].map(() => sealTo(hex(vector.recipient), context, hex(vector.plain)));
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(false);
    expect(
      openWith(recipientOf(hex(vector.recipientSecret)), context, one ?? Buffer.alloc(0))?.toString('hex'),
    ).toBe(vector.plain);
  });
});
