// What the compiled files of a stage ask of the system that they will run on: only libraries that the package depends
// on. A wrong one is an error, with one line each; one that Debian 12 does not satisfy is said. Prints which packages those
// are: where a compiler for another processor makes them, dpkg-shlibdeps knows no versions of symbols.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const [home, machine] = process.argv.slice(2);

/** The libraries of packages that every Debian has, and the newest versions of their symbols in Debian 12. */
const oldest = { GLIBC: '2.36', GLIBCXX: '3.4.30', CXXABI: '1.3.13', GCC: '12.0.0' };
const libraries = /^(?:lib(?:c|m|dl|pthread|stdc\+\+|gcc_s)\.so\.\d+|ld-linux-[\w-]+\.so\.\d+)$/;
/** The release of GCC, and so of libstdc++6, in which GLIBCXX_3.4.N came. */
const libstdcxx = {
  22: 6,
  23: 7,
  24: 7,
  25: 8,
  26: 9,
  27: 9,
  28: 9,
  29: 11,
  30: 12,
  31: 13,
  32: 13,
  33: 14,
  34: 15,
};
const newest = { GLIBC: '2.17', GLIBCXX: '3.4.21' };
const machines = { amd64: 'Advanced Micro Devices X86-64', arm64: 'AArch64' };

const files = readdirSync(home, { recursive: true })
  .filter((name) => name.endsWith('.node') || name === 'bin/node')
  .map((name) => join(home, name));
for (const addon of ['better_sqlite3.node', 'unix_dgram.node', 'bindings-cpp', 'bin/node'])
  if (!files.some((file) => file.includes(addon))) complain(`${addon} is missing`);
for (const file of files) check(file);
const minor = Number(newest.GLIBCXX.split('.')[2]);
const release = minor < 22 ? 5 : libstdcxx[minor];
if (release === undefined) complain(`no release of libstdc++6 is known for GLIBCXX_${newest.GLIBCXX}`);
if (process.exitCode === undefined)
  process.stdout.write(`libc6 (>= ${newest.GLIBC}), libgcc-s1, libstdc++6 (>= ${release})\n`);

function check(file) {
  const name = relative(home, file);
  const read = (...options) =>
    execFileSync('readelf', ['--wide', ...options, file], {
      encoding: 'utf8',
      maxBuffer: 64 << 20,
      env: { ...process.env, LC_ALL: 'C' },
    });
  const built = /Machine:\s+(.*)/.exec(read('--file-header'))?.[1];
  if (built !== machines[machine]) return complain(`${name} is for ${built}, and not for ${machine}`);
  for (const [, library] of read('--dynamic').matchAll(/\(NEEDED\).*\[(.*)\]/g))
    if (!libraries.test(library))
      complain(`${name} is linked to ${library}, which the package does not bring`);
  const needs = read('--version-info').split(/^Version needs/m)[1] ?? '';
  for (const [, family, version] of needs.matchAll(/Name: (GLIBC|GLIBCXX|CXXABI|GCC)_([\d.]+)/g)) {
    if (family in newest && newer(version, newest[family])) newest[family] = version;
    if (newer(version, oldest[family]))
      say(`${name} needs ${family}_${version}, which Debian 12 has not: the package is for newer systems`);
  }
}

function newer(version, than) {
  const [a, b] = [version, than].map((each) => each.split('.').map(Number));
  for (const [index, part] of a.entries()) if (part !== (b[index] ?? 0)) return part > (b[index] ?? 0);
  return false;
}

function say(what) {
  process.stderr.write(`build-deb: ${what}\n`);
}

function complain(what) {
  say(what);
  process.exitCode = 1;
}
