import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClaimedPort, claimPort } from './claimed-port.ts';
import { until } from './until.ts';
import { scratchParent } from './workspace.ts';

/** Debian keeps each version's programs in a folder of its own. */
function programsFolder(): string | null {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
  const [newest] = versions.sort((a, b) => Number(b) - Number(a));
  const folder = newest === undefined ? null : join('/usr/lib/postgresql', newest, 'bin');
  return folder !== null && existsSync(join(folder, 'initdb')) ? folder : null;
}

const programs = programsFolder();

/** For `describe.skipIf`: tests of the central register need a real PostgreSQL. */
export const noPostgres = programs === null;

/** The account that the server runs as: PostgreSQL refuses root. */
function serverAccount(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

export interface ClusterOptions {
  /** Lines of postgresql.conf. */
  readonly settings?: readonly string[];
  /** Lines of pg_hba.conf, before those that trust the socket. */
  readonly access?: readonly string[];
  /** A server whose base backup this one begins with: its standby, which follows it under this name. */
  readonly standbyOf?: { readonly primary: Cluster; readonly name: string };
  /** The folder for its data, such as that of a disk of its own; it is to be empty. */
  readonly data?: string;
  /** Of a server that is gone, whose place it takes; else one of its own. */
  readonly port?: ClaimedPort;
  /** Syncs cost only time where durability is not what is shown. */
  readonly durable?: boolean;
  /** Its folder, which stays: what is there from another time is used as it is. */
  readonly kept?: string;
}

/** A PostgreSQL of Debian's packages in a folder of its own, reached by its socket and on 127.0.0.1. */
export interface Cluster {
  readonly folder: string;
  readonly data: string;
  /** The folder of its socket; the port names the socket's file. */
  readonly socket: string;
  readonly port: number;
  readonly claimed: ClaimedPort;
  start(): void;
  /** `immediate` is what a power failure leaves. */
  stop(how?: 'fast' | 'immediate'): void;
  /** SIGKILL for the server and every process of it. */
  kill(): Promise<void>;
  /** Makes a standby take writes. */
  promote(): void;
  /** Runs one of PostgreSQL's programs as the server's account. */
  run(program: string, ...args: readonly string[]): string;
  /** As the superuser, over the socket. Rows of tab-separated columns. */
  sql(query: string, database?: string): string;
  remove(): void;
}

export function makeCluster(options: ClusterOptions = {}): Cluster {
  if (programs === null) throw new Error('PostgreSQL is not installed');
  const bin = programs;
  const account = serverAccount();
  const folder =
    options.kept ?? mkdtempSync(join(options.durable === true ? tmpdir() : scratchParent, 'pg-'));
  if (options.kept !== undefined) mkdirSync(folder, { recursive: true });
  const data = options.data ?? join(folder, 'data');
  const claimed = options.port ?? claimPort();
  const { port } = claimed;
  if (account !== null) chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o755);

  function run(program: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(join(bin, program), args, {
      ...(account ?? {}),
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', PGHOST: folder, PGPORT: String(port) },
    });
    if (status !== 0) throw new Error(`${program}: ${stderr}`);
    return stdout;
  }

  const isMade = options.kept !== undefined && existsSync(data);
  if (options.standbyOf !== undefined) {
    const { primary, name } = options.standbyOf;
    const from = `host=${primary.socket} port=${primary.port} user=postgres application_name=${name}`;
    run('pg_basebackup', '--pgdata', data, '--dbname', from, '--write-recovery-conf', '--checkpoint', 'fast');
  } else if (!isMade) {
    run(
      'initdb',
      '--pgdata',
      data,
      '--username',
      'postgres',
      '--auth',
      'trust',
      '--no-sync',
      '--encoding',
      'UTF8',
    );
    appendFileSync(join(data, 'postgresql.conf'), "include 'visitlog.conf'\n");
    const access = [...(options.access ?? []), 'local all all trust', 'local replication all trust'];
    writeFileSync(join(data, 'pg_hba.conf'), `${access.join('\n')}\n`);
  }
  const settings = [
    `unix_socket_directories = '${folder}'`,
    "listen_addresses = '127.0.0.1'",
    `port = ${port}`,
    'max_connections = 40',
    'shared_buffers = 16MB',
    ...(options.durable === true ? [] : ['fsync = off', 'full_page_writes = off']),
    ...(options.settings ?? []),
  ];
  writeFileSync(join(data, 'visitlog.conf'), `${settings.join('\n')}\n`);
  chmodSync(join(data, 'visitlog.conf'), 0o644);

  return {
    folder,
    data,
    socket: folder,
    port,
    claimed,
    start: () =>
      void run('pg_ctl', 'start', '--pgdata', data, '--wait', '--silent', '--log', join(folder, 'log')),
    stop(how = 'fast') {
      run('pg_ctl', 'stop', '--pgdata', data, '--mode', how, '--wait', '--silent');
    },
    async kill() {
      const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
      const all = [pid, ...childrenOf(pid)];
      for (const each of all) signal(each, 'SIGKILL');
      await until(() => !all.some((each) => signal(each, 0)));
      rmSync(join(data, 'postmaster.pid'), { force: true });
    },
    promote: () => void run('pg_ctl', 'promote', '--pgdata', data, '--wait', '--silent'),
    run,
    sql: (query, database = 'postgres') =>
      run(
        'psql',
        '--no-psqlrc',
        '--tuples-only',
        '--no-align',
        '--field-separator',
        '\t',
        '--dbname',
        database,
        '--username',
        'postgres',
        '--command',
        query,
      ).trim(),
    remove() {
      if (existsSync(join(data, 'postmaster.pid')))
        run('pg_ctl', 'stop', '--pgdata', data, '--mode', 'immediate', '--wait', '--silent');
      if (options.kept === undefined) rmSync(folder, { recursive: true, force: true });
      if (options.port === undefined) claimed.release();
    },
  };
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid);
}

/** proc(5): the field after the state, which follows the name in brackets. Null if the process is gone. */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

/** Whether the process was there. */
function signal(pid: number, which: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, which);
  } catch {
    return false;
  }
}
