import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { doorFor } from '../../../src/cli/find-door.ts';

/** A data directory, a socket's name and a configuration that names both. */
function place(): { readonly config: string } {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-find-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [config, socket, data] = ['visitlog.toml', 'door.sock', 'data'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(socket, '');
  writeFileSync(config, `data_dir = ${JSON.stringify(data)}\n[door]\nsocket = ${JSON.stringify(socket)}\n`);
  return { config };
}

describe('which way a command takes', () => {
  it('an account that can open the register goes direct', async () => {
    const { config } = place();
    expect(await doorFor(['--config', config, 'export'], {})).toBe(null);
  });

  it('a socket that is named is taken by everybody, root too', async () => {
    expect(await doorFor(['venue', 'list'], { VISITLOG_DOOR: '/somewhere.sock' })).toBe('/somewhere.sock');
    expect(await doorFor(['venue', 'list'], { VISITLOG_DOOR: '' })).toBe(null);
  });

  it('what is no command of officers goes direct, and help does', async () => {
    const env = { VISITLOG_DOOR: '/somewhere.sock' };
    for (const args of [
      ['status'],
      ['sweep'],
      ['--help'],
      ['export', '--help'],
      ['help', 'export'],
      ['door'],
      [],
    ])
      expect(await doorFor(args, env), args.join(' ')).toBe(null);
    expect(await doorFor(['export', '--reason', 'help'], env)).toBe('/somewhere.sock');
  });

  it('a TAB asks the door for places and lines only, and never reports another configuration', async () => {
    const env = { VISITLOG_DOOR: '/somewhere.sock' };
    expect(await doorFor(['complete', 'venues', '031'], env)).toBe('/somewhere.sock');
    expect(await doorFor(['complete', 'lines'], env)).toBe('/somewhere.sock');
    expect(await doorFor(['complete', 'pages'], env)).toBe(null);
    expect(await doorFor(['--config', 'mine.toml', 'complete', 'venues'], env)).toBe(null);
  });

  it('another configuration is refused with a named socket, wherever it is written', async () => {
    const env = { VISITLOG_DOOR: '/somewhere.sock' };
    for (const args of [
      ['--config', 'mine.toml', 'export'],
      ['export', '--config', 'mine.toml'],
      ['export', '--config=mine.toml'],
    ])
      await expect(doorFor(args, env)).rejects.toMatchObject({ code: 'door.config' });
    await expect(doorFor(['export'], { ...env, VISITLOG_CONFIG: 'mine.toml' })).rejects.toMatchObject({
      code: 'door.config',
    });
    expect(await doorFor(['--config', '/etc/visitlog/visitlog.toml', 'export'], env)).toBe('/somewhere.sock');
  });
});
