import { describe, expect, it } from 'vitest';
import type { FamilyName } from '../../src/simulator/families/families.ts';
import { faultCatalogue } from '../../src/simulator/faults/fault-catalogue.ts';
import { playSession } from './scripted-session.ts';

/** For faults that a host notices only with certain values or on another modem. */
const settings: Readonly<Record<string, { spec?: string; family?: FamilyName }>> = {
  'mem3-trap': { spec: 'mem3-trap:no' },
  'slot-reuse': { spec: 'slot-reuse:1' },
  'too-fast': { spec: 'too-fast:1s' },
  'cmgd-dialects': { spec: 'cmgd-dialects:no-flag' },
  'index-base': { spec: 'index-base:1' },
  'cold-cfun0': { spec: 'cold-cfun0:4' },
};

const plain = new Map<FamilyName, Promise<string>>();

function plainSession(family: FamilyName): Promise<string> {
  const known = plain.get(family) ?? playSession(family, [], 5);
  plain.set(family, known);
  return known;
}

describe.each(Object.keys(faultCatalogue))('%s', (slug) => {
  const { spec = slug, family = 'ec25' } = settings[slug] ?? {};

  it(`${slug} changes what a host sees, in the same way for the same seed`, async () => {
    const first = await playSession(family, [spec], 5);
    expect(first).not.toBe(await plainSession(family));
    expect(await playSession(family, [spec], 5)).toBe(first);
  });
});

describe('several faults together', () => {
  const three = ['urc-mid-reply', 'chopped-reads:7', 'cmgd-fails:2'];

  it('several faults together play the same for the same seed, and differently for another', async () => {
    const first = await playSession('huawei', three, 5);
    expect(await playSession('huawei', three, 5)).toBe(first);
    expect(await playSession('huawei', three, 6)).not.toBe(first);
  });
});
