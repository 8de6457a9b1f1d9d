import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  arch,
  linkWrongly,
  makeAddons,
  makeStage,
  root,
  run,
  scratchFolder,
  scripts,
  withProgram,
} from './made-stage.ts';

const checkAddons = (home: string, machine = arch) =>
  run(process.execPath, [join(scripts, 'check-addons.mjs'), home, machine]);

describe('what is missing to build the package', () => {
  it('is said in one line, with the command that gets it', () => {
    const bin = scratchFolder();
    for (const name of ['bash', 'dirname', 'dpkg'])
      symlinkSync(run('sh', ['-c', `command -v ${name}`]).stdout.trim(), join(bin, name));
    const { code, stdout, stderr } = run(join(root, 'scripts/build-deb'), [], { PATH: bin });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'build-deb: missing: node npm python3 make g++ readelf dpkg-shlibdeps git. Get it: ' +
        'sudo apt-get install --no-install-recommends nodejs npm python3 make g++ binutils dpkg-dev git\n',
    );
  });

  it('an architecture without a pinned runtime, and an option without a value, are refused', () => {
    const build = join(root, 'scripts/build-deb');
    expect(run(build, ['--arch', 'armhf'])).toMatchObject({
      code: 2,
      stderr: 'build-deb: no Node runtime is pinned for armhf; amd64 and arm64 are\n',
    });
    expect(run(build, ['--output'])).toMatchObject({
      code: 2,
      stderr: 'build-deb: --output needs a value\n',
    });
  });
});

describe('the runtime', () => {
  it('that is another than the pinned one is not taken', () => {
    const folder = scratchFolder();
    const bin = withProgram(
      'npm',
      'while [ "$1" != --pack-destination ]; do shift; done; echo other >"$2/node.tgz"',
    );
    const { code, stderr } = run(join(scripts, 'fetch-runtime'), [arch, join(folder, 'runtime')], {
      PATH: `${bin}${delimiter}${process.env.PATH}`,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^build-deb: node-linux-\w+@22\.\d+\.\d+ has SHA-256 [\da-f]{64}, and .* wants [\da-f]{64}: it is not taken\n$/,
    );
  });

  it('that cannot be had is named', () => {
    const bin = withProgram('npm', 'exit 1');
    const { code, stderr } = run(join(scripts, 'fetch-runtime'), [arch, scratchFolder()], {
      PATH: `${bin}${delimiter}${process.env.PATH}`,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^build-deb: node-linux-\w+@[\d.]+ cannot be had from the package registry\n$/);
  });
});

describe('compiled files', () => {
  it('of this tree ask for libraries that Debian has, and which is printed', () => {
    const { code, stdout, stderr } = checkAddons(makeAddons());
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^libc6 \(>= 2\.\d+\), libgcc-s1, libstdc\+\+6 \(>= \d+\)\n$/);
  });

  it('that are linked to what the package does not bring are refused, in a line each', () => {
    const home = makeAddons();
    linkWrongly(
      join(home, 'node_modules/unix-dgram/build/Release/unix_dgram.node'),
      'libnode.so.115',
      'x',
      'NODE_1',
    );
    const { code, stdout, stderr } = checkAddons(home);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'build-deb: node_modules/unix-dgram/build/Release/unix_dgram.node is linked to libnode.so.115, ' +
        'which the package does not bring\n',
    );
  });

  it.each([
    ['libm.so.6', 'GLIBC_2.38', 'libc6 (>= 2.38)'],
    ['libstdc++.so.6', 'GLIBCXX_3.4.31', 'libstdc++6 (>= 13)'],
  ])('that need a newer %s than Debian 12 has: it is said, and depended on', (library, version, depends) => {
    const home = makeAddons();
    linkWrongly(
      join(home, 'node_modules/unix-dgram/build/Release/unix_dgram.node'),
      library,
      'fmod',
      version,
    );
    const { code, stdout, stderr } = checkAddons(home);
    expect(code).toBe(0);
    expect(stdout).toContain(depends);
    expect(stderr).toBe(
      `build-deb: node_modules/unix-dgram/build/Release/unix_dgram.node needs ${version}, which Debian 12 has not: ` +
        'the package is for newer systems\n',
    );
  });

  it('that are missing, or of another machine, are refused', () => {
    const home = makeAddons();
    rmSync(join(home, 'node_modules/better-sqlite3'), { recursive: true });
    expect(checkAddons(home)).toMatchObject({
      code: 1,
      stderr: 'build-deb: better_sqlite3.node is missing\n',
    });
    const other = arch === 'amd64' ? 'arm64' : 'amd64';
    expect(checkAddons(makeAddons(), other).stderr.split('\n')).toHaveLength(5);
  });
});

describe('a stage', () => {
  const tryStage = (stage: string) => run(join(scripts, 'try-stage'), [arch, stage]);

  it('that works is run and nothing is said', () => {
    expect(tryStage(makeStage().stage)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each([
    ['better-sqlite3', 'open a database'],
    ['unix-dgram', 'send a message to the service manager'],
    ['serialport', 'open a serial port'],
  ])('whose %s does not load is refused', (name, purpose) => {
    const { stage, home } = makeStage();
    const folder = join(home, 'node_modules', name);
    rmSync(folder);
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'index.js'),
      "throw new Error('libnode.so.115: cannot open shared object file')\n",
    );
    expect(tryStage(stage)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        `build-deb: the staged program cannot ${purpose}: libnode.so.115: cannot open shared object file\n` +
        'build-deb: a compiled part of the staged program does not work; nothing is packed\n',
    });
  });

  it('whose program ends without a text is refused', () => {
    const { stage, home } = makeStage();
    rmSync(join(home, 'dist'));
    mkdirSync(join(home, 'dist/cli'), { recursive: true });
    writeFileSync(join(home, 'dist/cli/main.js'), "process.stdout.write('0 texts\\n')\n");
    expect(tryStage(stage)).toMatchObject({
      code: 1,
      stderr: '0 texts\nbuild-deb: the staged program took no text; nothing is packed\n',
    });
  });
});
