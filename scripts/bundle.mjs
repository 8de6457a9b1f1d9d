// Puts the modules of src together into few files: Node takes longer to find and link two hundred modules than most
// commands take for their work.
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Modules that are started by themselves, below src. */
export const startedModules = [
  'cli/main',
  'central/records/hour-reader',
  'store/readers/count-reader',
  'store/readers/visit-reader',
];

/** Before cli/main reads the command line; `--debug` names the lines of src in what is loaded later. */
const atFirst = ['base/clock', 'cli/command-line', 'cli/own-files', 'cli/shell', 'cli/usual-language'];
/** For each command, and for its description. */
const forAll = ['base/amounts', 'cli/find-door', 'cli/program'];
/** For each question of an officer's, and for its file. */
const ofOfficers = [
  ...[
    ...['each-number', 'officer-file', 'officer-writer', 'output-form', 'places', 'progress-line'],
    ...['said-near', 'visit-query'],
  ].map((name) => `cli/officer/${name}`),
  ...['export', 'near-places', 'near-rows', 'trace/near-visits'].map((name) => `export/${name}`),
];

/** Libraries of which each start, or each connection, would read all: as a part of the program they take half the time. */
const withinParts = ['better-sqlite3', 'commander', 'csv-stringify/sync', 'pg', 'smol-toml', 'valibot'];
/** What pg looks for and does without. */
const absent = ['pg-native', 'pg-cloudflare'];

/** The entries of modules below src, at the same path. */
export function entriesOf(modules) {
  return Object.fromEntries(modules.map((module) => [module, `${root}src/${module}.ts`]));
}

/**
 * Writes `entries`, files by the path that each gets in `folder` without its ending, and in `folder`/parts what they load.
 * Other libraries stay packages. A module that looks for a file beside the program has to stand one folder below src, as its part does.
 */
export async function bundle(entries, folder) {
  await build({
    cwd: root,
    input: entries,
    platform: 'node',
    external: (id, importer) => !/^[./]/.test(id) && !isWithin(id, importer),
    logLevel: 'warn',
    plugins: [addonOfSqlite],
    output: {
      dir: folder,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: 'parts/[name]-[hash].js',
      comments: false,
      sourcemap: true,
      sourcemapExcludeSources: true,
      // All else is loaded at its use. A group takes what its modules import, so that no part waits for one that waits for it.
      codeSplitting: {
        groups: [
          { name: 'first', test: (id) => atFirst.includes(moduleOf(id)) },
          { name: 'program', test: (id) => forAll.includes(moduleOf(id)) },
          { name: 'words', test: (id) => moduleOf(id).startsWith('words/commands/'), minShareCount: 20 },
          { name: 'common', minShareCount: 20 },
          { name: 'officer', test: (id) => ofOfficers.includes(moduleOf(id)) },
          { name: 'holder', test: (id) => isOfHolders(moduleOf(id)) },
          { name: 'central', test: (id) => isOfCentral(moduleOf(id)) },
        ],
      },
    },
  });
}

/** better-sqlite3 looks for its addon by the place of its own files: as a part of the program it asks for it by name. */
const addonOfSqlite = {
  name: 'addon-of-sqlite',
  resolveId: (id) => (id === 'bindings' ? '\0bindings.cjs' : null),
  load: (id) =>
    id === '\0bindings.cjs'
      ? "module.exports = (file) => require('better-sqlite3/build/Release/' + file);"
      : null,
};

/** A library that is named, and what it needs itself. */
function isWithin(id, importer) {
  return withinParts.includes(id) || (/\/node_modules\//.test(importer ?? '') && !absent.includes(id));
}

/** What a site of a central register has in common with a register host, without PostgreSQL's client. */
function isOfHolders(module) {
  return /^(?:daemon\/central\/(?:central-address|pins)|daemon\/lines\/secret-file|store\/holder\/)/.test(
    module,
  );
}

/** What a register host asks the central register with. A module that is started by itself begins its work when it is loaded. */
function isOfCentral(module) {
  if (startedModules.includes(module)) return false;
  return /^(?:daemon\/central\/open-holder|central\/(?:connect$|records\/))/.test(module);
}

/** A module's path below src without its ending, as its importers call it. */
function moduleOf(id) {
  return id.slice(`${root}src/`.length, -'.ts'.length);
}
