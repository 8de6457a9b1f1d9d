import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const scripts = join(root, 'scripts/deb');
/** This machine's architecture, as Debian calls it. */
export const arch = process.arch === 'x64' ? 'amd64' : process.arch;

export function scratchFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'visitlog-packaging-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Runs a script; what it says is on both streams. */
export function run(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(file, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { code: status, stdout, stderr };
}

/** What a build lays out, of the program and the addons of this tree: a stage, and the program's folder in it. */
export function makeStage(): { readonly stage: string; readonly home: string } {
  const stage = scratchFolder();
  const home = join(stage, 'usr/lib/visitlog');
  mkdirSync(join(home, 'bin'), { recursive: true });
  mkdirSync(join(home, 'node_modules'));
  symlinkSync(process.execPath, join(home, 'bin/node'));
  for (const name of ['dist', 'docs', 'config', 'package.json'])
    symlinkSync(join(root, name), join(home, name));
  for (const name of readdirSync(join(root, 'node_modules')))
    symlinkSync(join(root, 'node_modules', name), join(home, 'node_modules', name));
  return { stage, home };
}

/** A folder with the compiled files that a stage must have, and none of its programs. */
export function makeAddons(): string {
  const home = scratchFolder();
  const modules = join(root, 'node_modules');
  const serialport = `@serialport/bindings-cpp/prebuilds/linux-${process.arch}`;
  const glibc = readdirSync(join(modules, serialport)).find((name) => name.includes('glibc')) ?? '';
  for (const file of [
    'better-sqlite3/build/Release/better_sqlite3.node',
    'unix-dgram/build/Release/unix_dgram.node',
    join(serialport, glibc),
  ]) {
    mkdirSync(dirname(join(home, 'node_modules', file)), { recursive: true });
    cpSync(join(modules, file), join(home, 'node_modules', file));
  }
  mkdirSync(join(home, 'bin'));
  cpSync(join(home, 'node_modules/unix-dgram/build/Release/unix_dgram.node'), join(home, 'bin/node'));
  return home;
}

/** Compiles a library that needs `symbol` of another one, in a version that the linker is told. */
export function linkWrongly(target: string, library: string, symbol: string, version: string): void {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'there.c'), `double ${symbol}(double a) { return a; }\n`);
  writeFileSync(join(folder, 'versions'), `${version} { ${symbol}; };\n`);
  writeFileSync(
    join(folder, 'here.c'),
    `double ${symbol}(double); double f(double a) { return ${symbol}(a); }\n`,
  );
  const compile = (...args: string[]) =>
    execFileSync('gcc', ['-shared', '-fPIC', '-fno-builtin', ...args], { cwd: folder });
  compile('-nostdlib', `-Wl,-soname,${library},--version-script=versions`, '-o', library, 'there.c');
  compile('-nostdlib', '-o', target, 'here.c', `./${library}`);
}

/** A folder for PATH in which a program is a script. */
export function withProgram(name: string, script: string): string {
  const bin = scratchFolder();
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
  return bin;
}
