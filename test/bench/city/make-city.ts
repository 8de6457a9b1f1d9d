import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { type Connection, openDatabase } from '../../../src/store/database/database.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { HourKeys } from '../../../src/store/keyring/hour-keys.ts';
import { openKeyring } from '../../../src/store/keyring/open-keyring.ts';
import { openRegister } from '../../../src/store/register.ts';
import { tagBitsFor, venueTagBytes, visitorTagBytes } from '../../../src/store/sealing/tags.ts';
import { rowBytes, rowNameBytes } from '../../../src/store/sealing/visit-row.ts';
import { type MadeRegister, registerOptions } from '../make-register.ts';
import { cityVenues, venueNumber, visitsByHour } from './city.ts';
import type { HourTask, SealedHour } from './sealed-hour.ts';

const endMs = Date.UTC(2026, 10, 23, 5);
const retentionMs = 28 * dayMs;
const line = 'line1';

/**
 * Makes a city's register of `visits` visits under `folder`, unless it is there. The rows are sealed by the store's own
 * code on every core and put in hour by hour in the order of the table; nothing is synced before the end. It lacks only
 * the fingerprints by which a text that comes a second time is known. Thirty million visits take 5 GB.
 */
export async function makeCity(
  folder: string,
  visits: number,
  tell: (done: number) => void,
): Promise<MadeRegister> {
  const home = join(folder, `city-${visits}`);
  const manifest = join(home, 'made.json');
  if (existsSync(manifest))
    return { ...(JSON.parse(readFileSync(manifest, 'utf8')) as MadeRegister), dataDir: join(home, 'data') };
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const dataDir = join(home, 'data');
  const made: MadeRegister = { visits, oldestHourVisits: 0, retentionMs, dataDir, nowMs: endMs };
  await fill(made, tell);
  writeFileSync(`${manifest}.new`, JSON.stringify(made));
  renameSync(`${manifest}.new`, manifest);
  return made;
}

async function fill(made: MadeRegister, tell: (done: number) => void): Promise<void> {
  const options = registerOptions(made);
  const register = openRegister(options);
  register.transact(() => {});
  register.close();
  const db = openDatabase(made.dataDir, false);
  const keys = new HourKeys(openKeyring(db, options, 'tool'), options.algorithm);
  db.pragma('journal_mode = MEMORY');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -65536');
  putCityVenues(db);
  const put = hourWriter(db);
  let done = 0;
  await inOrder(tasksOf(made, keys), (hour) => {
    put(hour);
    done += hour.count;
    tell(done / made.visits);
  });
  keys.close();
  db.pragma('journal_mode = WAL');
  db.close();
}

function* tasksOf({ visits, nowMs }: MadeRegister, keys: HourKeys): Generator<HourTask> {
  const firstMs = nowMs - retentionMs;
  const counts = visitsByHour(firstMs, retentionMs / hourMs, visits);
  for (const [index, count] of counts.entries()) {
    const hour = hourOf(firstMs) + index;
    // As the register chooses them: by the same hour of the week and the day before.
    const before = [7 * 24, 24].flatMap((ago) => counts[index - ago] ?? []);
    const tagBits = before.length === 0 ? 0 : tagBitsFor(Math.min(...before));
    yield { hour, count, tagBits, keys: keys.forWriting(hour) };
  }
}

/** Hours go to the workers in turn: each seals one while another's is written. */
async function inOrder(tasks: Generator<HourTask>, take: (hour: SealedHour) => void): Promise<void> {
  const file = new URL(`./sealed-hour${extname(import.meta.url)}`, import.meta.url);
  const workers = Array.from({ length: availableParallelism() }, () => new Worker(file));
  const waiting: Promise<SealedHour>[] = [];
  let next = 0;
  const give = () => {
    const task = tasks.next();
    const worker = workers[next % workers.length];
    if (task.done || worker === undefined) return;
    next += 1;
    waiting.push(answerOf(worker, task.value));
  };
  // One hour at a time for each: a second message would be answered by the same event.
  for (const _ of workers) give();
  for (let hour = waiting.shift(); hour !== undefined; hour = waiting.shift()) {
    const sealed = await hour;
    give();
    take(sealed);
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
}

async function answerOf(worker: Worker, task: HourTask): Promise<SealedHour> {
  worker.postMessage(task);
  const [answer] = (await once(worker, 'message')) as [SealedHour];
  return answer;
}

/** The city’s places, by made-up names. */
export function putCityVenues(db: Connection): void {
  const insert = db.prepare('INSERT INTO venues (number, name, address, issued) VALUES (?, ?, ?, 0)');
  const kinds = ['식당', '약국', '병원', '노래연습장', '체육관', '학원', '시장', '도서관'];
  db.transaction(() => {
    for (let index = 0; index < cityVenues; index += 1)
      insert.run(
        venueNumber(index),
        `${kinds[index % kinds.length]} ${index}호점`,
        `중앙로 ${index}번길 ${1 + (index % 90)}`,
      );
    db.prepare('INSERT INTO lines (id, name) VALUES (1, ?)').run(line);
  })();
}

function hourWriter(db: Connection): (hour: SealedHour) => void {
  const insert = db.prepare(
    'INSERT INTO sealed_visits (hour, venue_tag, id, visitor_tag, sealed) VALUES (?, ?, ?, ?, ?)',
  );
  const count = db.prepare(
    `INSERT INTO hours (hour, visits, unresolved, undecodable, notices, tag_bits) VALUES (?, ?, 0, 0, 0, ?)`,
  );
  return db.transaction((made: SealedHour) => {
    const rows = Buffer.from(made.rows.buffer);
    for (let at = 0; at < rows.length; at += rowBytes) {
      const [idAt, tagAt] = [at + venueTagBytes, at + rowNameBytes];
      const sealedAt = tagAt + visitorTagBytes;
      insert.run(
        made.hour,
        rows.subarray(at, idAt),
        rows.subarray(idAt, tagAt),
        rows.subarray(tagAt, sealedAt),
        rows.subarray(sealedAt, at + rowBytes),
      );
    }
    count.run(made.hour, made.count, made.tagBits);
  });
}
