// Takes out of an installed tree what only building needs: packages, sources, object files, other platforms, maps and types.
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { closureOf, packagesBelow } from './closure.mjs';

const [home, arch] = process.argv.slice(2);
const modules = join(home, 'node_modules');
const remove = (path) => rmSync(path, { recursive: true, force: true });

for (const part of ['deps', 'src', 'binding.gyp']) remove(join(modules, 'better-sqlite3', part));
for (const part of ['src', 'test', 'binding.gyp']) remove(join(modules, 'unix-dgram', part));
for (const name of ['better-sqlite3', 'unix-dgram']) keepAddons(join(modules, name, 'build'));
const prebuilds = join(modules, '@serialport/bindings-cpp/prebuilds');
for (const name of readdirSync(prebuilds)) if (name !== `linux-${arch}`) remove(join(prebuilds, name));
for (const name of readdirSync(join(prebuilds, `linux-${arch}`)))
  if (name.includes('musl')) remove(join(prebuilds, `linux-${arch}`, name));
const kept = closureOf(home);
for (const path of packagesBelow(home)) if (!kept.has(path)) remove(path);
for (const name of ['.package-lock.json', '.bin']) remove(join(modules, name));
removeEmpty(modules);
for (const part of ['pdfkit/.yarn', 'pdfkit/js/pdfkit.standalone.js', 'bintrees/test'])
  remove(join(modules, part));
const fonts = join(modules, '@embedpdf/fonts-kr/fonts');
for (const name of readdirSync(fonts)) if (!/-(?:Regular|Bold)\.otf$/.test(name)) remove(join(fonts, name));
remove(join(home, 'package-lock.json'));
// Documents are in /usr/share/doc; here stays what the program reads.
for (const name of readdirSync(home)) if (name.endsWith('.md')) remove(join(home, name));
for (const name of readdirSync(join(home, 'docs'))) if (name !== 'pages') remove(join(home, 'docs', name));
dropByName(modules, (name) =>
  /\.(?:map|d\.ts|d\.mts|d\.cts)$|^\.(?:eslintrc|npmignore|gitattributes)/.test(name),
);

/** The compiled modules, where their loaders look for them. */
function keepAddons(build) {
  const release = join(build, 'Release');
  for (const name of readdirSync(build)) if (name !== 'Release') remove(join(build, name));
  for (const name of readdirSync(release))
    if (!name.endsWith('.node') || name.startsWith('test_')) remove(join(release, name));
}

/** Scopes and folders of packages that had nothing else in them. */
function removeEmpty(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

function dropByName(folder, unwanted) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) dropByName(path, unwanted);
    else if (unwanted(entry.name)) remove(path);
  }
}
