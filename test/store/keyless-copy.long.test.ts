import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { databasePath } from '../../src/store/database/database.ts';
import { openRegister } from '../../src/store/register.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { scratchParent } from '../support/workspace.ts';
import { nowMs, retentionMs, tempRegister, text, visit } from './temp-register.ts';

/*
 * What a copy without its keyring tells, by statistics over 100,000 rows: two hours of 25,000 visits, and the same hours
 * a week later, whose visitors' tags are in use because the register knows by then how many visits such an hour has.
 * The reader of the copy here has all of the truth (who was where, and when) and looks for what agrees with it.
 */
const each = 25_000;
const visitors = 20_000;
const places = 400;
const startMs = Math.floor(nowMs / hourMs) * hourMs - 8 * 24 * hourMs;
const hours = [0, 1, 7 * 24, 7 * 24 + 1].map((later) => startMs + later * hourMs);
/** Standard deviations: one run in some million is beyond. */
const far = 5;

interface Truth {
  readonly visitor: number;
  readonly place: number;
  readonly atMs: number;
}

interface Row {
  readonly hour: number;
  readonly venueTag: string;
  readonly visitorTag: string;
  readonly id: Buffer;
  readonly sealed: Buffer;
  readonly truth: Truth;
}

let rows: Row[] = [];
let octetsOfCopy = Buffer.alloc(0);

/** The rows of a copy in the order of its table, each with its truth: found by opening them, which takes the keys. */
async function copiedRows(): Promise<Row[]> {
  const folder = mkdtempSync(join(scratchParent, 'visitlog-keyless-'));
  const keyFile = join(folder, 'keyring');
  const clock = new FakeClock(nowMs);
  const options = { dataDir: folder, keyFile, retentionMs, algorithm: 'aes-256-gcm', clock } as const;
  try {
    const register = openRegister(options);
    const random = createRandom(20_261_129);
    for (const from of hours) {
      const sent = Array.from({ length: each }, () => random.int(hourMs / 1_000) * 1_000).sort(
        (a, b) => a - b,
      );
      for (let at = 0; at < each; at += 500)
        register.transact((unit) => {
          for (const inHourMs of sent.slice(at, at + 500)) {
            const place = Math.floor((random.int(places) * random.int(places)) / places);
            const visitor = `0105${String(random.int(visitors)).padStart(7, '0')}`;
            const atMs = from + inHourMs;
            unit.addVisit(
              visit({ visitor, venue: `0313${240_000 + place}`, atMs, receivedAtMs: atMs + 4_000 }),
            );
          }
        });
    }
    const db = new Database(databasePath(folder), { readonly: true });
    const raw = db
      .prepare<[], { hour: number; venueTag: string; visitorTag: string; id: Buffer; sealed: Buffer }>(
        `SELECT hour, hex(venue_tag) AS venueTag, hex(visitor_tag) AS visitorTag, id, sealed FROM sealed_visits`,
      )
      .all();
    db.close();
    // An id is a row's within its hour and place only; with the hour it is all but unique, and doubles are left out.
    const truths = new Map<string, Truth | null>();
    for (const fromMs of hours)
      for await (const batch of register.visits({ fromMs, toMs: fromMs + hourMs }))
        for (const { id, visitor, venue, visitedAtMs } of batch) {
          const name = `${Math.floor(visitedAtMs / hourMs)} ${id}`;
          const truth = { visitor: Number(visitor), place: Number(venue), atMs: visitedAtMs };
          truths.set(name, truths.has(name) ? null : truth);
        }
    await register.close();
    copyFileSync(databasePath(folder), join(folder, 'copy'));
    octetsOfCopy = readFileSync(join(folder, 'copy'));
    return raw.flatMap((row) => {
      const truth = truths.get(`${row.hour} ${row.id.readUInt32BE(0)}`);
      return truth ? [{ ...row, truth }] : [];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

beforeAll(async () => {
  rows = await copiedRows();
}, 300_000);

function grouped<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

const byHour = () => [...grouped(rows, ({ hour }) => hour).values()];

/** How many standard deviations a rank correlation (Spearman's) is from none. */
function correlation(pairs: readonly (readonly [number, number])[]): number {
  const ranks = (values: readonly number[]) => {
    const order = values.map((value, index) => [value, index] as const).sort((a, b) => a[0] - b[0]);
    const found = new Float64Array(values.length);
    for (let from = 0; from < order.length; ) {
      let to = from;
      while (to < order.length && order[to]?.[0] === order[from]?.[0]) to += 1;
      for (let at = from; at < to; at += 1) found[order[at]?.[1] ?? 0] = (from + to - 1) / 2;
      from = to;
    }
    return found;
  };
  const [one, other] = [ranks(pairs.map(([a]) => a)), ranks(pairs.map(([, b]) => b))];
  const mean = (pairs.length - 1) / 2;
  let [both, ofOne, ofOther] = [0, 0, 0];
  for (let index = 0; index < pairs.length; index += 1) {
    const [a, b] = [(one[index] ?? 0) - mean, (other[index] ?? 0) - mean];
    both += a * b;
    ofOne += a * a;
    ofOther += b * b;
  }
  // What is the same in all rows goes with nothing.
  if (ofOne === 0 || ofOther === 0) return 0;
  return (both / Math.sqrt(ofOne * ofOther)) * Math.sqrt(pairs.length - 1);
}

/** How far counts are from equal ones, in standard deviations of chi-square (Wilson and Hilferty). */
function unevenness(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const chi = counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
  const free = counts.length - 1;
  return (Math.cbrt(chi / free) - (1 - 2 / (9 * free))) / Math.sqrt(2 / (9 * free));
}

/** Everything that a row has in the clear besides its hour, as a number. */
const seen: readonly (readonly [string, (row: Row, place: number) => number])[] = [
  ['its place in the table', (_, place) => place],
  ["its venue's tag", ({ venueTag }) => Number.parseInt(venueTag, 16)],
  ["its visitor's tag", ({ visitorTag }) => Number.parseInt(visitorTag, 16)],
  ['its id', ({ id }) => id.readUInt32BE(0)],
  ['its nonce', ({ sealed }) => sealed.readUIntBE(0, 6)],
  ['its ciphertext', ({ sealed }) => sealed.readUIntBE(12, 6)],
  ['its authentication tag', ({ sealed }) => sealed.readUIntBE(41, 6)],
];

const facts: readonly (readonly [string, (truth: Truth) => number])[] = [
  ['time', ({ atMs }) => atMs],
  ['visitor', ({ visitor }) => visitor],
  ['place', ({ place }) => place],
];

describe('a copy without its keys, over 100,000 rows', () => {
  it('a copy without its keys has all its rows to look at', () => {
    expect(rows.length).toBeGreaterThan(4 * each - 100);
    expect(byHour()).toHaveLength(4);
  });

  it('a copy without its keys tells nothing by length: every visit is as long as every other', () => {
    expect(new Set(rows.map(({ sealed, id }) => `${sealed.length} ${id.length}`))).toEqual(new Set(['57 4']));
  });

  it.each(seen)(
    'a copy without its keys tells nothing by order: %s goes with neither time nor visitor nor place of the visit',
    (name, value) => {
      // Rows of a place have one tag: of these, one row of each place counts. They lie apart, by the tags of visitors.
      const isOfPlace = name === "its venue's tag";
      for (const hour of byHour().slice(2))
        for (const [fact, of] of facts) {
          const pairs = hour.map((row, place) => [value(row, place), of(row.truth)] as const);
          const told = fact === 'place' && isOfPlace ? oneOfEachGroup(hour, pairs) : pairs;
          expect([fact, Math.abs(correlation(told)) < far]).toEqual([fact, true]);
        }
    },
  );

  it('a copy without its keys has random octets in every part of a row', () => {
    const parts: readonly (readonly [number, (row: Row, octet: number) => number])[] = [
      [4, ({ id }, octet) => id[octet] ?? 0],
      [57, ({ sealed }, octet) => sealed[octet] ?? 0],
    ];
    for (const [length, octetOf] of parts)
      for (let octet = 0; octet < length; octet += 1) {
        const counts = new Array<number>(256).fill(0);
        for (const row of rows) counts[octetOf(row, octet)] = (counts[octetOf(row, octet)] ?? 0) + 1;
        expect(Math.abs(unevenness(counts))).toBeLessThan(far);
      }
    expect(new Set(rows.map(({ sealed }) => sealed.toString('hex', 0, 12))).size).toBe(rows.length);
  });

  it('a copy without its keys tells by equal tags the same place within an hour, and nothing across hours', () => {
    for (const hour of byHour()) {
      const pairs = new Set(hour.map(({ venueTag, truth }) => `${venueTag} ${truth.place}`));
      expect(new Set(hour.map(({ venueTag }) => venueTag)).size).toBe(pairs.size);
      expect(new Set(hour.map(({ truth }) => truth.place)).size).toBe(pairs.size);
    }
    const tags = byHour().map((hour) => new Set(hour.map(({ venueTag }) => venueTag)));
    expect(new Set(tags.flatMap((set) => [...set])).size).toBe(tags.reduce((sum, { size }) => sum + size, 0));
  });

  it("a copy without its keys has visitors' tags that about a hundred rows share, and none where the hour's size was not known", () => {
    const [first, second, third, fourth] = byHour().map((hour) => [
      ...grouped(hour, ({ visitorTag }) => visitorTag).values(),
    ]);
    for (const groups of [first, second]) expect(groups).toHaveLength(1);
    for (const groups of [third, fourth]) {
      // log2(25,000 / 100) bits, rounded; the crowd is small, and many texted twice in the hour.
      expect(groups).toHaveLength(256);
      expect(Math.min(...(groups ?? []).map(({ length }) => length))).toBeGreaterThan(30);
      const strangers = (groups ?? []).map((group) => new Set(group.map(({ truth }) => truth.visitor)).size);
      expect(Math.min(...strangers)).toBeGreaterThan(20);
    }
  });

  it("a copy without its keys does not tell by a visitor's tag of one hour that of another", () => {
    const [, , third = [], fourth = []] = byHour();
    const tagOf = new Map(third.map(({ truth, visitorTag }) => [truth.visitor, visitorTag]));
    const both = fourth.filter(({ truth }) => tagOf.has(truth.visitor));
    const equal = both.filter(({ truth, visitorTag }) => tagOf.get(truth.visitor) === visitorTag).length;
    const expected = both.length / 256;
    expect(both.length).toBeGreaterThan(10_000);
    expect(Math.abs(equal - expected)).toBeLessThan(far * Math.sqrt(expected));
  });

  it('a copy without its keys does not give a place away to somebody who has every sending time', () => {
    for (const hour of byHour()) {
      const times = hour.map(({ truth }) => truth).sort((a, b) => a.atMs - b.atMs);
      const sizes = [...grouped(hour, ({ venueTag }) => venueTag).values()].map(({ length }) => length);
      const byGuess = sizes.reduce((sum, size) => sum + size ** 2, 0) / hour.length;
      for (const [, value] of seen) {
        const lined = hour
          .map((row, place) => [value(row, place), row] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, row]) => row);
        const right = lined.filter(({ truth }, index) => truth.place === times[index]?.place).length;
        expect(right).toBeLessThan(byGuess + far * Math.sqrt(byGuess));
      }
    }
  });

  it('a copy without its keys would not pass for silent if rows lay in the order of sending: the same figures find it', () => {
    const [hour = []] = byHour();
    const sorted = [...hour].sort((a, b) => a.truth.atMs - b.truth.atMs);
    expect(correlation(sorted.map(({ truth }, place) => [place, truth.atMs] as const))).toBeGreaterThan(100);
    expect(unevenness([900, 1_000, 1_100, 1_000, 1_300])).toBeGreaterThan(far);
    expect(octetsOfCopy.length).toBeGreaterThan(rows.length * 57);
  });
});

/** One pair of each place: its tag is drawn once, however many rows have it. */
function oneOfEachGroup(
  hour: readonly Row[],
  pairs: readonly (readonly [number, number])[],
): (readonly [number, number])[] {
  const found = new Map<string, readonly [number, number]>();
  for (const [index, pair] of pairs.entries()) found.set(hour[index]?.venueTag ?? '', pair);
  return [...found.values()];
}

describe('what a copy tells of texts', () => {
  it('a copy tells of texts how many rows an hour has and which of few lengths they have, and neither kind nor reason', () => {
    const temp = tempRegister();
    const register = temp.open();
    onTestFinished(() => void register.close().catch(() => {}));
    const reasons = ['no-number', 'pdu.truncated', 'mms', 'impossible'];
    register.transact((unit) => {
      for (const [index, kind] of (['unresolved', 'undecodable', 'notice', 'unresolved'] as const).entries())
        for (const words of [null, '시청', 'x'.repeat(70)])
          unit.addText(
            text({ kind, reason: reasons[index] ?? '', text: words, pdu: 'AB'.repeat(40 + 30 * index) }),
          );
      unit.addVisit(visit({ visitor: 'Yongin-Si' }));
      unit.addVisit(visit({ correctedBy: 'an officer' }));
      unit.addText(text({ text: '가'.repeat(900), pdu: 'AB'.repeat(1_500) }));
    });
    const db = new Database(databasePath(temp.dataDir), { readonly: true });
    const columns = db.prepare('SELECT * FROM sealed_texts').all() as Record<string, unknown>[];
    const lengths = db
      .prepare<[], [number, number]>(
        'SELECT length(sealed), count(*) FROM sealed_texts GROUP BY 1 ORDER BY 1',
      )
      .raw()
      .all();
    db.close();
    expect(Object.keys(columns[0] ?? {})).toEqual(['hour', 'id', 'sealed']);
    // Twelve texts, and the notes of two visits; one text of 1,500 octets.
    expect(lengths).toEqual([
      [1_024 + 28, 14],
      [8_192 + 28, 1],
    ]);
    const octets = readFileSync(databasePath(temp.dataDir));
    const wal = readFileSync(`${databasePath(temp.dataDir)}-wal`);
    for (const word of [...reasons, 'Yongin', 'officer', 'ABABAB'])
      expect([word, octets.includes(word), wal.includes(word)]).toEqual([word, false, false]);
  });
});
