import { describe, expect, it } from 'vitest';
import { hasTag, subjectTags } from '../../../src/store/audit/audit-subjects.ts';
import type { Subkeys } from '../../../src/store/keyring/hour-keys.ts';
import type { Algorithm } from '../../../src/store/register-types.ts';

/** Numbers, names that are a block of the cipher as they are, and such as are not: empty, too long, Hangul, a space. */
const shown = [
  '01055500123',
  '카카오',
  '+8613055500123',
  '01055500123',
  'a'.repeat(16),
  'a'.repeat(17),
  'A B',
  '',
];

function tagsOf(visitors: readonly string[], algorithm: Algorithm = 'aes-256-gcm'): Buffer {
  const tags = subjectTags({ algorithm, audit: Buffer.alloc(32, 7) } as unknown as Subkeys, 42);
  for (const visitor of visitors) tags.add(visitor);
  return tags.tags();
}

describe('pseudonyms of the audit log', () => {
  it.each([
    [
      'aes-256-gcm',
      '4831500c7d033c2e7f3cadb29c1c3d0396e7559bcd278af1a6e007bdb9515e6eda98883fe4d1a1f7e47cd81ee7473476fc7cae9620783e5e',
    ],
    [
      'aria-256-gcm',
      '05da89200eb8ceba27f099f720bb9af74e2034a9ad940c1b8de66d7ac92d8b3c9193ed4d9b6dddd2d6f54d1ee11a319fdc8f887622a15931',
    ],
  ] as const)(
    'pseudonyms of the audit log under %s are the same for ever, for logs on disk are looked up by them',
    (algorithm, hex) => {
      expect(tagsOf(shown, algorithm).toString('hex')).toBe(hex);
      expect(tagsOf(shown.toReversed(), algorithm).toString('hex')).toBe(hex);
    },
  );

  it('pseudonyms of the audit log are found again, each one of many and no other', () => {
    const numbers = Array.from({ length: 500 }, (_, index) => `0105550${1_000 + index}`);
    const tags = tagsOf([...numbers, ...numbers]);
    expect(tags).toHaveLength(500 * 8);
    for (const number of numbers) expect(hasTag(tags, tagsOf([number]))).toBe(true);
    expect(hasTag(tags, tagsOf(['01055500999']))).toBe(false);
  });

  it('pseudonyms of the audit log are none if nobody was shown', () => {
    expect(tagsOf([])).toHaveLength(0);
  });
});
