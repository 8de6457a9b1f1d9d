import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { holderRingPath } from '../../../src/store/holder/holder-files.ts';
import { HolderRing } from '../../../src/store/holder/holder-ring.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { beginLeaving } from '../../../src/store/move/leave.ts';
import { nowMs, visit } from '../../store/temp-register.ts';
import { type CommandBench, commandBench, type Ran } from '../command-bench.ts';

const visitors = ['01055500001', '01055500002'];
const why = ['--reason', 'new server'];

interface Machine extends CommandBench {
  move(...args: readonly string[]): Promise<Ran>;
  found(): Promise<string[]>;
  has(name: string): boolean;
}

function machine(): Machine {
  const made = commandBench();
  const { temp, run } = made;
  return {
    ...made,
    move: (...args) => run(['move', ...args]),
    async found() {
      const register = temp.open({ role: 'reader' });
      const rows = await collect(register.visits({ fromMs: 0, toMs: nowMs + dayMs }));
      await register.close();
      return rows.map(({ visitor }) => visitor).sort();
    },
    has: (name) => existsSync(join(temp.dataDir, name)),
  };
}

/** An old machine with two visits, and a new one without a register. */
async function machines() {
  const old = machine();
  const gateway = old.temp.open();
  for (const visitor of visitors) gateway.transact((unit) => unit.addVisit(visit({ visitor })));
  await gateway.close();
  await old.run(['venue', 'add', '031-324-2114', '--name', 'Hall']);
  const fresh = machine();
  const key = (await fresh.move('--prepare')).stdout.trim();
  const send = () => old.move('--to', old.folder, '--encrypt-to', key, ...why);
  const packages = () => readdirSync(old.folder).map((name) => join(old.folder, name));
  return { old, fresh, key, send, packages };
}

const codeIn = ({ stdout }: Ran) => stdout.trim();

describe('a move to another machine', () => {
  it('a move brings the register with its keys, places and log to the other machine, and destroys the keys here', async () => {
    const { old, fresh, key, send, packages } = await machines();
    expect(key).toMatch(/^age1/);
    const keyring = readFileSync(join(old.temp.dataDir, 'keyring'));
    const sent = await send();
    expect([sent.code, sent.stdout]).toEqual([0, '']);
    const [file = ''] = packages();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file).includes(keyring.subarray(0, 64))).toBe(false);
    const taken = await fresh.move('--from', file);
    expect([taken.code, taken.stderr]).toEqual([0, expect.stringContaining('opened with its keys')]);
    expect(await fresh.found()).toEqual(visitors);
    expect((await fresh.run(['venue', 'list'])).stdout).toContain('Hall');
    expect((await fresh.run(['audit', 'verify'])).code).toBe(0);
    expect((await fresh.run(['check'])).stdout).toContain('no finding');
    const acts = (await fresh.run(['audit', 'list', '--json'])).stdout;
    expect(acts).toContain('"command":"move"');
    // The old machine still has everything, until the code is typed there.
    expect(readFileSync(join(old.temp.dataDir, 'keyring'))).toEqual(keyring);
    expect((await old.move('--confirm', 'AAAA-BBBB-CCCC-DDDD')).stderr).toContain('[move.wrong-code]');
    expect(old.has('keyring')).toBe(true);
    const code = codeIn(taken);
    expect((await old.move('--confirm', code.toLowerCase().replaceAll('-', ' '))).code).toBe(0);
    for (const name of ['keyring', 'keyring.audit', 'register.sqlite', 'audit.anchor'])
      expect([name, old.has(name)]).toEqual([name, false]);
    // Again, as after a kill.
    expect((await old.move('--confirm', code)).code).toBe(0);
    expect(fresh.has('move.key')).toBe(false);
    expect(fresh.has('receiving')).toBe(false);
  });

  it('a register host takes its key and the secrets of its hours along, and leaves none here', async () => {
    const { old, fresh, send, packages } = await machines();
    const holder =
      '[central]\nurl = "postgres://visitlog_holder_a@:1/visitlog?host=/nowhere"\n[holder]\nname = "a"\n';
    for (const { config } of [old, fresh]) appendFileSync(config, holder);
    const pin = (await old.run(['central', 'holder'])).stdout;
    const ringOf = ({ temp }: Machine) => HolderRing.open(holderRingPath(temp.keyFile), true);
    const ring = ringOf(old);
    ring.add(hourOf(nowMs));
    const secret = ring.recipient(hourOf(nowMs))?.publicKey;
    ring.close();
    expect(await send()).toMatchObject({ code: 0 });
    const taken = await fresh.move('--from', packages()[0] ?? '');
    expect(taken.code, taken.stderr).toBe(0);
    const arrived = ringOf(fresh);
    expect(arrived.recipient(hourOf(nowMs))?.publicKey).toEqual(secret);
    arrived.close();
    expect(await fresh.run(['central', 'holder'])).toMatchObject({ stdout: pin, stderr: '' });
    expect((await old.move('--confirm', codeIn(taken))).code).toBe(0);
    expect([old.has('holder-key'), old.has('holder-keyring')]).toEqual([false, false]);
  });

  it('a machine that its register leaves takes and records nothing until the move is cancelled, and reads what is there', async () => {
    const { old, send } = await machines();
    await send();
    expect(() => old.temp.open()).toThrow(expect.objectContaining({ code: 'move.under-way' }));
    expect((await old.run(['venue', 'add', '031-324-2115', '--name', 'X'])).stderr).toContain(
      '[move.under-way]',
    );
    const days = ['--from', '2026-11-20', '--to', '2026-11-25'];
    const counted = await old.run(['counts', ...days, '--by', 'venue', '--format', 'csv']);
    expect([counted.code, counted.stdout.trim().split('\n').length]).toEqual([0, 2]);
    expect((await old.run(['check'])).code).toBe(0);
    const shown = await old.run(['export', ...days, '--reason', 'x']);
    expect([shown.stdout, shown.stderr]).toEqual(['', expect.stringContaining('[audit.unwritable]')]);
    expect((await old.move('--cancel')).stderr).toContain('[move.not-confirmed]');
    expect((await old.move('--cancel', '--yes')).code).toBe(0);
    expect(await old.found()).toEqual(visitors);
    await old.temp.open().close();
    expect((await old.move('--confirm', 'AAAA')).stderr).toContain('[move.not-begun]');
  });

  it('a machine that its register has left begins no new one', async () => {
    const { old, fresh, send, packages } = await machines();
    await send();
    await old.move('--confirm', codeIn(await fresh.move('--from', packages()[0] ?? '')));
    expect(() => old.temp.open()).toThrow(expect.objectContaining({ code: 'move.under-way' }));
    expect((await send()).stderr).toContain('[move.gone]');
    expect((await old.move('--cancel', '--yes')).stderr).toContain('[move.gone]');
  });

  it('a move refuses a running gateway, a missing key, a register that is there, and more than one step', async () => {
    const { old, fresh, send, key, packages } = await machines();
    const gateway = old.temp.open();
    expect((await send()).stderr).toContain('[register.in-use]');
    await gateway.close();
    expect(old.has('moving')).toBe(false);
    const without = [
      ['--to', old.folder, ...why],
      ['--to', old.folder, '--encrypt-to', key],
    ];
    for (const args of without) expect((await old.move(...args)).stderr).toContain('[move.needs-recipient]');
    expect((await old.move()).stderr).toContain('[move.one-step]');
    expect((await old.move('--cancel', '--prepare')).stderr).toContain('[move.one-step]');
    await send();
    const [file = ''] = packages();
    expect((await machine().move('--from', file)).stderr).toContain('[move.not-prepared]');
    const other = machine();
    await other.move('--prepare');
    expect((await other.move('--from', file)).stderr).toContain('[move.other-key]');
    await other.temp.open().close();
    expect((await other.move('--from', file)).stderr).toContain('[move.occupied]');
    expect((await fresh.move('--from', join(old.folder, 'nowhere'))).stderr).toContain('[move.unreadable]');
  });

  it('what was cut off or changed on the way is refused, and leaves nothing', async () => {
    const { fresh, send, packages, old } = await machines();
    await send();
    const [file = ''] = packages();
    const octets = readFileSync(file);
    const cut = join(old.folder, 'cut');
    for (const bad of [octets.subarray(0, octets.length - 70_000), octets.subarray(0, 20)]) {
      writeFileSync(cut, bad);
      expect((await fresh.move('--from', cut)).stderr).toMatch(/\[move\.(not-a-package|other-key)\]/);
    }
    const changed = Buffer.from(octets);
    changed[octets.length - 100_000] = (changed[octets.length - 100_000] ?? 0) ^ 1;
    writeFileSync(cut, changed);
    expect((await fresh.move('--from', cut)).stderr).toContain('[move.not-a-package]');
    expect([fresh.has('receiving'), fresh.has('keyring'), fresh.has('register.sqlite')]).toEqual([
      false,
      false,
      false,
    ]);
    expect((await fresh.move('--from', file)).code).toBe(0);
  });

  it('only the code of the last package counts', async () => {
    const { old, fresh, send, packages } = await machines();
    await send();
    const [first = ''] = packages();
    await old.temp.clock.advance(1_000);
    await send();
    const second = packages().find((file) => file !== first) ?? '';
    const code = codeIn(await fresh.move('--from', first));
    expect((await old.move('--confirm', code)).stderr).toContain('[move.wrong-code]');
    expect(old.has('keyring')).toBe(true);
    expect(existsSync(second)).toBe(true);
  });

  it('the new machine takes the configuration that comes if it has none, and puts it beside its own otherwise', async () => {
    const { fresh, send, packages } = await machines();
    await send();
    const taken = await fresh.move('--from', packages()[0] ?? '');
    expect(taken.stderr).toContain(`${fresh.config}.moved`);
    expect(existsSync(`${fresh.config}.moved`)).toBe(true);
  });

  it('a step that was cut off is repeated: the code is shown again, and a receipt is completed', async () => {
    const { old, fresh, send, packages } = await machines();
    await send();
    const [file = ''] = packages();
    const code = codeIn(await fresh.move('--from', file));
    // Killed before the code was seen.
    expect(codeIn(await fresh.move('--from', file))).toBe(code);
    // Killed among the renames: some are done, the register's is not.
    const receiving = join(fresh.temp.dataDir, 'receiving');
    mkdirSync(receiving, { mode: 0o700 });
    const received = readFileSync(join(fresh.temp.dataDir, 'received'), 'utf8');
    writeFileSync(join(receiving, 'complete'), received, { mode: 0o600 });
    rmSync(join(fresh.temp.dataDir, 'received'));
    renameSync(join(fresh.temp.dataDir, 'register.sqlite'), join(receiving, 'register.sqlite'));
    expect(() => fresh.temp.open()).toThrow(expect.objectContaining({ code: 'move.unfinished' }));
    expect(codeIn(await fresh.move('--from', file))).toBe(code);
    expect(await fresh.found()).toEqual(visitors);
    expect((await old.move('--confirm', code)).code).toBe(0);
  });

  it('a package that nobody reads to its end leaves the register whole, and a second one is made', async () => {
    const { old, send, packages } = await machines();
    const { dataDir } = old.temp;
    const leaving = beginLeaving({ dataDir, keyFile: join(dataDir, 'keyring'), config: null, now: '' });
    const pieces = leaving.pieces(() => {});
    await pieces.next();
    leaving.release();
    expect(old.has('moving')).toBe(true);
    expect((await old.move('--cancel', '--yes')).code).toBe(0);
    expect(await old.found()).toEqual(visitors);
    expect((await send()).code).toBe(0);
    expect(packages()).toHaveLength(1);
  });
});
