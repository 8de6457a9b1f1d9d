import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { dayMs, hourMs } from '../../base/amounts.ts';
import { createRandom } from '../../simulator/random.ts';
import { copyDatabase } from '../../store/backup.ts';
import { openDatabase } from '../../store/database/database.ts';
import { hourOf } from '../../store/hour.ts';
import { HourKeys } from '../../store/keyring/hour-keys.ts';
import { Keyring } from '../../store/keyring/keyring.ts';
import type { Algorithm } from '../../store/register-types.ts';
import { venueTag, venueTagBytes } from '../../store/sealing/tags.ts';
import { rowNameBytes } from '../../store/sealing/visit-row.ts';
import { visitTableNames } from '../../store/tables/visit-tables.ts';
import type { ProofWords } from '../../words/commands/proof.ts';
import { byteSearch, needlesOf } from './number-search.ts';
import { type Copy, contentsOf, copyFiles, copyOf, scratchRegister } from './scratch-register.ts';
import { type ProofStep, stepOf } from './trials.ts';

/** A text as its sender, and whoever has their sending times, knows it. */
interface Sent {
  readonly atMs: number;
  readonly visitor: string;
  readonly venue: string;
}

interface CrowdOptions {
  readonly folder: string;
  readonly algorithm: Algorithm;
  readonly startMs: number;
  readonly signal: AbortSignal;
  readonly words: ProofWords;
}

/** The same hour of two days. What the first had decides how many bits of the second's visitors' tags are used. */
const visitsOfHours = [1_000, 3_000] as const;
const visitors = 1_200;
const places = 60;
/** Guesses may be luckier than their mean by this many standard deviations: once in millions of proofs. */
const luck = 5;
/** Half as many rows as are to share a visitor's tag: hours differ. */
const leastShared = 50;

/**
 * A crowd texts, and its register is copied within its four weeks, without the keyring. Somebody who has the copies, and
 * knows when each of the crowd sent a text, looks for times and places, compares lengths, lines rows up with the times
 * in every order that the rows have, and looks for what is equal.
 */
export async function* keylessSteps(options: CrowdOptions): AsyncGenerator<ProofStep> {
  const crowd = await copiedCrowd(options);
  const step = stepOf('within');
  const { words } = options;
  const rows = crowd.rows;
  const files = crowd.copies.flatMap(({ folder }) => contentsOf(folder));
  const octets = files.reduce((sum, bytes) => sum + bytes.length, 0);
  for (const [what, search, of] of [
    [
      words.steps.times,
      byteSearch(timeNeedles(crowd.sent)),
      new Set(crowd.sent.map(({ atMs }) => atMs)).size,
    ],
    [words.steps.places, byteSearch(needlesOf(crowd.venues, (number) => number)), crowd.venues.length],
  ] as const) {
    const found = new Set(files.flatMap((bytes) => [...search.in(bytes)]));
    yield step('none', what, {
      tried: words.tried.patterns(search.needles, octets),
      found: found.size,
      of,
    });
  }
  const [first] = rows;
  yield step('none', words.steps.lengths, {
    tried: words.tried.rows(rows.length),
    found: rows.filter(({ sealed }) => sealed.length !== first?.sealed.length).length,
    of: rows.length,
  });
  for (const [order, compare] of orders) {
    const guess = guessByOrder(crowd, compare);
    yield step('chance', words.steps.guessed(words.orders[order]), {
      tried: words.tried.guesses(Math.round(guess.expected), Math.floor(guess.most)),
      found: guess.right,
      of: guess.guesses,
      most: guess.most,
    });
  }
  const tagsOfHours = crowd.hours.map((hour) => new Set(rows.filter((row) => row.hour === hour).map(tagOf)));
  yield step('none', words.steps.sameInTwoHours, {
    tried: words.tried.rows(rows.length),
    found: [...(tagsOfHours[0] ?? [])].filter((tag) => tagsOfHours[1]?.has(tag)).length,
    of: tagsOfHours[0]?.size ?? 0,
  });
  const shared = sharedTags(rows);
  yield step('none', words.steps.unshared, {
    tried: words.tried.shared(Math.min(...shared)),
    found: shared.filter((count) => count < leastShared).length,
    of: shared.length,
  });
}

interface CrowdRow {
  readonly hour: number;
  readonly name: Buffer;
  readonly visitorTag: Buffer;
  readonly sealed: Buffer;
}

interface Crowd {
  readonly sent: readonly Sent[];
  readonly hours: readonly number[];
  readonly venues: readonly string[];
  readonly copies: readonly Copy[];
  /** As the copy's table has them. */
  readonly rows: readonly CrowdRow[];
  /** The truth, which takes the keys: the tag of a text's venue in its hour. */
  readonly tagOf: (text: Sent) => string;
}

async function copiedCrowd({ folder, algorithm, startMs, signal, words }: CrowdOptions): Promise<Crowd> {
  const home = join(folder, 'crowd');
  mkdirSync(home, { mode: 0o700 });
  // The register keeps when it began: just before the hour of the texts, so that this is no text's time.
  const beginMs = Math.floor(startMs / hourMs) * hourMs - 500;
  const scratch = scratchRegister(home, algorithm, beginMs);
  const { dataDir, keyFile } = scratch.options;
  try {
    const random = createRandom(Math.floor(startMs / 1_000)).fork('crowd');
    const sent: Sent[] = [];
    for (const count of visitsOfHours) {
      const startOfHourMs = Math.ceil(scratch.clock.wallMs() / hourMs) * hourMs;
      const texts = Array.from({ length: count }, () => ({
        atMs: startOfHourMs + random.int(hourMs / 1_000) * 1_000,
        visitor: `0105557${String(random.int(visitors)).padStart(4, '0')}`,
        // Few places see many people: the product of two draws leans towards the first of them.
        venue: `031324${5_000 + Math.floor((random.int(places) * random.int(places)) / places)}`,
      })).sort((a, b) => a.atMs - b.atMs);
      for (let from = 0; from < texts.length; from += 50)
        scratch.register.transact((unit) => {
          for (const text of texts.slice(from, from + 50))
            unit.addVisit({
              ...text,
              ...{ source: 'network', line: 'line1', webSent: false, callback: false },
              receivedAtMs: text.atMs + 3_000,
            });
        });
      sent.push(...texts);
      scratch.clock.advance(dayMs);
    }
    const copies = [
      copyFiles(dataDir, keyFile, join(home, 'copy-1'), words.copies.arriving),
      await backupOf(dataDir, join(home, 'copy-2'), signal, words),
    ];
    const hours = [...new Set(sent.map(({ atMs }) => hourOf(atMs)))];
    const tags = trueTags(keyFile, algorithm, hours, sent);
    return {
      sent,
      hours,
      venues: [...new Set(sent.map(({ venue }) => venue))],
      copies,
      rows: rowsOfCopy(join(home, 'copy-2')),
      tagOf: ({ atMs, venue }) => tags.get(`${hourOf(atMs)} ${venue}`) ?? '',
    };
  } finally {
    await scratch.register.close();
  }
}

async function backupOf(
  dataDir: string,
  place: string,
  signal: AbortSignal,
  words: ProofWords,
): Promise<Copy> {
  mkdirSync(place, { mode: 0o700 });
  const draft = join(place, 'register.sqlite');
  closeSync(openSync(draft, 'wx', 0o600));
  await copyDatabase({ dataDir, draft, signal });
  return copyOf(place, words.copies.backup);
}

function rowsOfCopy(folder: string): CrowdRow[] {
  const db = openDatabase(folder, true);
  try {
    return visitTableNames.flatMap((table) =>
      db
        .prepare<[], CrowdRow>(
          `SELECT hour, CAST(venue_tag || id AS BLOB) AS name, visitor_tag AS visitorTag, sealed FROM ${table}`,
        )
        .all(),
    );
  } finally {
    db.close();
  }
}

function trueTags(
  keyFile: string,
  algorithm: Algorithm,
  hours: readonly number[],
  sent: readonly Sent[],
): Map<string, string> {
  const keys = new HourKeys(Keyring.open(keyFile, false), algorithm);
  try {
    const tags = new Map<string, string>();
    for (const hour of hours) {
      const subkeys = keys.forReading(hour);
      if (subkeys === null) continue;
      for (const { venue } of sent) tags.set(`${hour} ${venue}`, venueTag(subkeys, venue).toString('hex'));
    }
    return tags;
  } finally {
    keys.close();
  }
}

function tagOf({ name }: Pick<CrowdRow, 'name'>): string {
  return name.toString('hex', 0, venueTagBytes);
}

/** The ways in which a time can lie in a file: as numbers of milliseconds and as text. */
function timeNeedles(sent: readonly Sent[]): (readonly [string, Buffer])[] {
  return [...new Set(sent.map(({ atMs }) => atMs))].flatMap((atMs) => {
    const integer = Buffer.alloc(6);
    integer.writeUIntBE(atMs, 0, 6);
    const double = Buffer.alloc(8);
    double.writeDoubleBE(atMs);
    const forms = [
      integer,
      Buffer.from(integer).reverse(),
      double,
      Buffer.from(double).reverse(),
      Buffer.from(String(atMs)),
      Buffer.from(String(atMs / 1_000)),
      Buffer.from(new Date(atMs).toISOString().slice(0, 19)),
    ];
    return forms.map((octets) => [String(atMs), octets] as const);
  });
}

type Order = keyof ProofWords['orders'];
type Compare = (one: CrowdRow, other: CrowdRow) => number;

/** The orders that the rows of an hour have: of the table, and of each thing in them. */
const orders: readonly (readonly [Order, Compare])[] = [
  ['table', () => 0],
  [
    'id',
    (one, other) => one.name.compare(other.name, venueTagBytes, rowNameBytes, venueTagBytes, rowNameBytes),
  ],
  ['visitorTag', (one, other) => one.visitorTag.compare(other.visitorTag)],
  ['sealed', (one, other) => one.sealed.compare(other.sealed)],
];

interface Guess {
  readonly right: number;
  readonly guesses: number;
  /** How many would be right by guessing. */
  readonly expected: number;
  /** How many may be right by luck. */
  readonly most: number;
}

/** Takes the row at a text's place in the order of sending for that text's row, and its group for the text's venue. */
function guessByOrder({ sent, hours, rows, tagOf: truth }: Crowd, compare: Compare): Guess {
  let right = 0;
  let expected = 0;
  for (const hour of hours) {
    const ordered = rows.filter((row) => row.hour === hour).sort(compare);
    const texts = sent.filter(({ atMs }) => hourOf(atMs) === hour);
    const groups = new Map<string, number>();
    for (const row of ordered) groups.set(tagOf(row), (groups.get(tagOf(row)) ?? 0) + 1);
    for (const size of groups.values()) expected += size ** 2 / ordered.length;
    for (const [index, text] of texts.entries()) {
      const row = ordered[index];
      if (row !== undefined && tagOf(row) === truth(text)) right += 1;
    }
  }
  return { right, guesses: sent.length, expected, most: expected + luck * Math.sqrt(expected) };
}

/** How many rows of an hour share each visitor's tag. */
function sharedTags(rows: readonly CrowdRow[]): number[] {
  const shared = new Map<string, number>();
  for (const { hour, visitorTag } of rows) {
    const tag = `${hour} ${visitorTag.toString('hex')}`;
    shared.set(tag, (shared.get(tag) ?? 0) + 1);
  }
  return [...shared.values()];
}
