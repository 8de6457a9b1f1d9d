import { spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Receiver } from './receiver.ts';

/** The command that was compiled for the measurement. */
export const visitlogMain = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

export function writeVisitlogConfig(port: string, folder: string): string {
  const file = `${folder}/visitlog.toml`;
  const socket = `${folder}/status.sock`;
  writeFileSync(
    file,
    `data_dir = "${folder}/data"\nkey_file = "${folder}/data/keyring"\n[[line]]\nname = "line1"\nport = "${port}"\n[status]\nsocket = "${socket}"\n`,
  );
  return file;
}

/** As it is shipped: every text sealed and on disk before it is deleted, a log line for each. */
export const visitlog: Receiver = {
  name: 'visitlog',
  keeps: 'sealed in SQLite, synced before it is deleted',
  version: () => '',
  start(link, folder) {
    const log = openSync(`${folder}/visitlog.log`, 'w');
    const args = [visitlogMain, '--config', writeVisitlogConfig(link, folder), 'run'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', log, log] });
    closeSync(log);
    return child;
  },
};
