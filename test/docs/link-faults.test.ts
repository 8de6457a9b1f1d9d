import { describe, expect, it } from 'vitest';
import { linkFaults } from '../../src/simulator/smsc/link-faults.ts';
import { readDocument } from './documents.ts';

const rows = [...readDocument('docs/FAULTS.md').matchAll(/^\| (L\d+) \| `([^`]+)` \| .+ \| .+ \|$/gm)].map(
  ([, id = '', name = '']) => ({ id, name }),
);
const tests = readDocument('test/e2e/fault-link.test.ts');

describe('the table of link faults', () => {
  it('the table of link faults has its rows once, in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 24 }, (_, i) => `L${i + 1}`));
  });

  it('the table of link faults calls a fault that the simulator plays by its name and row', () => {
    const names = new Map(rows.map(({ id, name }) => [name, id]));
    for (const [name, { row }] of Object.entries(linkFaults)) expect(names.get(name), name).toBe(row);
  });

  it.each(rows)('the table of link faults has a test that plays $id $name', ({ id, name }) => {
    const claims = [...tests.matchAll(/\bit(?:\.each\(.+\))?\(\s*'((?:L\d+(?:, )?)+)( [a-z-]+)?: /g)];
    const own = claims.filter(([, ids = '']) => ids.split(', ').includes(id));
    expect(own.length).toBeGreaterThan(0);
    for (const [, , slug] of own) if (slug !== undefined) expect(slug).toBe(` ${name}`);
  });
});
