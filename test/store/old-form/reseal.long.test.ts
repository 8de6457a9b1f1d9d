import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/base/batches.ts';
import { checkRegister } from '../../../src/store/check/check.ts';
import { findOldRows, resealOldRows } from '../../../src/store/old-form/reseal-old.ts';
import type { Register } from '../../../src/store/register-types.ts';
import { builtModules } from '../../support/built-modules.ts';
import { always, type TempRegister } from '../temp-register.ts';
import { oldContents, oldRegister, regular } from './old-register.ts';

const signal = new AbortController().signal;

/** Everything that officers read, without the ids of rows. */
async function read(register: Register): Promise<object> {
  const visits = await collect(register.visits(always));
  const texts = await collect(register.texts(always));
  const assigned = await register.assignedTexts(always);
  return {
    visits: visits.map(({ id: _, ...visit }) => visit),
    texts: texts.map(({ id: _, ...text }) => text),
    regular: (await collect(register.visitsOf(regular, always))).map(({ id: _, ...visit }) => visit),
    counts: (await collect(register.counts(always))).map((count) => JSON.stringify(count)).sort(),
    assigned: assigned.map(({ visitId: _, ...each }) => each),
    health: { ...(await register.health()), databaseBytes: 0, walBytes: 0 },
  };
}

async function readFrom(temp: TempRegister): Promise<object> {
  const register = temp.open();
  const found = await read(register);
  await register.close();
  return found;
}

function findings({ options }: TempRegister): readonly string[] {
  const checked = checkRegister({ ...options, configFile: null, sweepIntervalMs: 3_600_000, full: true });
  return checked.findings.map(({ id }) => id);
}

describe('rows of the form before, sealed anew', () => {
  it('are read as they were, while the gateway has the register open, and a second time changes nothing', async () => {
    const temp = oldRegister();
    const register = temp.open();
    const before = await read(register);
    const clean = findings(temp);
    const rows = { visits: oldContents.visits, texts: 4 };
    expect(findOldRows(temp.options)).toMatchObject(rows);
    expect(await resealOldRows(temp.options, { signal })).toEqual(rows);
    expect(await read(register)).toEqual(before);
    await register.close();
    expect(findings(temp)).toEqual(clean);
    expect(findOldRows(temp.options)).toEqual({ visits: 0, texts: 0, hours: [] });
    expect(await resealOldRows(temp.options, { signal })).toEqual({ visits: 0, texts: 0 });
    expect(await readFrom(temp)).toEqual(before);
  });

  it('are each there once if it is killed after any of its transactions', async () => {
    const { address } = await builtModules('store/old-form/reseal-old', 'base/clock');
    const dying = `
      import { resealOldRows } from ${JSON.stringify(address('store/old-form/reseal-old'))};
      import { systemClock as clock } from ${JSON.stringify(address('base/clock'))};
      let left = Number(process.argv[2]);
      const onProgress = () => { if (--left === 0) process.kill(process.pid, 'SIGKILL'); };
      await resealOldRows({ ...JSON.parse(process.argv[1]), clock }, { signal: new AbortController().signal, onProgress });`;
    const temp = oldRegister();
    const before = await readFrom(temp);
    const { clock: _, ...options } = temp.options;
    const seen = new Set<number>();
    for (let at = 1; findOldRows(temp.options).hours.length > 0; at = 1 + (at % 3)) {
      const { signal: killedBy } = spawnSync(process.execPath, [
        ...['--input-type=module', '-e', dying, JSON.stringify(options), String(at)],
      ]);
      seen.add(findOldRows(temp.options).visits);
      expect(await readFrom(temp)).toEqual(before);
      if (killedBy === null) break;
    }
    expect(seen.size).toBeGreaterThan(5);
    expect(findOldRows(temp.options)).toEqual({ visits: 0, texts: 0, hours: [] });
    expect(await readFrom(temp)).toEqual(before);
  });
});
