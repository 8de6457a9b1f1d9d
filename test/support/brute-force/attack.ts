import Database from 'better-sqlite3';
import { sealedRowsIn } from '../../../src/cli/prove/scratch-register.ts';
import { parseEntry } from '../../../src/store/audit/audit-chain.ts';
import { hasTag, subjectTags } from '../../../src/store/audit/audit-subjects.ts';
import { deriveSubkeys, type Subkeys } from '../../../src/store/keyring/hour-keys.ts';
import type { Algorithm } from '../../../src/store/register-types.ts';
import { decodeVisitor } from '../../../src/store/sealing/bound-data.ts';
import { unseal } from '../../../src/store/sealing/seal.ts';
import { tagNumbers, venueBlocks, venueTagBytes } from '../../../src/store/sealing/tags.ts';

/** What somebody has who tries numbers: a database, and octets that may be keys. */
export interface Loot {
  readonly database: string;
  readonly algorithm: Algorithm;
  /** 32 octets each. */
  readonly keys: readonly Buffer[];
}

export interface Found {
  /** Rows that opened under a key. No number has to be tried for that. */
  readonly opened: number;
  /** Numbers that were read in opened rows. */
  readonly read: ReadonlySet<string>;
  /** Numbers whose pseudonym is in the audit log. */
  readonly shown: ReadonlySet<string>;
  /** Numbers whose tag is that of a place in some hour. */
  readonly places: ReadonlySet<string>;
  /** A try is one number under one key against all that it could be in one list or hour. */
  readonly tries: number;
}

/** Numbers to try, some at a time: all that there are do not fit into memory. */
export interface Candidates {
  readonly count: number;
  pieces(): Iterable<readonly string[]>;
}

/** Tries every key as it is, and as an hour's key, on every row, and with it every number on every tag. */
export function attack(loot: Loot, numbers: Candidates, places: Candidates): Found {
  const db = new Database(loot.database, { readonly: true });
  try {
    const keys = loot.keys.flatMap((key) => keysFrom(key, loot.algorithm));
    const pseudonyms = attackPseudonyms(db, keys, numbers);
    const tags = attackTags(db, keys, places);
    const tries = pseudonyms.tries + tags.tries;
    return { ...openRows(db, keys), shown: pseudonyms.found, places: tags.found, tries };
  } finally {
    db.close();
  }
}

function keysFrom(key: Buffer, algorithm: Algorithm): Subkeys[] {
  const asItIs = { algorithm, seal: key, lookup: key, fingerprint: key, audit: key, tags: key };
  return [asItIs, deriveSubkeys(key, algorithm).subkeys];
}

function openRows(db: Database.Database, keys: readonly Subkeys[]): Pick<Found, 'opened' | 'read'> {
  const read = new Set<string>();
  let opened = 0;
  for (const { sealed, bound, head } of sealedRowsIn(db))
    for (const key of keys) {
      const plain = unseal(key, sealed, bound);
      if (plain === null) continue;
      opened += 1;
      if (head !== null) read.add(decodeVisitor(plain.subarray(0, 8)));
    }
  return { opened, read };
}

interface Tried {
  readonly found: Set<string>;
  readonly tries: number;
}

function attackPseudonyms(db: Database.Database, keys: readonly Subkeys[], numbers: Candidates): Tried {
  const found = new Set<string>();
  let tries = 0;
  const rows = db
    .prepare<[], [tags: Buffer, entry: string]>(
      'SELECT tags, entry FROM audit_subjects JOIN audit USING (seq)',
    )
    .raw()
    .all();
  for (const [list, entry] of rows) {
    const parsed = parseEntry(entry);
    if (parsed === null || !('of' in parsed)) continue;
    for (const key of keys) {
      tries += numbers.count;
      for (const number of namedIn(list, key, parsed.of, numbers)) found.add(number);
    }
  }
  return { found, tries };
}

function* namedIn(list: Buffer, key: Subkeys, act: number, numbers: Candidates): Generator<string> {
  const tagsOf = (some: readonly string[]) => {
    const make = subjectTags(key, act);
    for (const number of some) make.add(number);
    return make.tags();
  };
  for (const some of numbers.pieces())
    if (hasAny(list, tagsOf(some))) yield* some.filter((number) => hasTag(list, tagsOf([number])));
}

const pseudonymBytes = 8;

function hasAny(list: Buffer, tags: Buffer): boolean {
  for (let at = 0; at < tags.length; at += pseudonymBytes)
    if (hasTag(list, tags.subarray(at, at + pseudonymBytes))) return true;
  return false;
}

function attackTags(db: Database.Database, keys: readonly Subkeys[], places: Candidates): Tried {
  const found = new Set<string>();
  let tries = 0;
  const hours = db.prepare<[], number>('SELECT DISTINCT hour FROM sealed_visits').pluck().all();
  const tagsOf = db
    .prepare<[number], Buffer>('SELECT DISTINCT venue_tag FROM sealed_visits WHERE hour = ?')
    .pluck();
  for (const some of places.pieces()) {
    const blocks = venueBlocks(some);
    for (const hour of hours) {
      const tags = new Set(tagsOf.all(hour).map((tag) => tag.readUIntBE(0, venueTagBytes)));
      for (const key of keys) {
        tries += some.length;
        for (const [index, tag] of tagNumbers(key, blocks).entries())
          if (tags.has(tag)) found.add(some[index] ?? '');
      }
    }
  }
  return { found, tries };
}
