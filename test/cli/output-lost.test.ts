import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { tempRegister } from '../store/temp-register.ts';
import { mainFile } from '../support/program.ts';

/** Starts the command with standard output on a device that is always full; a demo's folder goes into this one. */
function onFullDisk(args: readonly string[], folder: string) {
  const full = openSync('/dev/full', 'w');
  const env = { ...process.env, TMPDIR: folder };
  const child = spawn(process.execPath, [mainFile, ...args], { env, stdio: ['ignore', full, 'pipe'] });
  closeSync(full);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return { child, ended: once(child, 'close').then(() => ({ code: child.exitCode, stderr })) };
}

describe('standard output on a full disk', () => {
  it.each([
    [
      'a page',
      ['--lang', 'en', 'explain', 'venue.number'],
      'standard output: cannot be written (the disk is full)',
    ],
    [
      'a page in Korean',
      ['--lang', 'ko', 'explain', 'venue.number'],
      '표준 출력에 쓸 수 없습니다(디스크가 가득 참)',
    ],
    [
      'a demo',
      ['--lang', 'en', 'demo', '--texts', '3'],
      'standard output: cannot be written (the disk is full)',
    ],
  ])('ends %s with one line, and exit 1', async (_, args, told) => {
    expect(await onFullDisk(args, tempRegister().dataDir).ended).toEqual({
      code: 1,
      stderr: `visitlog: ${args[1] === 'ko' ? '오류' : 'error'} [export.unwritable] ${told}\n`,
    });
  });

  it('does not end the gateway, which goes on without its log', async () => {
    const { dataDir } = tempRegister();
    const socket = join(dataDir, 'v.sock');
    const config = join(dataDir, 'visitlog.toml');
    const line = '[[line]]\nname = "line1"\nport = "tcp://127.0.0.1:1"\n';
    writeFileSync(config, `data_dir = "${dataDir}"\n[status]\nsocket = "${socket}"\n${line}`);
    const { child, ended } = onFullDisk(['--config', config, 'run'], dataDir);
    const answer = () => readFileSync(join(dataDir, 'keyring')).length;
    await expect.poll(answer, { timeout: 10_000 }).toBeGreaterThan(0);
    await setTimeout(1_500);
    expect(child.exitCode).toBe(null);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, stderr: '' });
  });
});
