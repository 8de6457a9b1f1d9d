import { appendFileSync, chmodSync, chownSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { openDatabase } from '../../../src/store/database/database.ts';
import { holderKeyPath, holderRingPath } from '../../../src/store/holder/holder-files.ts';
import { HolderRing } from '../../../src/store/holder/holder-ring.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { nowMs } from '../../store/temp-register.ts';
import { type CommandBench, commandBench } from '../command-bench.ts';

/** A register host whose central register does not answer. */
async function registerHost(): Promise<CommandBench & { readonly pin: string }> {
  const bench = commandBench();
  appendFileSync(
    bench.config,
    '[central]\nurl = "postgres://visitlog_holder_a@:1/visitlog?host=/nowhere"\n[holder]\nname = "a"\n',
  );
  const { code, stdout } = await bench.run(['central', 'holder']);
  expect(code).toBe(0);
  bench.temp.open().close();
  return { ...bench, pin: stdout.trim() };
}

function addSecrets({ temp }: CommandBench, hours: readonly number[]): void {
  const ring = HolderRing.open(holderRingPath(temp.keyFile), true);
  for (const hour of hours) ring.add(hour);
  ring.close();
}

/** As a pass keeps the opened key of an hour. */
function keepKey({ temp }: CommandBench, hour: number): void {
  const db = openDatabase(temp.dataDir, false);
  db.prepare('INSERT INTO opened_keys (hour, names, sealed) VALUES (?, ?, ?)').run(
    hour,
    '0 giheung',
    Buffer.alloc(200),
  );
  db.close();
}

const findings = async (bench: CommandBench): Promise<string[]> => {
  const { stdout } = await bench.run(['check', '--json']);
  return (JSON.parse(stdout) as { findings: { id: string }[] }).findings.map(({ id }) => id);
};

describe('check on a register host', () => {
  it('examines its keyring and its key, without the central register, and prints its pin', async () => {
    const host = await registerHost();
    addSecrets(host, [hourOf(nowMs), hourOf(nowMs) + 30]);
    const { code, stdout } = await host.run(['check']);
    expect([code, stdout], stdout).toEqual([0, expect.stringContaining('no finding')]);
    expect(stdout).toContain(`holder    2 keys in 792 slots, not wrapped; ${host.pin}`);
    const json = JSON.parse((await host.run(['check', '--json'])).stdout) as Record<string, unknown>;
    expect(json.holder).toEqual({ pin: host.pin, slots: 792, keys: 2, wrapped: false });
    const elsewhere = commandBench();
    elsewhere.temp.open().close();
    expect(JSON.parse((await elsewhere.run(['check', '--json'])).stdout)).toMatchObject({ holder: null });
    expect((await elsewhere.run(['check'])).stdout).not.toContain('holder');
  });

  it.skipIf(process.getuid?.() !== 0)(
    'as root, though its files are the account that the gateway runs as',
    async () => {
      const host = await registerHost();
      const { dataDir } = host.temp;
      for (const path of [dataDir, ...readdirSync(dataDir).map((name) => join(dataDir, name))])
        if (!path.endsWith('.toml')) chownSync(path, 4_242, 4_242);
      expect(await findings(host)).toEqual([]);
    },
  );

  it('finds secrets that have outlived their hour, and keys that have outlived their secret', async () => {
    const host = await registerHost();
    addSecrets(host, [hourOf(nowMs - 29 * dayMs), hourOf(nowMs)]);
    keepKey(host, hourOf(nowMs - 40 * dayMs));
    expect(await findings(host)).toEqual(['check.holder-overdue', 'check.holder-kept']);
    expect((await host.run(['check'])).code).toBe(1);
  });

  it('finds that its key is gone, or that others can read it', async () => {
    const host = await registerHost();
    chmodSync(holderKeyPath(host.temp.keyFile), 0o644);
    expect(await findings(host)).toEqual(['check.mode', 'holder.key-damaged']);
    rmSync(holderKeyPath(host.temp.keyFile));
    expect(await findings(host)).toEqual(['holder.no-key']);
  });

  it('finds a ring that is too small for what is configured', async () => {
    const host = await registerHost();
    appendFileSync(host.config, 'publish_ahead = "14d"\n');
    expect(await findings(host)).toEqual(['holder.ring-small']);
  });
});

describe('backup and restore on a register host', () => {
  it('are of its own register alone, whether or not the central one answers, and say so', async () => {
    const host = await registerHost();
    addSecrets(host, [hourOf(nowMs)]);
    expect((await host.run(['venue', 'list'])).stderr).toContain('[central.unreachable]');
    const file = join(host.folder, 'backup.sqlite');
    const made = await host.run(['backup', file]);
    expect(made).toMatchObject({ code: 0, stdout: '' });
    expect(made.stderr).toContain('no key is in it');
    expect(made.stderr).toContain('visits and places are in PostgreSQL');
    const before = (await host.run(['audit', 'list', '--json'])).stdout;
    expect(before).toContain('"backup"');
    await host.temp.clock.advance(hourMs);
    const restored = await host.run(['restore', file, '--reason', 'disk replaced']);
    expect(restored, restored.stdout).toMatchObject({ code: 0, stderr: '' });
    expect(restored.stdout).toMatch(/it holds this register host’s audit log, \d+ rows/);
    expect(restored.stdout).toContain('nothing of them has changed');
    expect(restored.stdout).not.toContain('Repeat the erasures');
    expect((await host.run(['central', 'holder'])).stdout.trim()).toBe(host.pin);
    const ring = HolderRing.open(holderRingPath(host.temp.keyFile), false);
    expect(ring.hours()).toEqual([hourOf(nowMs)]);
    ring.close();
  });
});
