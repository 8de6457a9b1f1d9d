import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { collect } from '../../src/base/batches.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { openRegister } from '../../src/store/register.ts';
import type { Register, RegisterOptions } from '../../src/store/register-types.ts';
import { builtModules } from '../support/built-modules.ts';
import { start, visitlog } from '../support/program.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

const retentionMs = 28 * dayMs;
const keys = 600;
const kills = 8;
const venue = '0313242114';
const source = 'network';

let workspace: Workspace;

beforeEach(() => {
  workspace = makeWorkspace();
  workspace.configure('tcp://127.0.0.1:1');
});
afterEach(() => workspace.remove());

function open(masterFile: string | null = null): Register {
  return openRegister({ ...options(), masterFile });
}

function options(): RegisterOptions {
  const { dataDir } = workspace;
  const keyFile = join(dataDir, 'keyring');
  return { dataDir, keyFile, retentionMs, algorithm: 'aes-256-gcm', clock: systemClock };
}

function addVisit(register: Register, visitor: string, atMs: number): void {
  const receivedAtMs = atMs;
  register.transact((unit) =>
    unit.addVisit({
      visitor,
      venue,
      atMs,
      source,
      receivedAtMs,
      line: 'line1',
      webSent: false,
      callback: false,
    }),
  );
}

async function visitors(register: Register): Promise<string[]> {
  const rows = register.visits({ fromMs: 0, toMs: systemClock.wallMs() + dayMs });
  return (await collect(rows)).map(({ visitor }) => visitor);
}

describe('kill -9', () => {
  it('kill -9 between the key of an hour and its first row loses nothing, and the key serves the next text', async () => {
    const { address } = await builtModules('store/register', 'base/clock');
    const nowMs = systemClock.wallMs();
    const dying = `
      import { openRegister } from ${JSON.stringify(address('store/register'))};
      import { systemClock as clock } from ${JSON.stringify(address('base/clock'))};
      const register = openRegister({ ...JSON.parse(process.argv[1]), clock });
      register.transact((unit) => {
        unit.addVisit({ visitor: '01055500001', venue: '${venue}', atMs: ${nowMs}, source: 'network',
          receivedAtMs: ${nowMs}, line: 'line1', webSent: false, callback: false });
        process.kill(process.pid, 'SIGKILL');
      });`;
    const { signal } = spawnSync(process.execPath, [
      '--input-type=module',
      '-e',
      dying,
      JSON.stringify(options()),
    ]);
    expect(signal).toBe('SIGKILL');
    const after = open();
    expect(await after.health()).toMatchObject({ keys: 1, visits: 0, keylessHours: 0 });
    addVisit(after, '01055500002', nowMs);
    after.close();
    const again = open();
    expect(await visitors(again)).toEqual(['01055500002']);
    expect((await again.health()).keys).toBe(1);
    again.close();
  });

  it(`kill -9 at ${kills} random instants of wrapping and unwrapping the keyring loses no key and leaves no copy`, async () => {
    const random = createRandom(20_261_123);
    const master = join(workspace.folder, 'master');
    writeFileSync(master, randomBytes(32), { mode: 0o600 });
    appendFileSync(workspace.configFile, `[cipher]\nmaster = "file:${master}"\n`);
    const register = openRegister({ ...options(), masterFile: master });
    const nowMs = systemClock.wallMs();
    for (let ago = keys; ago > 0; ago -= 1) addVisit(register, `v${ago}`, nowMs - ago * hourMs);
    const recorded = await visitors(register);
    register.close();
    expect(recorded).toHaveLength(keys);
    const { size } = statSync(options().keyFile);
    const plain = new Set<string>();
    let interrupted = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const wanted = kill % 2 === 0 ? 'unwrap' : 'wrap';
      interrupted += (await killed(wanted, random.int(600))) ? 1 : 0;
      const finished = await visitlog(['--config', workspace.configFile, 'keyring', wanted]);
      expect([finished.code, finished.stderr]).toEqual([0, '']);
      expect(statSync(options().keyFile).size).toBe(size);
      const reader = open(wanted === 'wrap' ? master : null);
      expect(await visitors(reader)).toEqual(recorded);
      reader.close();
      if (wanted === 'unwrap') plain.add(slots().join());
    }
    expect(interrupted).toBeGreaterThan(0);
    // Unwrapped, the ring is the same to the last octet each time: each key in its place, and nothing besides.
    expect(plain.size).toBe(1);
  });

  /** Whether the change had begun and was not done. */
  async function killed(wanted: string, afterMs: number): Promise<boolean> {
    const command = start(['--config', workspace.configFile, 'keyring', wanted]);
    const generation = headers();
    while (headers() === generation && command.child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setTimeout(resolve, afterMs % 40));
    await command.kill();
    return becoming() > 0;
  }

  const headers = () => readFileSync(options().keyFile).subarray(0, 1_024).toString('base64');
  const slots = () => [readFileSync(options().keyFile).subarray(1_024).toString('base64')];

  /** The header's "slots to be", of the younger header. */
  function becoming(): number {
    const file = readFileSync(options().keyFile);
    const at = file.readUInt32BE(20) > file.readUInt32BE(512 + 20) ? 0 : 512;
    return file.readUInt32BE(at + 28);
  }
});
