import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const systemdFolder = fileURLToPath(new URL('../../systemd', import.meta.url));

export const readUnitFile = (name: string): string => readFileSync(join(systemdFolder, name), 'utf8');

export const hasSystemdAnalyze = spawnSync('systemd-analyze', ['--version']).status === 0;

export interface Unit {
  readonly path: string;
  remove(): void;
}

/** The unit with these drop-ins in a folder of its own, its program standing where the machine has one. */
export function placeUnit(dropIns: readonly string[]): Unit {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-unit-'));
  const program = join(folder, 'visitlog');
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  const path = join(folder, 'visitlog.service');
  writeFileSync(path, readUnitFile('visitlog.service').replaceAll('/usr/bin/visitlog', program));
  const added = join(folder, 'visitlog.service.d');
  mkdirSync(added);
  for (const name of dropIns)
    cpSync(join(systemdFolder, 'visitlog.service.d', `${name}.conf`), join(added, `${name}.conf`));
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** An instance of the door's service, and its socket, in a folder of their own. */
export function placeDoor(): Unit & { readonly socket: string } {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-unit-'));
  const program = join(folder, 'visitlog');
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  const template = readUnitFile('visitlog-door@.service').replaceAll('/usr/bin/visitlog', program);
  const path = join(folder, 'visitlog-door@1-4711-1000.service');
  writeFileSync(path, template);
  writeFileSync(join(folder, 'visitlog-door@.service'), template);
  const socket = join(folder, 'visitlog-door.socket');
  writeFileSync(socket, readUnitFile('visitlog-door.socket'));
  return { path, socket, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The service of backups and its timer, in a folder of their own. */
export function placeBackup(): Unit & { readonly timer: string } {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-unit-'));
  const program = join(folder, 'visitlog');
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  const path = join(folder, 'visitlog-backup.service');
  writeFileSync(path, readUnitFile('visitlog-backup.service').replaceAll('/usr/bin/visitlog', program));
  const timer = join(folder, 'visitlog-backup.timer');
  writeFileSync(timer, readUnitFile('visitlog-backup.timer'));
  return { path, timer, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What `systemd-analyze` says and how it ends. */
export function analyze(args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', [...args], { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}
