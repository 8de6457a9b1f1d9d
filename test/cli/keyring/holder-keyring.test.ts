import { randomBytes } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { holderRingPath, makeHolderFiles, openHolderFiles } from '../../../src/store/holder/holder-files.ts';
import { HolderRing } from '../../../src/store/holder/holder-ring.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { headerBytes, readHeader, writeHeader } from '../../../src/store/keyring/keyring-header.ts';
import { openRingSectors } from '../../../src/store/keyring/ring-sectors.ts';
import { nowMs } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

const hours = [hourOf(nowMs) - 100, hourOf(nowMs), hourOf(nowMs) + 40];
const url = 'postgres://visitlog_holder_a@:1/visitlog?host=/nowhere';

/** A register host whose ring has secrets, and the public keys of these. */
function bench(): CommandBench & { readonly keys: () => (string | undefined)[] } {
  const made = commandBench();
  made.temp.open().close();
  const { options } = made.temp;
  makeHolderFiles({ ...options, name: 'a', aheadMs: 72 * hourMs });
  const path = holderRingPath(options.keyFile);
  const ring = HolderRing.open(path, true);
  for (const hour of hours) ring.add(hour);
  ring.close();
  configure(made, `[central]\nurl = ${JSON.stringify(url)}`);
  const keys = (masterFile: string | null = null) => {
    const opened = HolderRing.open(path, false, masterFile);
    const found = hours.map((hour) => opened.recipient(hour)?.publicKey.toString('hex'));
    opened.close();
    return found;
  };
  return { ...made, keys };
}

const configure = ({ config }: CommandBench, more: string) => appendFileSync(config, `${more}\n`);

describe('the keyrings of a register host', () => {
  it('keyring resize makes room in both of its keyrings for a longer retention and for more hours ahead', async () => {
    const made = bench();
    const before = made.keys();
    configure(made, '[holder]\nname = "a"\npublish_ahead = "14d"\n[retention]\nperiod = "60d"');
    expect((await made.run(['sweep'])).stderr).toContain('[keyring.other-size]');
    const { code, stdout } = await made.run(['keyring', 'resize']);
    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        '720 slots, not wrapped → 1,488 slots, not wrapped',
        'keyring of the register host’s hours: 792 slots, not wrapped → 1,824 slots, not wrapped',
        '',
      ],
    ]);
    expect(made.keys()).toEqual(before);
    const again = await made.run(['keyring', 'resize']);
    expect(again.stdout).toBe(
      'nothing to change: 1,488 slots, not wrapped\nkeyring of the register host’s hours: nothing to change: 1,824 slots, not wrapped\n',
    );
  });

  it('a ring that has more room than a shorter retention needs stays as it is', async () => {
    const made = bench();
    const before = made.keys();
    configure(made, '[holder]\nname = "a"\n[retention]\nperiod = "14d"');
    const { code, stdout } = await made.run(['keyring', 'resize', '--yes']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('nothing to change: 792 slots')]);
    expect(made.keys()).toEqual(before);
  });

  it('keyring wrap wraps both, and unwrap gives both back', async () => {
    const made = bench();
    const before = made.keys();
    const master = join(made.folder, 'master');
    writeFileSync(master, randomBytes(32), { mode: 0o600 });
    configure(made, `[holder]\nname = "a"\n[cipher]\nmaster = "file:${master}"`);
    const wrapped = await made.run(['keyring', 'wrap']);
    expect([wrapped.code, wrapped.stdout.match(/wrapped with the master key/g)?.length]).toEqual([0, 2]);
    expect(() => made.keys()).toThrow(expect.objectContaining({ code: 'keyring.master-missing' }));
    expect((await made.run(['check'])).stdout).toContain('wrapped with the master key');
    expect((await made.run(['keyring', 'unwrap'])).code).toBe(0);
    expect(made.keys()).toEqual(before);
  });

  it('a change that was cut off is finished by whoever opens the ring to write', () => {
    const made = bench();
    const before = made.keys();
    const { options } = made.temp;
    const path = holderRingPath(options.keyFile);
    const sectors = openRingSectors(path, true);
    const header = readHeader(path, headerBytes(sectors));
    writeHeader(sectors, { ...header, becoming: { ...header.shape, slots: 1_000 } });
    sectors.close();
    const place = { ...options, name: 'a', aheadMs: 72 * hourMs };
    expect(() => openHolderFiles({ ...place, role: 'reader' })).toThrow(
      expect.objectContaining({ code: 'keyring.unfinished' }),
    );
    const files = openHolderFiles({ ...place, role: 'tool' });
    expect(files.ring.slots).toBe(1_000);
    files.close();
    expect(made.keys()).toEqual(before);
  });
});
