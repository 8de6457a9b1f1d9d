import { randomBytes } from 'node:crypto';
import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../src/base/amounts.ts';
import { openAuditReader } from '../../../src/store/audit/audit-reader.ts';
import { nowMs, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const sizeOf = ({ temp }: CommandBench) => statSync(temp.keyFile).size / 512 - 2;
const configure = ({ config }: CommandBench, more: string) => appendFileSync(config, `${more}\n`);
const lastDay = ['export', '--from', '-30d', '--to', '-0h', '--format', 'jsonl', '--reason', 'drill'];

/** A visit of ten days ago and one of today. */
function bench(): CommandBench {
  const made = commandBench();
  const register = made.temp.open();
  register.transact((unit) => {
    unit.addVisit(visit({ visitor: '01055500001', atMs: nowMs - 10 * dayMs }));
    unit.addVisit(visit({ visitor: '01055500002', atMs: nowMs - 1_000 }));
  });
  register.close();
  return made;
}

const visits = async ({ run }: CommandBench) =>
  (await run(lastDay)).stdout.split('\n').filter((line) => line !== '').length;

describe('keyring resize', () => {
  it('keyring resize makes room for a longer retention, which is refused until then', async () => {
    const made = bench();
    configure(made, '[retention]\nperiod = "60d"');
    const refused = await made.run(['sweep']);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('[keyring.other-size]')]);
    const { code, stdout } = await made.run(['keyring', 'resize']);
    expect([code, stdout]).toEqual([0, '720 slots, not wrapped → 1,488 slots, not wrapped\n']);
    expect([sizeOf(made), await visits(made)]).toEqual([1_488, 2]);
    made.temp.open({ retentionMs: 60 * dayMs }).close();
    expect((await made.run(['check'])).code).toBe(0);
  });

  it('keyring resize asks before a shorter retention ends records, and then ends them', async () => {
    const made = bench();
    configure(made, '[retention]\nperiod = "7d"');
    const refused = await made.run(['keyring', 'resize']);
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('1 hour with 1 visit')]);
    expect(sizeOf(made)).toBe(720);
    const { code, stdout } = await made.run(['keyring', 'resize', '--yes']);
    expect([code, stdout]).toEqual([0, '720 slots, not wrapped → 216 slots, not wrapped\n']);
    expect([sizeOf(made), await visits(made)]).toEqual([216, 1]);
    expect((await made.run(['check'])).code).toBe(0);
    const reader = openAuditReader(made.temp.options);
    expect(reader.contents().destructions).toMatchObject([
      { cause: 'expired', command: 'keyring resize', keys: 1, rows: { visits: 1 } },
    ]);
    reader.close();
  });

  it('keyring resize changes nothing if the retention is unchanged', async () => {
    const { stdout } = await bench().run(['keyring', 'resize']);
    expect(stdout).toBe('nothing to change: 720 slots, not wrapped\n');
  });

  it('keyring resize is refused while the gateway runs', async () => {
    const made = bench();
    made.temp.open();
    for (const change of ['resize', 'wrap', 'unwrap']) {
      const { code, stderr } = await made.run(['keyring', change]);
      expect([code, stderr]).toEqual([1, expect.stringContaining('[register.in-use]')]);
    }
  });
});

describe('keyring wrap and unwrap', () => {
  it('keyring wrap and unwrap put a master key to use and out of use, and are recorded', async () => {
    const made = bench();
    const master = join(made.temp.dataDir, 'master.key');
    writeFileSync(master, randomBytes(32), { mode: 0o600 });
    const refused = await made.run(['keyring', 'wrap']);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('[keyring.master-missing]')]);
    configure(made, `[cipher]\nmaster = ${JSON.stringify(`file:${master}`)}`);
    const before = await made.run(lastDay);
    expect([before.code, before.stderr]).toEqual([2, expect.stringContaining('[keyring.not-wrapped]')]);
    expect((await made.run(['keyring', 'wrap'])).stdout).toContain(
      '→ 720 slots, wrapped with the master key',
    );
    expect(await visits(made)).toBe(2);
    expect((await made.run(['check'])).code).toBe(0);
    writeFileSync(master, randomBytes(32));
    const wrong = await made.run(lastDay);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('[keyring.master-wrong]')]);
  });

  it('keyring wrap finds a credential of the service', async () => {
    const made = bench();
    writeFileSync(join(made.temp.dataDir, 'visitlog'), randomBytes(32), { mode: 0o400 });
    configure(made, '[cipher]\nmaster = "credential:visitlog"');
    const env = { CREDENTIALS_DIRECTORY: made.temp.dataDir };
    expect((await made.run(['keyring', 'wrap'], { env })).code).toBe(0);
    const outside = await made.run(lastDay);
    expect([outside.code, outside.stderr]).toEqual([2, expect.stringContaining('[keyring.master-missing]')]);
    const inside = await made.run(lastDay, { env });
    expect([inside.code, inside.stdout.trim().split('\n').length]).toEqual([0, 2]);
    expect((await made.run(['keyring', 'unwrap'], { env })).stdout).toContain('→ 720 slots, not wrapped');
  });
});
