import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askLines } from '../../src/daemon/status/ask-gateway.ts';
import { tempRegister } from '../store/temp-register.ts';
import { mainFile } from '../support/program.ts';
import { until } from '../support/until.ts';

/** Starts the command with standard output on a device that is always full; a demo's folder goes into this one. */
function onFullDisk(args: readonly string[], folder: string) {
  const full = openSync('/dev/full', 'w');
  const started = startedOn(full, args, folder);
  closeSync(full);
  return started;
}

const intoPipe = (args: readonly string[], folder: string) => startedOn('pipe', args, folder);

function startedOn(stdout: number | 'pipe', args: readonly string[], folder: string) {
  const env = { ...process.env, TMPDIR: folder };
  const child = spawn(process.execPath, [mainFile, ...args], { env, stdio: ['ignore', stdout, 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return { child, ended: once(child, 'close').then(() => ({ code: child.exitCode, stderr })) };
}

/** The configuration of a gateway whose one line has no modem. */
function gateway() {
  const { dataDir } = tempRegister();
  const socket = join(dataDir, 'v.sock');
  const config = join(dataDir, 'visitlog.toml');
  writeFileSync(config, `data_dir = "${dataDir}"\n[status]\nsocket = "${socket}"\n`);
  addLine(config);
  return { dataDir, socket, config };
}

function addLine(config: string): void {
  const number = readFileSync(config, 'utf8').split('[[line]]').length;
  appendFileSync(config, `[[line]]\nname = "line${number}"\nport = "tcp://127.0.0.1:${number}"\n`);
}

/** How many lines the gateway has; 0 where none answers. */
async function linesOf(socket: string): Promise<number> {
  return (await askLines(socket)).length;
}

/** It takes a second line from its configuration, keeps it, and ends well. */
async function expectToGoOn(
  { child, ended }: ReturnType<typeof startedOn>,
  { socket, config }: ReturnType<typeof gateway>,
): Promise<void> {
  await until(async () => (await linesOf(socket)) === 1);
  addLine(config);
  child.kill('SIGHUP');
  await until(async () => (await linesOf(socket)) === 2);
  await setTimeout(500);
  expect(await linesOf(socket)).toBe(2);
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, stderr: '' });
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
    ['help', ['--lang', 'en', '--help'], 'standard output: cannot be written (the disk is full)'],
    ['the version', ['--lang', 'ko', '--version'], '표준 출력에 쓸 수 없습니다(디스크가 가득 참)'],
    [
      "a command's help",
      ['--lang', 'en', 'help', 'export'],
      'standard output: cannot be written (the disk is full)',
    ],
    [
      'a demo',
      ['--lang', 'en', 'demo', '--texts', '3'],
      'standard output: cannot be written (the disk is full)',
    ],
  ])('standard output on a full disk ends %s with one line, and exit 1', async (_, args, told) => {
    expect(await onFullDisk(args, tempRegister().dataDir).ended).toEqual({
      code: 1,
      stderr: `visitlog: ${args[1] === 'ko' ? '오류' : 'error'} [export.unwritable] ${told}\n`,
    });
  });

  it('lost standard output does not end the gateway, which goes on without its log', async () => {
    const files = gateway();
    const running = onFullDisk(['--config', files.config, 'run'], files.dataDir);
    await expectToGoOn(running, files);
  });
});

describe('standard output whose reader has left', () => {
  it.each([
    ['a page', ['explain', 'venue.number']],
    ['help', ['--help']],
    ['a demo', ['demo', '--texts', '3']],
  ])('standard output whose reader has left ends %s without a word, and exit 0', async (_, args) => {
    const { child, ended } = intoPipe(args, tempRegister().dataDir);
    child.stdout?.destroy();
    expect(await ended).toEqual({ code: 0, stderr: '' });
  });

  it('lost standard output does not end the gateway, which goes on without its log', async () => {
    const files = gateway();
    const running = intoPipe(['--config', files.config, 'run'], files.dataDir);
    await once(running.child.stdout as Readable, 'data');
    running.child.stdout?.destroy();
    await expectToGoOn(running, files);
  });
});
