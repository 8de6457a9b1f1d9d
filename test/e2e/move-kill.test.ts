import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dayMs } from '../../src/base/amounts.ts';
import { collect } from '../../src/base/batches.ts';
import { systemClock } from '../../src/base/clock.ts';
import { openRegister } from '../../src/store/register.ts';
import { runCommand } from '../cli/command-bench.ts';
import { visit } from '../store/temp-register.ts';
import { mainFile } from '../support/program.ts';
import { scratchParent } from '../support/workspace.ts';

const killer = fileURLToPath(new URL('../support/kill-at-call.cjs', import.meta.url));
const visitors = ['01055500001', '01055500002'];

/** A machine: its configuration and its data directory. */
class Machine {
  readonly folder = mkdtempSync(join(scratchParent, 'visitlog-moved-'));
  readonly dataDir = join(this.folder, 'data');
  readonly config = join(this.folder, 'visitlog.toml');
  readonly saved = join(this.folder, 'saved');

  constructor() {
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
    mkdirSync(this.dataDir, { mode: 0o700 });
    writeFileSync(this.config, `data_dir = ${JSON.stringify(this.dataDir)}\ndisk.reserve = "0"\n`);
  }

  open() {
    const keyFile = join(this.dataDir, 'keyring');
    const retentionMs = 28 * dayMs;
    const options = { dataDir: this.dataDir, keyFile, retentionMs, clock: systemClock } as const;
    return openRegister({ ...options, algorithm: 'aes-256-gcm' });
  }

  /** A step in a process of its own, which is killed before its nth call. */
  killed(killAt: number, args: readonly string[]) {
    return spawnSync(
      process.execPath,
      ['--require', killer, mainFile, '--config', this.config, 'move', ...args],
      { env: { ...process.env, KILL_AT: String(killAt) } },
    );
  }

  /** A step in this process: what follows a kill needs none of its own, and there are many. */
  async move(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const step = ['--config', this.config, 'move', ...args];
    const { code, stdout, stderr } = await runCommand({ clock: systemClock }, step, { env });
    return { status: code, stdout: stdout.trim(), stderr };
  }

  async found(): Promise<string[]> {
    const register = this.open();
    const rows = await collect(register.visits({ fromMs: 0, toMs: systemClock.wallMs() + dayMs }));
    await register.close();
    return rows.map(({ visitor }) => visitor).sort();
  }

  save(): void {
    cpSync(this.dataDir, this.saved, { recursive: true });
  }

  /** As it was when it was saved. */
  again(): void {
    rmSync(this.dataDir, { recursive: true });
    cpSync(this.saved, this.dataDir, { recursive: true });
    chmodSync(this.dataDir, 0o700);
  }
}

async function withVisits(): Promise<Machine> {
  const machine = new Machine();
  const register = machine.open();
  const atMs = systemClock.wallMs();
  for (const visitor of visitors)
    register.transact((unit) => unit.addVisit(visit({ visitor, atMs, receivedAtMs: atMs })));
  await register.close();
  return machine;
}

/** Kills `step` before each of its calls in turn, until it is not killed any more; at least some calls were met. */
async function atEachCall(
  step: (killAt: number) => { signal: unknown },
  then: (killAt: number) => Promise<void>,
) {
  for (let killAt = 1; ; killAt += 1) {
    if (step(killAt).signal !== 'SIGKILL') {
      expect(killAt).toBeGreaterThan(8);
      return;
    }
    await then(killAt);
  }
}

describe('a move without files of its own', () => {
  it('a move goes from one machine to the other through a pipe', async () => {
    const old = await withVisits();
    const fresh = new Machine();
    const { stdout: key } = await fresh.move(['--prepare']);
    const step = (machine: Machine, args: string) =>
      `'${process.execPath}' '${mainFile}' --config '${machine.config}' move ${args}`;
    const send = step(old, `--to - --encrypt-to ${key} --reason pipe`);
    const { status, stdout } = spawnSync(
      'bash',
      ['-o', 'pipefail', '-c', `${send} | ${step(fresh, '--from -')}`],
      {
        encoding: 'utf8',
      },
    );
    expect(status).toBe(0);
    expect(await fresh.found()).toEqual(visitors);
    expect((await old.move(['--confirm', stdout.trim()])).status).toBe(0);
  });

  it('a machine without a configuration takes the one that comes', async () => {
    const old = await withVisits();
    const fresh = new Machine();
    rmSync(fresh.config);
    const env = { VISITLOG_DATA_DIR: fresh.dataDir };
    const { stdout: key } = await fresh.move(['--prepare'], env);
    const box = mkdtempSync(join(old.folder, 'to-'));
    expect((await old.move(['--to', box, '--encrypt-to', key, '--reason', 'new server'])).status).toBe(0);
    const { status, stderr } = await fresh.move(['--from', join(box, readdirSync(box)[0] ?? '')], env);
    expect(`${status} ${stderr}`).toContain(`0 the configuration: ${fresh.config}`);
    expect(readFileSync(fresh.config, 'utf8')).toBe(readFileSync(old.config, 'utf8'));
    expect(statSync(fresh.config).mode & 0o777).toBe(0o640);
    expect(await fresh.found()).toEqual(visitors);
  });
});

describe('a move that is killed', () => {
  it('a move that is killed while the package is written leaves the register whole where it is', async () => {
    const old = await withVisits();
    const { stdout: key } = await new Machine().move(['--prepare']);
    old.save();
    const to = () => [
      '--to',
      mkdtempSync(join(old.folder, 'to-')),
      '--encrypt-to',
      key,
      '--reason',
      'new server',
    ];
    await atEachCall(
      (killAt) => {
        old.again();
        return old.killed(killAt, to());
      },
      async (killAt) => {
        const { status, stderr } = await old.move(['--cancel', '--yes']);
        expect(`${killAt} ${status} ${stderr}`).toMatch(/ 0 | 3 .*move\.not-begun/s);
        expect([killAt, await old.found()]).toEqual([killAt, visitors]);
      },
    );
  });

  it('a move that is killed while the new machine takes it in is taken in by the next call', async () => {
    const old = await withVisits();
    const fresh = new Machine();
    const { stdout: key } = await fresh.move(['--prepare']);
    const box = mkdtempSync(join(old.folder, 'to-'));
    expect((await old.move(['--to', box, '--encrypt-to', key, '--reason', 'new server'])).status).toBe(0);
    const file = join(box, readdirSync(box)[0] ?? '');
    fresh.save();
    const codes = new Set<string>();
    await atEachCall(
      (killAt) => {
        fresh.again();
        return fresh.killed(killAt, ['--from', file]);
      },
      async (killAt) => {
        // No gateway begins a register of its own beside what came.
        if (existsSync(join(fresh.dataDir, 'receiving')))
          expect(() => fresh.open()).toThrow(expect.objectContaining({ code: 'move.unfinished' }));
        const { status, stdout, stderr } = await fresh.move(['--from', file]);
        expect(`${killAt} ${status} ${stderr}`).toContain(' 0 ');
        codes.add(stdout);
        expect([killAt, await fresh.found()]).toEqual([killAt, visitors]);
      },
    );
    expect([...codes]).toEqual([expect.stringMatching(/^(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}$/)]);
  });

  it('a move that is killed while the keys are overwritten is ended by the next call', async () => {
    const old = await withVisits();
    const fresh = new Machine();
    const { stdout: key } = await fresh.move(['--prepare']);
    const box = mkdtempSync(join(old.folder, 'to-'));
    await old.move(['--to', box, '--encrypt-to', key, '--reason', 'new server']);
    const { stdout: code } = await fresh.move(['--from', join(box, readdirSync(box)[0] ?? '')]);
    old.save();
    await atEachCall(
      (killAt) => {
        old.again();
        return old.killed(killAt, ['--confirm', code]);
      },
      async (killAt) => {
        expect(() => old.open()).toThrow(expect.objectContaining({ code: 'move.under-way' }));
        expect([killAt, (await old.move(['--confirm', code])).status]).toEqual([killAt, 0]);
        expect(readdirSync(old.dataDir).filter((name) => /^keyring|^register/.test(name))).toEqual([]);
      },
    );
    expect(await fresh.found()).toEqual(visitors);
  });
});
