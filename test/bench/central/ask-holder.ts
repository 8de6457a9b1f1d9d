import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { loginOf } from '../../../src/central/schema/init.ts';
import type { Window } from '../../../src/export/window.ts';
import type { Cluster } from '../../support/postgres.ts';
import { placeOfRank, venueNumber, visitsByHour } from '../city/city.ts';
import { caseNumber } from '../city/plain-city.ts';
import { type Timed, timeCommand } from '../timed-process.ts';
import { type CentralCity, holderName } from './central-city.ts';

const exportedRows = 1_000_000;
const traceDays = 14;
const marginMs = 30 * 60_000;
const reveal = ['--reveal', '--reason', 'measurement'];

/** A question to a holder, and the same to a plain table of the same server by `psql`. */
export interface Asked {
  readonly what: 'place' | 'trace' | 'csv' | 'counts by day' | 'counts by place and day';
  readonly lines: number;
  /** The quickest of the runs, by the clock. */
  readonly ms: number;
  readonly firstRowMs: number;
  /** Of the run that took least: the command's, and the server's. */
  readonly clientMs: number;
  readonly serverMs: number;
  /** Least of the runs: `psql` and the server together. */
  readonly plainMs: number;
  readonly plainProcessorMs: number;
}

interface Question {
  readonly what: Asked['what'];
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly plain: string;
}

/** Asks each question some times, in turns. */
export async function askHolder(made: CentralCity, server: Cluster, runs: number): Promise<Asked[]> {
  const config = join(made.dataDir, '..', 'visitlog.toml');
  const output = join(made.dataDir, '..', 'answer.csv');
  const url = `postgres://${loginOf({ kind: 'holder', name: holderName })}@:${server.port}/visitlog?host=${server.socket}`;
  writeFileSync(
    config,
    `data_dir = "${made.dataDir}"\ndisk.reserve = "0"\n[central]\nurl = "${url}"\n[holder]\nname = "${holderName}"\n`,
  );
  const asked: Asked[] = [];
  // The first loads what the disk has of node.
  await timeCommand(made.nowMs, ['--config', config, 'venue', 'list']);
  for (const { what, args, stdin = '', plain } of questionsOf(made, output)) {
    const ours: (Timed & { readonly serverMs: number })[] = [];
    const theirs: { readonly ms: number; readonly processorMs: number }[] = [];
    for (let run = 0; run < runs; run += 1) {
      rmSync(output, { force: true });
      ours.push(
        await withServer(server, () => timeCommand(made.nowMs, ['--config', config, ...args], stdin)),
      );
      const psql = await withServer(server, () => timePsql(server, plain));
      theirs.push({ ms: psql.ms, processorMs: psql.clientMs + psql.serverMs });
    }
    const least = <T>(list: readonly T[], of: (one: T) => number) => Math.min(...list.map(of));
    const cheapest = ours.toSorted((a, b) => processorOf(a) - processorOf(b))[0];
    asked.push({
      what,
      lines: what === 'csv' ? linesOf(output) : (ours[0]?.lines ?? 0),
      ms: least(ours, ({ ms }) => ms),
      firstRowMs: least(ours, ({ firstRowMs }) => firstRowMs),
      clientMs: cheapest?.cpuMs ?? 0,
      serverMs: cheapest?.serverMs ?? 0,
      plainMs: least(theirs, ({ ms }) => ms),
      plainProcessorMs: least(theirs, ({ processorMs }) => processorMs),
    });
  }
  rmSync(output, { force: true });
  return asked;
}

const processorOf = ({ cpuMs, serverMs }: { readonly cpuMs: number | null; readonly serverMs: number }) =>
  (cpuMs ?? 0) + serverMs;

function linesOf(file: string): number {
  const octets = readFileSync(file);
  let lines = 0;
  for (let at = octets.indexOf(10); at >= 0; at = octets.indexOf(10, at + 1)) lines += 1;
  return lines;
}

function questionsOf(made: CentralCity, output: string): Question[] {
  const back = (ms: number): Window => ({ fromMs: made.nowMs - ms, toMs: made.nowMs });
  const venue = venueNumber(placeOfRank(0));
  const columns = 'v.visited_at, v.visitor, v.venue, n.name, n.address, v.received_at';
  const named = 'plain.visits v LEFT JOIN visitlog.venues n ON n.number = v.venue';
  const [two, cases, week] = [back(2 * dayMs), back(traceDays * dayMs), back(7 * dayMs)];
  const many = windowOf(made, exportedRows);
  const day = "to_char(to_timestamp(v.visited_at / 1000) AT TIME ZONE 'Asia/Seoul', 'YYYY-MM-DD')";
  return [
    {
      what: 'place',
      args: ['export', ...span(two), '--venue', venue, ...reveal],
      plain: `SELECT ${columns} FROM ${named} WHERE v.venue = '${venue}' AND ${within('v', two)} ORDER BY v.visited_at`,
    },
    {
      what: 'trace',
      args: ['trace', '--visitor', '-', ...span(cases), '--margin', '30m', ...reveal],
      stdin: `${caseNumber}\n`,
      plain: `SELECT ${columns} FROM plain.visits c
        JOIN plain.visits v ON v.venue = c.venue
          AND v.visited_at BETWEEN c.visited_at - ${marginMs} AND c.visited_at + ${marginMs}
        LEFT JOIN visitlog.venues n ON n.number = v.venue
        WHERE c.visitor = '${caseNumber}' AND ${within('c', cases)} ORDER BY v.visited_at`,
    },
    {
      what: 'csv',
      args: ['export', ...span(many), ...reveal, '--output', output],
      plain: `SELECT ${columns} FROM ${named} WHERE ${within('v', many)} ORDER BY v.visited_at`,
    },
    {
      what: 'counts by day',
      args: ['counts', ...span(week), '--format', 'csv'],
      plain: `SELECT ${day}, count(*) FROM plain.visits v WHERE ${within('v', week)} GROUP BY 1`,
    },
    {
      what: 'counts by place and day',
      args: ['counts', ...span(week), '--by', 'venue,day', '--format', 'csv'],
      plain: `SELECT ${day}, v.venue, count(*) FROM plain.visits v WHERE ${within('v', week)} GROUP BY 1, 2`,
    },
  ];
}

/** The last `wanted` visits, by whole hours. */
function windowOf({ visits, retentionMs, nowMs }: CentralCity, wanted: number): Window {
  const counts = visitsByHour(nowMs - retentionMs, retentionMs / hourMs, visits);
  let rows = 0;
  let hours = 0;
  while (rows < wanted && hours < counts.length) {
    hours += 1;
    rows += counts[counts.length - hours] ?? 0;
  }
  return { fromMs: nowMs - hours * hourMs, toMs: nowMs };
}

function span({ fromMs, toMs }: Window): string[] {
  return ['--from', new Date(fromMs).toISOString(), '--to', new Date(toMs).toISOString()];
}

function within(table: string, { fromMs, toMs }: Window): string {
  return `${table}.visited_at >= ${fromMs} AND ${table}.visited_at < ${toMs}`;
}

/** With what the server's processes took meanwhile; they have ended when this returns. */
async function withServer<T>(
  server: Cluster,
  work: () => Promise<T>,
): Promise<T & { readonly serverMs: number }> {
  const before = endedMs(server);
  const done = await work();
  while (isServing(server)) await sleep(50);
  return { ...done, serverMs: endedMs(server) - before };
}

/**
 * Whether the server has a process that serves the database, which names itself `postgres: USER visitlog …`, or one that has
 * ended and is not counted yet.
 */
function isServing({ data }: Cluster): boolean {
  const parent = `PPid:\t${serverOf(data)}\n`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((child) => {
      try {
        const status = readFileSync(`/proc/${child}/status`, 'utf8');
        if (!status.includes(parent)) return false;
        return (
          status.includes('State:\tZ') ||
          readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(' visitlog ')
        );
      } catch {
        return false;
      }
    });
}

/** The number of the server's first process. */
function serverOf(data: string): string {
  return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
}

/** proc(5): `cutime` and `cstime` of the server, in hundredths of a second: those of its children that have ended. */
function endedMs({ data }: Cluster): number {
  const stat = readFileSync(`/proc/${serverOf(data)}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** `psql` writes csv to nowhere; the processor's time is what `bash` says of it. */
async function timePsql(
  { socket, port }: Cluster,
  query: string,
): Promise<{ readonly ms: number; readonly clientMs: number }> {
  const beganMs = performance.now();
  const child = spawn(
    'bash',
    [
      '-c',
      `TIMEFORMAT='%U %S'; time psql --no-psqlrc --csv --host "$1" --port "$2" --username postgres --dbname visitlog --set FETCH_COUNT=1000 --command "$3" >/dev/null`,
      ...['bash', socket, String(port), query],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`psql ended with ${code}: ${said}`);
  const [user, system] = said.trim().split('\n').at(-1)?.split(' ') ?? [];
  return { ms: performance.now() - beganMs, clientMs: (Number(user) + Number(system)) * 1_000 };
}
