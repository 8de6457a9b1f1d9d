import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder for the registers of tests: in memory if the machine has room there, because syncs only cost time. Tests
 * that show that commits reach the disk use the system's folder.
 */
export const scratchParent = process.env.VISITLOG_TEST_MEMORY ?? tmpdir();

/** The folder of one gateway: its configuration, its register, its log. */
export interface Workspace {
  readonly folder: string;
  readonly dataDir: string;
  readonly configFile: string;
  /** Writes the configuration: one line at `port`, further TOML, and a reserve on the disk. */
  configure(port: string, more?: string, reserve?: string): void;
  /** Every file under the folder except the configuration. */
  files(): { readonly path: string; readonly bytes: Buffer }[];
  remove(): void;
}

/** A folder under `parent`, by default the system's folder for temporary files. */
export function makeWorkspace(parent = tmpdir()): Workspace {
  const folder = mkdtempSync(join(parent, 'visitlog-test-'));
  const dataDir = join(folder, 'data');
  const configFile = join(folder, 'visitlog.toml');
  return {
    folder,
    dataDir,
    configFile,
    configure(port, more = '', reserve = '0') {
      const lines = [
        `data_dir = ${JSON.stringify(dataDir)}`,
        `disk.reserve = ${JSON.stringify(reserve)}`,
        '[status]',
        `socket = ${JSON.stringify(join(folder, 'visitlog.sock'))}`,
        '[[line]]',
        'name = "line1"',
        `port = ${JSON.stringify(port)}`,
        'number = "031-324-2900"',
        more,
      ];
      writeFileSync(configFile, `${lines.join('\n')}\n`);
    },
    files: () =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((path) => path !== configFile && statSync(path).isFile())
        .map((path) => ({ path, bytes: readFileSync(path) })),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
