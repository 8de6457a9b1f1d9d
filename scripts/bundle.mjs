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

/** Libraries of which each start, or each connection, would read all: as a part of the program they take half the time. */
const withinParts = ['commander', 'pg', 'smol-toml', 'valibot'];
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
        ],
      },
    },
  });
}

/** A library that is named, and what it needs itself. */
function isWithin(id, importer) {
  return withinParts.includes(id) || (/\/node_modules\//.test(importer ?? '') && !absent.includes(id));
}

/** A module's path below src without its ending, as its importers call it. */
function moduleOf(id) {
  return id.slice(`${root}src/`.length, -'.ts'.length);
}
