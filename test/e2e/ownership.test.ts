import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { createModem } from '../../src/simulator/modem.ts';
import { serveTcp } from '../../src/simulator/tcp.ts';
import { createVisitors } from '../../src/simulator/visitors.ts';
import { emptied } from '../support/emptied.ts';
import { mainFile, start, startCommand, visitlog } from '../support/program.ts';
import { until } from '../support/until.ts';
import { makeWorkspace, type Workspace } from '../support/workspace.ts';

const isRoot = process.geteuid?.() === 0;
const canBecome = isRoot && spawnSync('setpriv', ['--version']).status === 0;
const account = 61_477;

/** The folder as the package makes it: empty, and of the account that the gateway will run as. */
describe.skipIf(!canBecome)('root at the data directory of an account, before its gateway ever ran', () => {
  let workspace: Workspace;

  beforeEach(() => {
    workspace = makeWorkspace('/var/tmp');
    onTestFinished(() => workspace.remove());
    chmodSync(workspace.folder, 0o755);
    workspace.configure('tcp://127.0.0.1:1');
    mkdirSync(workspace.dataDir, { mode: 0o700 });
    chownSync(workspace.dataDir, account, account);
  });

  const run = (...args: string[]) => visitlog(['--config', workspace.configFile, ...args]);
  const foreign = () =>
    readdirSync(workspace.dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => {
      const { uid, gid } = statSync(join(workspace.dataDir, name));
      return uid !== account || gid !== account;
    });

  /** What the unit does: the gateway as its own account. */
  async function gatewayStarts(): Promise<void> {
    const become = [`--reuid=${account}`, `--regid=${account}`, '--clear-groups'];
    const command = [process.execPath, mainFile, '--config', workspace.configFile, 'run'];
    const gateway = startCommand('setpriv', [...become, ...command]);
    await gateway.line((line) => line.includes('"event":"gateway.started"'));
    await gateway.kill('SIGTERM');
    expect(gateway.child.exitCode).toBe(0);
  }

  const places = 'number,name\n031-324-2114,Hall\n';
  it.each<[string, (list: string, folder: string) => readonly (readonly string[])[]]>([
    ['venue add', () => [['venue', 'add', '031-324-2114', '--name', 'Hall']]],
    ['venue import', (list) => [['venue', 'import', list]]],
    ['venue issue', () => [['venue', 'issue', '--name', 'Stall']]],
    ['sweep', () => [['sweep']]],
    [
      'sweep, backup and restore',
      (_, folder) => [
        ['sweep'],
        ['backup', join(folder, 'backup.sqlite')],
        ['restore', join(folder, 'backup.sqlite'), '--reason', 'drill'],
      ],
    ],
    ['sweep and resize', () => [['sweep'], ['keyring', 'resize', '--yes'], ['check']]],
  ])('%s of root leaves no file of root, and the gateway starts', async (_, commands) => {
    const list = join(workspace.folder, 'places.csv');
    writeFileSync(list, places);
    for (const args of commands(list, workspace.folder)) {
      const { code, stderr } = await run(...args);
      expect(`${args[0]} ${code} ${stderr}`).toMatch(/ 0 /);
      expect(foreign()).toEqual([]);
    }
    expect(readdirSync(workspace.dataDir)).toContain('register.sqlite');
    await gatewayStarts();
    expect(foreign()).toEqual([]);
  });

  it('a move of root leaves no file of root, on either machine', async () => {
    const fresh = makeWorkspace('/var/tmp');
    onTestFinished(() => fresh.remove());
    chmodSync(fresh.folder, 0o755);
    fresh.configure('tcp://127.0.0.1:1');
    mkdirSync(fresh.dataDir, { mode: 0o700 });
    chownSync(fresh.dataDir, account, account);
    const there = (...args: string[]) => visitlog(['--config', fresh.configFile, 'move', ...args]);
    const foreignThere = () =>
      readdirSync(fresh.dataDir, { recursive: true, encoding: 'utf8' }).filter(
        (name) => statSync(join(fresh.dataDir, name)).uid !== account,
      );
    await run('sweep');
    const key = (await there('--prepare')).stdout.trim();
    expect(foreignThere()).toEqual([]);
    const sent = await run('move', '--to', workspace.folder, '--encrypt-to', key, '--reason', 'drill');
    expect([sent.code, foreign()]).toEqual([0, []]);
    const file = readdirSync(workspace.folder).find((name) => name.endsWith('.age')) ?? '';
    const taken = await there('--from', join(workspace.folder, file));
    expect([taken.code, foreignThere()]).toEqual([0, []]);
    expect((await run('move', '--confirm', taken.stdout.trim())).code).toBe(0);
    expect(foreign()).toEqual([]);
  });

  it('a gateway that root runs by hand leaves no file of root, its reserve included', async () => {
    const modem = createModem({ family: 'ec25', clock: systemClock });
    const server = await serveTcp(modem, { host: '127.0.0.1', port: 0 });
    onTestFinished(async () => {
      await server.close();
      modem.dispose();
    });
    workspace.configure(`tcp://127.0.0.1:${server.port}`, '', '2MiB');
    const gateway = start(['--config', workspace.configFile, 'run']);
    const visitor = createVisitors({ seed: 5, plain: true }).next(systemClock.wallMs());
    modem.network.sendParts(visitor.parts);
    await emptied(modem);
    await until(() => readdirSync(workspace.dataDir).includes('reserve'));
    expect(foreign()).toEqual([]);
    expect(readdirSync(workspace.dataDir)).toEqual(
      expect.arrayContaining(['keyring', 'register.sqlite', 'register.sqlite-wal', 'gateway.lock']),
    );
    await gateway.kill('SIGTERM');
    expect(foreign()).toEqual([]);
    await gatewayStarts();
  });

  it('doctor names each file of root, and one command that mends all', async () => {
    await run('sweep');
    for (const name of ['keyring', 'register.sqlite', 'gateway.lock'])
      if (readdirSync(workspace.dataDir).includes(name)) chownSync(join(workspace.dataDir, name), 0, 0);
    const { stdout } = await run('doctor', '--json');
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ subject, severity }) => subject === 'register' && severity === 'fail');
    expect(found.map(({ id }) => id)).toEqual(['data.files-owner']);
    expect(found[0].facts.files).toContain('keyring, register.sqlite');
    const command = found[0].fix.replace('Run: ', '');
    expect(spawnSync('sh', ['-c', command]).status).toBe(0);
    expect(foreign()).toEqual([]);
    await gatewayStarts();
  });
});
