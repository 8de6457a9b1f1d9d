import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { visitorFinder } from '../../../src/cli/erase/visitor-finder.ts';
import { openAudit } from '../../../src/store/audit/audit.ts';
import { auditKeyPath, readAuditKey } from '../../../src/store/audit/audit-key.ts';
import type { Actor } from '../../../src/store/audit/audit-types.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import type { NewVisit } from '../../../src/store/intake.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import { openRegister } from '../../../src/store/register.ts';
import { FakeClock } from '../fake-clock.ts';
import type { Candidates, Loot } from './attack.ts';

const startMs = Date.UTC(2026, 10, 23, 5, 20, 0);
const algorithm = 'aes-256-gcm';
const eachHour = 300;
const who: Actor = { uid: 1, user: 'tester', sudo: null, login: null, session: null };

/** What there is to find, and who has what of it. */
export interface Scenes {
  readonly visitors: readonly string[];
  readonly venues: readonly string[];
  /** The visitor who was erased before `erased` was copied. */
  readonly erased: string;
  readonly loot: Readonly<Record<SceneName, Loot>>;
}

/**
 * `copy`: the database alone. `copyAndAuditKey`. `deadHours`: the same copy, four weeks later, with the keyring as it is by
 * then and the audit key. `living`: the copy with the keyring of its day, which nobody is to have: it shows that the
 * attack finds what can be found. `livingErased`: the same of a copy made behind an erasure.
 */
export type SceneName = 'copy' | 'copyAndAuditKey' | 'deadHours' | 'living' | 'livingErased';

/** Fills a register in this folder, has an officer look at an hour of it, erases one visitor, and lets four weeks go by. */
export async function makeScenes(dataDir: string): Promise<Scenes> {
  const keyFile = join(dataDir, 'keyring');
  const clock = new FakeClock(startMs);
  const options = { dataDir, keyFile, retentionMs: 28 * dayMs, algorithm, clock } as const;
  const visitors = Array.from({ length: eachHour }, (_, index) => `0105550${1_000 + index}`);
  const venues = Array.from({ length: 30 }, (_, index) => `031324${2_000 + index * 7}`);
  const register = openRegister({ ...options, role: 'gateway' });
  // The hour of the day before makes the register use visitors' tags.
  for (const atMs of [startMs - dayMs, startMs])
    register.transact((unit) => {
      for (const [index, visitor] of visitors.entries())
        unit.addVisit(visitAt(atMs + index * 1_000, visitor, venues[index % venues.length] ?? ''));
    });
  show(options, visitors);
  const copyTo = (name: string) => {
    new Database(databasePath(dataDir)).pragma('wal_checkpoint(TRUNCATE)');
    const database = join(dataDir, name);
    copyFileSync(databasePath(dataDir), database);
    return database;
  };
  const copy = copyTo('copy');
  const living = keysOf(keyFile);
  const auditKey = readAuditKey(auditKeyPath(keyFile)) ?? Buffer.alloc(0);
  const [erased = ''] = visitors;
  await register.erase(visitorFinder(erased), who);
  const behind = copyTo('behind');
  await clock.advance(28 * dayMs + 2 * hourMs);
  const later = clock.wallMs();
  register.transact((unit) => unit.addVisit(visitAt(later, visitors[1] ?? '', venues[0] ?? '')));
  await register.sweep({ who, command: 'sweep' });
  await register.close();
  const dead = keysOf(keyFile);
  const blobs = blobsIn(copy);
  const loot = (database: string, keys: readonly Buffer[]): Loot => ({ database, algorithm, keys });
  return {
    ...{ visitors, venues, erased },
    loot: {
      copy: loot(copy, blobs),
      copyAndAuditKey: loot(copy, [...blobs, auditKey]),
      deadHours: loot(copy, [...dead, auditKey]),
      living: loot(copy, living),
      livingErased: loot(behind, living),
    },
  };
}

function visitAt(atMs: number, visitor: string, venue: string): NewVisit {
  const given = { source: 'network', line: 'line1', webSent: false, callback: false } as const;
  return { ...given, atMs, receivedAtMs: atMs + 3_000, visitor, venue };
}

function show(options: Parameters<typeof openAudit>[0], visitors: readonly string[]): void {
  const audit = openAudit(options);
  const act = audit.begin({
    command: 'export',
    who,
    where: { host: 'city-hall', tty: null, remote: null },
    scope: { revealed: true },
    reason: 'contact tracing',
  });
  for (const visitor of visitors) act.reveal(visitor, startMs);
  act.flush(visitors.length);
  act.close({ rows: visitors.length, outcome: 'complete' });
  audit.close();
}

function keysOf(keyFile: string): Buffer[] {
  const ring = Keyring.open(keyFile, false);
  try {
    return ring.hours().flatMap((hour) => ring.read(hour)?.held.key ?? []);
  } finally {
    ring.close();
  }
}

/** Whatever in a database is as long as a key: hashes and signatures of the audit log. */
function blobsIn(database: string): Buffer[] {
  const db = new Database(database, { readonly: true });
  const found = db.prepare<[], Buffer[]>('SELECT prev, hash, mac FROM audit').raw().all().flat();
  db.close();
  return found;
}

const allMobile = 100_000_000;
const atOnce = 10_000;

/** So many mobile numbers, spread evenly over all that there can be, and these. */
export function mobileNumbers(count: number, among: readonly string[]): Candidates {
  const step = Math.max(1, Math.floor(allMobile / count));
  return {
    count: count + among.length,
    *pieces() {
      yield among;
      for (let from = 0; from < count; from += atOnce)
        yield Array.from(
          { length: Math.min(atOnce, count - from) },
          (_, index) => `010${String((from + index) * step).padStart(8, '0')}`,
        );
    },
  };
}

export function these(numbers: readonly string[]): Candidates {
  return { count: numbers.length, pieces: () => [numbers] };
}
