import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { dayMs, hourMs } from '../../src/base/amounts.ts';
import { formatHex } from '../../src/base/bytes.ts';
import { systemClock } from '../../src/base/clock.ts';
import { openZone } from '../../src/base/zone.ts';
import { decodeArrival } from '../../src/daemon/intake/decode-arrival.ts';
import { takeListing } from '../../src/daemon/intake/take-listing.ts';
import type { Arrival } from '../../src/modem/receive/arrival.ts';
import { createVisitors } from '../../src/simulator/visitors.ts';
import { migrations } from '../../src/store/database/migrations.ts';
import type { ArrivalFacts, Intake, NewVisit } from '../../src/store/intake.ts';
import { openRegister } from '../../src/store/register.ts';
import { runLengthOf } from './options.ts';
import type { Figure } from './report.ts';
import { report } from './report.ts';

const retentionMs = 28 * dayMs;
/** Of a visit's sealed value. */
const sealedBytes = 57;
const rules = { areaCode: '031', retentionMs, zone: openZone('Asia/Seoul') };
const line = { name: 'line1', receiving: null };

/** A text before and after decoding. */
interface Text {
  readonly arrival: Arrival;
  readonly facts: ArrivalFacts;
  readonly visit: NewVisit;
  readonly row: PlainRow;
}

/** Texts a second that the register checks, seals and syncs, beside SQLite with the same rows in the clear. */
const runLength = runLengthOf(process.argv.slice(2));
const runs = runLength.choose(3, 7);
const figures = [
  ...figuresOf(1, runLength.choose(1_000, 3_000)),
  ...figuresOf(50, runLength.choose(10_000, 30_000)),
];
report('commit', figures, [
  'ours checks whether it has the text already, seals and tags it; SQLite alone is given finished rows',
  'from the PDU: the same, and the PDU decoded and its place found first',
  'both: the same tables, indexes and pragmas, as many transactions, each synced (synchronous = FULL)',
]);

function figuresOf(each: number, count: number): Figure[] {
  const texts = makeTexts(count);
  const values: number[] = [];
  const whole: number[] = [];
  const alone: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const rates = [
      register(texts, each, keep),
      register(texts, each, (open, listing) => {
        const arrivals = listing.map(({ arrival }) => arrival);
        takeListing(open, line, arrivals, rules);
      }),
      sqlite(texts, each),
    ] as const;
    // The first run warms the code up.
    if (run === 0) continue;
    values.push(rates[0]);
    whole.push(rates[1]);
    alone.push(rates[2]);
  }
  const figure = each === 1 ? 'commit, one by one' : `commit, listings of ${each}`;
  const beside = { name: 'SQLite alone', values: alone };
  return [
    { figure, unit: 'texts/s', values, beside, target: { atLeast: 0.8 } },
    { figure: `${figure}, from the PDU`, unit: 'texts/s', values: whole, beside, target: null },
  ];
}

/** What the gateway's intake does with a decoded listing. */
function keep(intake: Intake, listing: readonly Text[]): void {
  intake.transact((unit) => {
    for (const { facts, visit } of listing) if (!unit.alreadyHeld(facts)) unit.addVisit(visit);
  });
}

function makeTexts(count: number): Text[] {
  const visitors = createVisitors({ seed: 5, plain: true });
  const fromMs = systemClock.wallMs() - 10 * dayMs;
  return Array.from({ length: count }, (_, i) => {
    const atMs = Math.floor(fromMs / 1_000) * 1_000 + i * 1_000;
    const { parts, sender, outcome } = visitors.next(atMs);
    const { tpdu } = parts[0] as { readonly tpdu: Uint8Array };
    const [venue = ''] = outcome.kind === 'visits' ? outcome.venues : [];
    const arrival: Arrival = {
      pdu: `00${formatHex(tpdu)}`,
      announcedLength: tpdu.length,
      memory: 'ME',
      slot: i % 50,
      receivedAtMs: systemClock.wallMs(),
      report: false,
    };
    const { octets, sentAtMs, stamp } = decodeArrival(arrival, retentionMs);
    const facts = { line: 'line1', place: { memory: 'ME', slot: i % 50 }, octets, sentAtMs, ...stamp };
    const visit = { visitor: sender, venue, ...stamp, line: 'line1', webSent: false, callback: false };
    return { arrival, facts, visit, row: { atMs, venue, visitor: sender } };
  });
}

function register(
  texts: readonly Text[],
  each: number,
  take: (intake: Intake, listing: readonly Text[]) => void,
): number {
  return inFolder((folder) => {
    const open = openRegister({
      dataDir: folder,
      keyFile: join(folder, 'keyring'),
      retentionMs,
      algorithm: 'aes-256-gcm',
      clock: systemClock,
    });
    const rate = rateOf(texts, each, (listing) => take(open, listing));
    open.close();
    return rate;
  });
}

function sqlite(texts: readonly Text[], each: number): number {
  return inFolder((folder) => {
    const plain = openPlainRows(join(folder, 'plain.sqlite'));
    const rows = texts.map(({ row }) => row);
    const rate = rateOf(rows, each, (listing) => void plain.commit(listing));
    plain.close();
    return rate;
  });
}

function rateOf<T>(all: readonly T[], each: number, take: (listing: readonly T[]) => void): number {
  const beganMs = performance.now();
  for (let at = 0; at < all.length; at += each) take(all.slice(at, at + each));
  return (all.length / (performance.now() - beganMs)) * 1_000;
}

function inFolder(measure: (folder: string) => number): number {
  const folder = mkdtempSync(join(tmpdir(), 'visitlog-bench-'));
  try {
    return measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A text as the register's tables hold it, with nothing sealed: what SQLite alone is given. */
interface PlainRow {
  readonly atMs: number;
  readonly venue: string;
  readonly visitor: string;
}

/** SQLite alone: the register's own tables, indexes and pragmas, and the same rows in the clear. */
function openPlainRows(file: string) {
  const db = new Database(file);
  for (const setting of ['auto_vacuum = INCREMENTAL', 'journal_mode = WAL', 'secure_delete = ON'])
    db.pragma(setting);
  for (const step of migrations) db.exec(step);
  for (const setting of ['synchronous = FULL', 'foreign_keys = ON', 'temp_store = MEMORY'])
    db.pragma(setting);
  for (const setting of ['wal_autocheckpoint = 250', 'cache_size = -2000']) db.pragma(setting);
  const seen = db.prepare('INSERT OR IGNORE INTO fingerprints (hour, fingerprint) VALUES (?, ?)');
  const visit = db.prepare(
    'INSERT INTO sealed_visits (hour, venue_tag, id, visitor_tag, sealed) VALUES (?, ?, ?, ?, ?)',
  );
  const hours = db.prepare(
    `INSERT INTO hours (hour, visits, unresolved, undecodable, notices) VALUES (?, ?, 0, 0, 0)
     ON CONFLICT (hour) DO UPDATE SET visits = visits + excluded.visits`,
  );
  let id = 0;

  function add({ atMs, venue, visitor }: PlainRow): void {
    id += 1;
    const hour = Math.floor(atMs / hourMs);
    const row = Buffer.from(`${visitor} ${venue}`.padEnd(sealedBytes, '\0'));
    // As random and as long as tags, ids and fingerprints.
    const random = Buffer.alloc(8);
    random.writeUInt32LE(Math.imul(id, 2_654_435_761) >>> 0, 0);
    random.writeUInt32LE(Math.imul(Number(venue) % 0xffff_ffff, 2_654_435_761) >>> 0, 4);
    seen.run(hour, random);
    visit.run(hour, random.subarray(2), random.subarray(0, 4), random.subarray(0, 2), row);
  }

  const commit = db.transaction((rows: readonly PlainRow[]) => {
    for (const row of rows) add(row);
    const perHour = new Map<number, number>();
    for (const { atMs } of rows) {
      const hour = Math.floor(atMs / hourMs);
      perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
    }
    for (const [hour, visits] of perHour) hours.run(hour, visits);
  });
  return { commit: (rows: readonly PlainRow[]) => commit.immediate(rows), close: () => db.close() };
}
