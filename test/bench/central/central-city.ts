import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { connectToPrimary } from '../../../src/central/connect.ts';
import { gatewayCalls } from '../../../src/central/gateway-calls.ts';
import { openCentral } from '../../../src/central/records/open-central.ts';
import { loginOf } from '../../../src/central/schema/init.ts';
import { makeHolderFiles } from '../../../src/store/holder/holder-files.ts';
import type { HolderPin } from '../../../src/store/holder/holder-pin.ts';
import { wrapHour } from '../../../src/store/holder/wrap-hour.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { deriveSubkeys, keyIdOf } from '../../../src/store/keyring/hour-keys.ts';
import type { NewVenue } from '../../../src/store/records.ts';
import { tagBitsFor } from '../../../src/store/sealing/tags.ts';
import { addressOf, beginCentral } from '../../central/central-bench.ts';
import { type Cluster, makeCluster } from '../../support/postgres.ts';
import { cityVenues, venueNumber, visitsByHour } from '../city/city.ts';
import { type MadeRegister, registerOptions } from '../make-register.ts';
import type { CopyKey, CopyRows, CopyTask } from './sealed-copy.ts';

const endMs = Date.UTC(2026, 10, 23, 5);
const retentionMs = 28 * dayMs;
const hours = retentionMs / hourMs;
const algorithm = 'aes-256-gcm';
const aheadMs = 72 * hourMs;
export const holderName = 'a';
const who = { user: 'bench', uid: 0, sudo: null, login: null, session: null };
const settings = ['shared_buffers = 1GB', 'max_wal_size = 8GB', 'wal_level = minimal', 'max_wal_senders = 0'];

/** A city's visits behind a central register, and the same in a plain table of the same database, `plain.visits`. */
export interface CentralCity extends MadeRegister {
  readonly gateways: number;
}

/** The server is running. `folder` keeps it for the next time: thirty million visits take 16 GB. */
export async function centralCity(
  folder: string,
  { visits, gateways }: { readonly visits: number; readonly gateways: number },
): Promise<{ readonly made: CentralCity; readonly server: Cluster }> {
  const home = join(folder, `central-${visits}-${gateways}`);
  const manifest = join(home, 'made.json');
  const made = {
    visits,
    gateways,
    oldestHourVisits: 0,
    retentionMs,
    nowMs: endMs,
    dataDir: join(home, 'holder'),
  };
  if (!existsSync(manifest)) rmSync(home, { recursive: true, force: true });
  mkdirSync(made.dataDir, { recursive: true, mode: 0o700 });
  // The server has an account of its own.
  for (const path of [folder, home]) chmodSync(path, 0o755);
  const server = makeCluster({ kept: join(home, 'server'), settings });
  server.start();
  if (existsSync(manifest))
    return { made: JSON.parse(readFileSync(manifest, 'utf8')) as CentralCity, server };
  try {
    await fill(made, server);
  } catch (error) {
    server.remove();
    throw error;
  }
  writeFileSync(`${manifest}.new`, JSON.stringify(made));
  renameSync(`${manifest}.new`, manifest);
  return { made, server };
}

async function fill(made: CentralCity, server: Cluster): Promise<void> {
  const names = Array.from({ length: made.gateways }, (_, index) => `gateway${index + 1}`);
  await beginCentral(server, [
    { kind: 'holder', name: holderName },
    ...names.map((name) => ({ kind: 'gateway' as const, name })),
  ]);
  const register = registerOptions(made);
  const { pin } = makeHolderFiles({ ...register, name: holderName, aheadMs });
  const holder = openCentral({
    ...{ name: holderName, aheadMs, others: [], register: { ...register, role: 'tool' } },
    address: addressOf(loginOf({ kind: 'holder', name: holderName }), server),
  });
  await holder.pass({ who, command: 'run' });
  await holder.putVenues(cityPlaces());
  const counts = visitsByHour(made.nowMs - retentionMs, hours, made.visits);
  const keys = await openHours(server, names, pin, counts);
  server.sql(
    `CREATE SCHEMA plain; CREATE TABLE plain.visits (visited_at bigint, visitor text, venue text, received_at bigint)`,
    'visitlog',
  );
  await copyRows(server, counts, keys);
  // What a trigger does for rows that come otherwise.
  server.sql(
    `UPDATE visitlog.hours h SET visits = found.number FROM
       (SELECT hour, gateway, key_no, count(*)::int AS number FROM visitlog.visits GROUP BY hour, gateway, key_no) AS found
     WHERE (h.hour, h.gateway, h.key_no) = (found.hour, found.gateway, found.key_no)`,
    'visitlog',
  );
  server.sql(
    `CREATE INDEX by_time ON plain.visits (visited_at); CREATE INDEX by_venue ON plain.visits (venue, visited_at);
     CREATE INDEX by_visitor ON plain.visits (visitor, visited_at)`,
    'visitlog',
  );
  for (const table of [
    'visitlog.visits',
    'visitlog.hours',
    'visitlog.envelopes',
    'visitlog.venues',
    'plain.visits',
  ])
    server.sql(`VACUUM (ANALYZE) ${table}`, 'visitlog');
  server.sql('CHECKPOINT');
  await holder.pass({ who, command: 'run' });
  await holder.close();
}

function cityPlaces(): NewVenue[] {
  const kinds = ['식당', '약국', '병원', '노래연습장', '체육관', '학원', '시장', '도서관'];
  return Array.from({ length: cityVenues }, (_, index) => ({
    number: venueNumber(index),
    name: `${kinds[index % kinds.length]} ${index}호점`,
    address: `중앙로 ${index}번길 ${1 + (index % 90)}`,
    issued: false,
  }));
}

/** Each gateway's key of each hour, as a gateway gives it to the database. */
async function openHours(
  server: Cluster,
  names: readonly string[],
  pin: HolderPin,
  counts: readonly number[],
): Promise<CopyKey[][]> {
  const keys: CopyKey[][] = counts.map(() => []);
  for (const name of names) {
    const { client, close } = await connectToPrimary(addressOf(loginOf({ kind: 'gateway', name }), server));
    const calls = gatewayCalls(
      async <Row extends object>(query: string, given: readonly unknown[] = []) =>
        (await client.query<Row>(query, [...given])).rows,
    );
    await calls.nameLines([{ id: 1, name: 'line1' }]);
    const gatewayNo = Number(
      server.sql(`SELECT id FROM visitlog.gateways WHERE name = '${name}'`, 'visitlog'),
    );
    await client.query('BEGIN');
    for (const [index] of counts.entries()) {
      const hour = hourOf(endMs - retentionMs) + index;
      const key = randomBytes(32);
      // As a gateway chooses them: by the same hour of the week and the day before.
      const before = [7 * 24, 24].flatMap((ago) => counts[index - ago] ?? []);
      const tagBits = before.length === 0 ? 0 : tagBitsFor(Math.min(...before) / names.length);
      const published = await calls.publishedHours([hour]);
      const { envelopes } = wrapHour({ key, algorithm }, { gateway: name, pins: [pin] }, hour, published);
      await calls.openHour({ hour, keyId: keyIdOf(key), algorithm, tagBits, envelopes });
      keys[index]?.push({ gatewayNo, tagBits, keys: deriveSubkeys(key, algorithm).subkeys });
    }
    await client.query('COMMIT');
    await close();
  }
  return keys;
}

/** Rows are sealed on every core and put in hour by hour, each gateway's among the others', as they come in. */
async function copyRows(
  server: Cluster,
  counts: readonly number[],
  keys: readonly (readonly CopyKey[])[],
): Promise<void> {
  const sealed = copyInto(server, 'visitlog.visits');
  const plain = copyInto(server, 'plain.visits');
  const file = new URL(`./sealed-copy${extname(import.meta.url)}`, import.meta.url);
  const workers = Array.from({ length: availableParallelism() }, () => new Worker(file));
  const waiting: Promise<CopyRows>[] = [];
  const tasks = counts.map(
    (count, index): CopyTask => ({
      hour: hourOf(endMs - retentionMs) + index,
      count,
      gateways: keys[index] ?? [],
    }),
  );
  let next = 0;
  const give = () => {
    const [task, worker] = [tasks[next], workers[next % workers.length]];
    next += 1;
    if (task !== undefined && worker !== undefined) waiting.push(answerOf(worker, task));
  };
  for (const _ of workers) give();
  for (let hour = waiting.shift(); hour !== undefined; hour = waiting.shift()) {
    const rows = await hour;
    give();
    await Promise.all([sealed.write(rows.sealed), plain.write(rows.plain)]);
  }
  await Promise.all([sealed.end(), plain.end(), ...workers.map((worker) => worker.terminate())]);
}

async function answerOf(worker: Worker, task: CopyTask): Promise<CopyRows> {
  worker.postMessage(task);
  const [answer] = (await once(worker, 'message')) as [CopyRows];
  return answer;
}

/** PostgreSQL's binary form of COPY: a signature, flags and no extension; a field count of -1 ends it. */
const copyBegin = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const copyEnd = Buffer.from('ffff', 'hex');

function copyInto({ socket, port }: Cluster, table: string) {
  const args = ['--no-psqlrc', '--quiet', '--host', socket, '--port', String(port), '--username', 'postgres'];
  const child: ChildProcess = spawn(
    'psql',
    // Checks of foreign keys, one for each row, are left out: every hour is there.
    [
      ...[...args, '--dbname', 'visitlog', '--command', 'SET session_replication_role = replica'],
      ...['--command', `COPY ${table} FROM STDIN (FORMAT binary)`],
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const exited = once(child, 'close');
  const write = async (octets: Uint8Array) => {
    if (child.stdin?.write(octets) === false) await once(child.stdin, 'drain');
  };
  void write(copyBegin);
  return {
    write,
    async end() {
      child.stdin?.end(copyEnd);
      const [code] = (await exited) as [number];
      if (code !== 0) throw new Error(`psql ended with ${code}`);
    },
  };
}
