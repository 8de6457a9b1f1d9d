import type { CentralEvidence, HourEvidence } from '../../central/evidence.ts';
import type { Connection } from '../../store/database/database.ts';
import type { HolderRing } from '../../store/holder/holder-ring.ts';
import { type HourKey, unwrapHourKey } from '../../store/holder/hour-envelope.ts';
import { type Recipient, recipientOf } from '../../store/holder/hpke.ts';
import { keptNames, nameOf } from '../../store/holder/opened-hours.ts';
import { hourStartMs } from '../../store/hour.ts';
import { deriveSubkeys } from '../../store/keyring/hour-keys.ts';
import { ever, fieldsAt, openedBytes, openRows } from '../../store/sealing/opened-rows.ts';
import { rowBytes } from '../../store/sealing/visit-row.ts';
import type { CentralProofWords } from '../../words/commands/central-proof.ts';
import { filesBelow, isKeyring, piecesOf } from './files-below.ts';
import { readFoundRing } from './found-ring.ts';
import { byteSearch, needlesOf } from './number-search.ts';

/** One thing that was tried. */
export interface CentralStep {
  readonly when: 'living' | 'past' | 'files';
  readonly what: string;
  /** What was tried, in words. */
  readonly tried: string;
  readonly found: number;
  readonly of: number;
  /** `all` and `some` show that the search finds what is there. */
  readonly wanted: 'all' | 'some' | 'none';
  /** Null: there was nothing to try, so nothing is shown. */
  readonly ok: boolean | null;
}

export interface CentralSubject {
  readonly holder: string;
  readonly ring: HolderRing;
  /** The holder's own register. */
  readonly db: Connection;
  /** What this holder's ring and register lie in. */
  readonly ownFolders: readonly string[];
  readonly directories: readonly string[];
  /** The holder's ring itself, and the keyring of its own register: no copies. */
  readonly ringFile: string;
  readonly keyFile: string;
  readonly masterFile: string | null;
  readonly evidence: CentralEvidence;
  readonly signal: AbortSignal;
  readonly words: CentralProofWords;
}

/** So many numbers are searched for, in each of the forms that one can have. */
const mostNumbers = 50;

/**
 * Tries on the rows and envelopes of hours that are past what opens those of hours that live, with every secret that is left
 * here or lies in the folders; and searches the folders for what must be in no file. Errors: those of `filesBelow`.
 */
export async function* centralSteps(subject: CentralSubject): AsyncGenerator<CentralStep> {
  const { evidence, ring, holder, words } = subject;
  const keys = evidence.living.map((each) => {
    const recipient = ring.recipient(each.hour);
    return recipient && unwrapHourKey(each.envelope, recipient, { ...each, holder });
  });
  const envelopes = evidence.living.length;
  const tried = words.tried.own(evidence.host);
  yield step(
    'living',
    'all',
    words.steps.envelopes,
    tried,
    keys.filter((key) => key !== null).length,
    envelopes,
  );
  const opened = evidence.living.map((each, index) => openWith(keys[index] ?? null, each));
  const rows = countRows(evidence.living);
  yield step(
    'living',
    'all',
    words.steps.rows,
    tried,
    opened.reduce((sum, { length }) => sum + length, 0),
    rows,
  );

  const seen = new Set<string>();
  const files = [...subject.ownFolders, ...subject.directories].flatMap((folder) => filesBelow(folder, seen));
  const rings = files.filter(isKeyring);
  yield* pastSteps(subject, rings);
  const own = (readFoundRing(subject.ringFile, subject.masterFile).keys ?? []).map(({ key }) => key);
  const secrets = [...own, ...keys.flatMap((key) => (key === null ? [] : derivedOf(key)))];
  yield* fileSteps(
    subject,
    files.filter((file) => !rings.includes(file)),
    opened.flat(),
    secrets,
  );
}

function step(
  when: CentralStep['when'],
  wanted: CentralStep['wanted'],
  what: string,
  tried: string,
  found: number,
  of: number,
): CentralStep {
  const isRight = { all: found === of, some: found > 0, none: found === 0 }[wanted];
  // A folder may be older than the rows that are searched for: to find none is then no failure.
  const ok = of === 0 || (wanted === 'some' && found === 0) ? null : isRight;
  return { when, what, tried, found, of, wanted, ok };
}

function* pastSteps(subject: CentralSubject, ringFiles: readonly string[]): Generator<CentralStep> {
  const { evidence, holder, ring, db, words } = subject;
  const { past, host } = evidence;
  const found = ringFiles
    .filter((file) => file !== subject.ringFile)
    .map((file) => readFoundRing(file, subject.masterFile));
  const copies = found.flatMap(({ file, keys }) => (keys === null ? [] : { file, keys }));
  const own = ring.hours().flatMap((hour) => ring.recipient(hour) ?? []);
  const recipients: readonly Recipient[] = [
    ...own,
    ...copies.flatMap(({ keys }) => keys.map(({ key }) => recipientOf(key))),
  ];
  const isOpened = (each: HourEvidence) =>
    recipients.some((recipient) => unwrapHourKey(each.envelope, recipient, { ...each, holder }) !== null);
  const opened = past.filter(isOpened).length;
  const named = copies.flatMap(({ file }) => (file === subject.keyFile ? [] : file));
  const secrets = words.tried.secrets(recipients.length, host, named);
  yield step('past', 'none', words.steps.pastEnvelopes, secrets, opened, past.length);
  const byGateways = past.reduce((sum, each) => {
    const held = copies.flatMap(({ keys }) => keys.filter(({ hour }) => hour === each.hour));
    return sum + Math.max(0, ...held.map((key) => openWith(key, each).length));
  }, 0);
  yield step(
    'past',
    'none',
    words.steps.pastRows,
    words.tried.rings(copies.length, found.length - copies.length),
    byGateways,
    countRows(past),
  );
  const names = keptNames(db);
  const kept = past.filter((each) => names.get(each.hour)?.has(nameOf(each)) === true).length;
  yield step('past', 'none', words.steps.pastKept, words.tried.register, kept, past.length);
}

async function* fileSteps(
  { directories, signal, words, evidence }: CentralSubject,
  files: readonly string[],
  visitors: readonly string[],
  secrets: readonly Buffer[],
): AsyncGenerator<CentralStep> {
  const numbers = [...new Set(visitors.filter((visitor) => /^01\d{9}$/.test(visitor)))].slice(0, mostNumbers);
  const sealed = evidence.living.map(({ rows }) => rows.subarray(rowBytes - 57, rowBytes));
  const search = byteSearch([
    ...needlesOf(numbers, (number) => `number ${number}`),
    ...secrets.map((octets, index) => [`secret ${index}`, octets] as const),
    ...sealed.map((octets, index) => [`row ${index}`, octets] as const),
  ]);
  const labels = new Set<string>();
  let octets = 0;
  for (const file of files)
    for await (const piece of piecesOf(file, signal)) {
      octets += piece.length;
      for (const label of search.in(piece)) labels.add(label);
    }
  const found = (kind: string) => [...labels].filter((label) => label.startsWith(`${kind} `)).length;
  const tried = words.tried.files(files.length, octets);
  if (directories.length > 0)
    yield step('files', 'some', words.steps.sealedRows, tried, found('row'), sealed.length);
  yield step('files', 'none', words.steps.numbers, tried, found('number'), numbers.length);
  yield step('files', 'none', words.steps.secrets, tried, found('secret'), secrets.length);
}

/** The visitors of the rows that this key opens. */
function openWith(key: HourKey | null, { hour, rows }: HourEvidence): string[] {
  if (key === null) return [];
  const { subkeys, all } = deriveSubkeys(Buffer.from(key.key), key.algorithm);
  const opening = { keys: subkeys, hour, startMs: hourStartMs(hour), filter: ever };
  const { octets } = openRows(opening, Buffer.from(rows));
  all.fill(0);
  const opened = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  return Array.from(
    { length: opened.length / openedBytes },
    (_, index) => fieldsAt(opened, index * openedBytes).visitor,
  );
}

function countRows(hours: readonly HourEvidence[]): number {
  return hours.reduce((sum, { rows }) => sum + rows.length / rowBytes, 0);
}

function derivedOf({ key, algorithm }: HourKey): Buffer[] {
  const { subkeys } = deriveSubkeys(Buffer.from(key), algorithm);
  return [key, ...Object.values(subkeys).filter(Buffer.isBuffer)];
}
