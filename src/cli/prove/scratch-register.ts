import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dayMs, hourMs } from '../../base/amounts.ts';
import { formatHex } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { koreanTime, openZone } from '../../base/zone.ts';
import { takeListing } from '../../daemon/intake/take-listing.ts';
import type { Arrival } from '../../modem/receive/arrival.ts';
import { composeText } from '../../simulator/compose-text.ts';
import type { OutgoingText } from '../../simulator/sent-text.ts';
import { createVisitors, type Visitors } from '../../simulator/visitors.ts';
import { type Connection, openDatabase } from '../../store/database/database.ts';
import { hourOf } from '../../store/hour.ts';
import { openRegister } from '../../store/register.ts';
import type { Algorithm, Register, RegisterOptions } from '../../store/register-types.ts';
import { associatedData, sealedIn } from '../../store/sealing/bound-data.ts';
import { boundOfRow } from '../../store/sealing/visit-row.ts';
import { visitTableNames } from '../../store/tables/visit-tables.ts';

/** A clock that stands still until it is moved. */
interface ScratchClock extends Clock {
  advance(durationMs: number): void;
}

function scratchClock(startMs: number): ScratchClock {
  let elapsedMs = 0;
  return {
    wallMs: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    // Nothing waits in a proof: it calls what is due itself.
    after: () => ({ cancel() {} }),
    advance(durationMs) {
      elapsedMs += durationMs;
    },
  };
}

const textsEachHour = 5;
/** Where the regular visitor goes, in each hour. */
export const regularVenue = '0313242114';
/** A text of two parts, of which only the first arrives. */
const halfOfTwo = '여기는 어느 가게입니다. '.repeat(8);

/** Visitors of some hours in a row. */
export interface Group {
  /** Canonical, each once. */
  readonly numbers: readonly string[];
  /** Those of whom only a part of a text arrived. */
  readonly unfinished: ReadonlySet<string>;
  readonly hours: ReadonlySet<number>;
}

export interface Scratch {
  readonly clock: ScratchClock;
  readonly register: Register;
  readonly options: RegisterOptions & { readonly dataDir: string; readonly keyFile: string };
  /** Receives visitors' texts for some hours, and moves the clock. `regular` visits in each hour. */
  receive(hours: number, regular: string): Group;
}

/** A scratch register that the gateway's intake fills with texts of made-up visitors. */
export function scratchRegister(folder: string, algorithm: Algorithm, startMs: number): Scratch {
  const clock = scratchClock(startMs);
  const dataDir = join(folder, 'data');
  const keyFile = join(dataDir, 'keyring');
  const options = { dataDir, keyFile, retentionMs: 28 * dayMs, algorithm, clock };
  const register = openRegister({ ...options, role: 'gateway' });
  const zone = openZone(koreanTime.zone);
  const visitors = createVisitors({ seed: Math.floor(startMs / 1_000) });

  return {
    clock,
    register,
    options,
    receive(hours, regular) {
      const numbers = new Set<string>();
      const unfinished = new Set<string>();
      const seen = new Set<number>();
      for (let hour = 0; hour < hours; hour += 1) {
        const nowMs = clock.wallMs();
        const sent = textsOfHour(visitors, regular, nowMs);
        const listing = sent.texts.map((text) => arrivalOf(text, nowMs));
        const rules = { areaCode: '031', retentionMs: options.retentionMs, zone };
        takeListing(register, { name: 'line1', receiving: null }, listing, rules);
        for (const number of [...sent.whole, sent.half]) numbers.add(number);
        unfinished.add(sent.half);
        seen.add(hourOf(nowMs));
        clock.advance(hourMs);
      }
      return { numbers: [...numbers], unfinished, hours: seen };
    },
  };
}

interface HourOfTexts {
  readonly texts: readonly OutgoingText[];
  /** Senders of whole texts, and of half a text. */
  readonly whole: readonly string[];
  readonly half: string;
}

/** Visits in many ways of writing, texts that name no place or cannot be decoded, and half a long text. */
function textsOfHour(visitors: Visitors, regular: string, atMs: number): HourOfTexts {
  const sent = Array.from({ length: textsEachHour }, () => visitors.next(atMs));
  const half = visitors.next(atMs).sender;
  // Other outcomes have no visitor as their sender.
  const marked = sent.filter(({ outcome }) => outcome.kind === 'visits' || outcome.kind === 'unresolved');
  return {
    texts: [
      ...sent.flatMap(({ parts }) => parts),
      ...composeText({ sender: regular, text: regularVenue, sentAtMs: atMs }),
      ...composeText({ sender: half, text: halfOfTwo, sentAtMs: atMs }).slice(0, 1),
    ],
    whole: [...marked.map(({ sender }) => sender), regular],
    half,
  };
}

function arrivalOf(text: OutgoingText, receivedAtMs: number): Arrival {
  const [pdu, announcedLength] =
    'tpdu' in text ? [`00${formatHex(text.tpdu)}`, text.tpdu.length] : [text.line, text.length];
  return { pdu, announcedLength, memory: null, slot: null, receivedAtMs, report: text.report ?? false };
}

/** The register's files as they were at one moment: all but the keyring. */
export interface Copy {
  readonly when: string;
  readonly folder: string;
  readonly bytes: number;
}

/** Copies the files of a data directory, as a backup program or a snapshot would, without the keyring. */
export function copyFiles(dataDir: string, keyFile: string, folder: string, when: string): Copy {
  mkdirSync(folder, { mode: 0o700 });
  for (const path of filesIn(dataDir)) if (path !== keyFile) copyFileSync(path, join(folder, basename(path)));
  return copyOf(folder, when);
}

export function copyOf(folder: string, when: string): Copy {
  return { when, folder, bytes: filesIn(folder).reduce((sum, path) => sum + statSync(path).size, 0) };
}

export function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

export function contentsOf(folder: string): Buffer[] {
  return filesIn(folder).map((path) => readFileSync(path));
}

/** A row in a copy of the database. */
export interface CopiedRow {
  readonly hour: number;
  readonly sealed: Buffer;
  /** What it is bound to its place by. */
  readonly bound: Buffer;
  /** Venue's tag, id and visitor's tag of a visit; null of any other row. */
  readonly head: Buffer | null;
}

const recordTables = [
  [sealedIn.sealedTexts, 'sealed_texts'],
  [sealedIn.sealedParts, 'sealed_parts'],
  [sealedIn.sealedSlots, 'sealed_slots'],
] as const;

/** Every sealed row in the database of a folder. */
export function sealedRows(folder: string): CopiedRow[] {
  const db = openDatabase(folder, true);
  try {
    return sealedRowsIn(db);
  } finally {
    db.close();
  }
}

export function sealedRowsIn(db: Connection): CopiedRow[] {
  const visits = visitTableNames
    .flatMap((name) =>
      db
        .prepare<[], [hour: number, head: Buffer, sealed: Buffer]>(
          `SELECT hour, CAST(venue_tag || id || visitor_tag AS BLOB), sealed FROM ${name}`,
        )
        .raw()
        .all(),
    )
    .map(([hour, head, sealed]) => ({ hour, sealed, head, bound: boundOfRow(hour, head) }));
  const records = recordTables.flatMap(([table, name]) =>
    db
      .prepare<[], [hour: number, id: number, sealed: Buffer]>(`SELECT hour, id, sealed FROM ${name}`)
      .raw()
      .all()
      .map(([hour, id, sealed]) => {
        return { hour, sealed, head: null, bound: Buffer.from(associatedData(table, hour, id, 0)) };
      }),
  );
  return [...visits, ...records];
}
