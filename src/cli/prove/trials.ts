import { readFileSync } from 'node:fs';
import type { Algorithm } from '../../store/register-types.ts';
import { encodeVisitor } from '../../store/sealing/bound-data.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { ProofWords } from '../../words/commands/proof.ts';
import type { ProofStep } from './proof-types.ts';
import {
  type Copy,
  contentsOf,
  type Group,
  type Scratch,
  type SealedRow,
  sealedRows,
} from './scratch-register.ts';
import { readSenders, rowsOf, tryKeys, windowTrial } from './window-trial.ts';

/** Looks for many needles in one pass over a file. */
export interface ByteSearch {
  readonly needles: number;
  /** The labels of all that is found, each once. */
  in(bytes: Buffer): Set<string>;
}

interface Needle {
  readonly label: string;
  readonly octets: Buffer;
  /** Where the four octets begin that it is known by. */
  readonly anchor: number;
}

const anchorBytes = 4;

/** `needles`: what a find is called, and what to look for, four octets at least. */
export function byteSearch(needles: Iterable<readonly [label: string, octets: Buffer]>): ByteSearch {
  const byAnchor = new Map<number, Needle[]>();
  const begins = new Uint8Array(65_536);
  let count = 0;
  for (const [label, octets] of needles) {
    const anchor = anchorOf(octets);
    const key = octets.readInt32BE(anchor);
    byAnchor.set(key, [...(byAnchor.get(key) ?? []), { label, octets, anchor }]);
    begins[octets.readUInt16BE(anchor)] = 1;
    count += 1;
  }
  return {
    needles: count,
    in(bytes) {
      const found = new Set<string>();
      for (let at = 0; at + anchorBytes <= bytes.length; at += 1) {
        const start = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
        if (begins[start] === 0) continue;
        for (const needle of byAnchor.get(bytes.readInt32BE(at)) ?? [])
          if (isAt(bytes, at - needle.anchor, needle.octets)) found.add(needle.label);
      }
      return found;
    },
  };
}

/** Files are full of zeros, so a needle is known by the four octets of it that have the fewest. */
function anchorOf(octets: Buffer): number {
  let best = 0;
  let bestZeros = anchorBytes + 1;
  for (let at = 0; at + anchorBytes <= octets.length; at += 1) {
    const zeros = octets.subarray(at, at + anchorBytes).filter((octet) => octet === 0).length;
    if (zeros < bestZeros) [best, bestZeros] = [at, zeros];
  }
  return best;
}

function isAt(bytes: Buffer, start: number, octets: Buffer): boolean {
  return start >= 0 && octets.equals(bytes.subarray(start, start + octets.length));
}

/** Ways in which a number can lie in a file, by what they are called. */
export function formsOfNumber(national: string): ReadonlyMap<string, Buffer> {
  const international = `82${national.slice(1)}`;
  const subscriber = national.slice(3);
  const hyphened = formatNational(national);
  const latin = (text: string) => Buffer.from(text, 'latin1');
  return new Map([
    ['digits', latin(national)],
    ['digits with hyphens', latin(hyphened)],
    ['digits with the country', latin(international)],
    ['the last eight digits', latin(subscriber)],
    ['the last eight digits with a hyphen', latin(hyphened.slice(4))],
    ['UTF-16, low octet first', Buffer.from(subscriber, 'utf16le')],
    ['UTF-16 as in a text', Buffer.from(subscriber, 'utf16le').swap16()],
    ['semi-octets of an address', semiOctets(national)],
    ['semi-octets with the country', semiOctets(international)],
    ['semi-octets in hexadecimal', latin(semiOctets(national).toString('hex').toUpperCase())],
    [
      'semi-octets with the country in hexadecimal',
      latin(semiOctets(international).toString('hex').toUpperCase()),
    ],
    ['semi-octets in small hexadecimal', latin(semiOctets(national).toString('hex'))],
    ['packed digits', Buffer.from(national.padEnd(12, 'f'), 'hex')],
    ['as the register packs it before it is sealed', encodeVisitor(national)],
    ['64-bit integer', integer(national)],
    ['64-bit integer, low octet first', integer(national).reverse()],
  ]);
}

/** 3GPP TS 23.040 §9.1.2.3: two digits an octet, the first in the low half. */
function semiOctets(digits: string): Buffer {
  const even = digits.length % 2 === 0 ? digits : `${digits}f`;
  return Buffer.from(even.replace(/(.)(.)/g, '$2$1'), 'hex');
}

function integer(digits: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(digits));
  return bytes;
}

/** What is searched, and for whom. */
export interface Subject {
  readonly scratch: Scratch;
  readonly algorithm: Algorithm;
  readonly signal: AbortSignal;
  /** What the steps say. */
  readonly words: ProofWords;
  /** Whose hours end. */
  readonly expiring: Group;
  /** Whose hours live on. */
  readonly living: Group;
  /** Grows while the proof runs. */
  readonly copies: readonly Copy[];
  /** The number of who was there in every expiring hour, and their visit of each. */
  readonly regular: string;
  readonly known: readonly SealedRow[];
}

/** Before the sweep: the searches that shall find nothing later find everything now. */
export async function* stepsBefore(subject: Subject): AsyncGenerator<ProofStep> {
  const step = stepOf('before');
  const { scratch, expiring, words } = subject;
  const planted = needlesOf(expiring.numbers, (number, form) => `${number} ${form}`);
  const clear = Buffer.concat(planted.flatMap(([, octets]) => [octets, Buffer.from('\n')]));
  yield step('all', words.steps.planted, {
    tried: words.tried.forms(planted.length / expiring.numbers.length),
    found: byteSearch(planted).in(clear).size,
    of: planted.length,
  });
  yield inTheClear(subject, step);
  const rows = rowsOfCopies(subject);
  const opened = tryKeys(scratch.options.keyFile, rows);
  yield step('all', words.steps.opened, {
    tried: words.tried.keys(opened.keys, rows.length),
    found: opened.opened,
    of: rows.length,
  });
  yield step('all', words.steps.inOpened, {
    tried: words.tried.octets(opened.plain.length),
    found: byteSearch(needlesOf(expiring.numbers, (number) => number)).in(opened.plain).size,
    of: expiring.numbers.length,
  });
  yield readByRegister(subject, step, 'all');
  const windows = windowTrial(subject.known, subject.regular, subject.algorithm);
  await windows.try(readFileSync(scratch.options.keyFile), subject.signal);
  yield step('all', words.steps.inRing, {
    tried: words.tried.windows(windows.tried, windows.passedOver),
    found: windows.opened.size,
    of: expiring.hours.size,
  });
}

/** After the sweep: the same searches. */
export async function* stepsAfter(subject: Subject): AsyncGenerator<ProofStep> {
  const step = stepOf('after');
  const { scratch, expiring, living, words } = subject;
  const { dataDir, keyFile } = scratch.options;
  yield inTheClear(subject, step);
  const rows = rowsOfCopies(subject);
  const opened = tryKeys(keyFile, rows);
  yield step('none', words.steps.opened, {
    tried: words.tried.keys(opened.keys, rows.length),
    found: opened.opened,
    of: rows.length,
  });
  yield step('none', words.steps.left, {
    tried: words.tried.database,
    found: rowsOf(sealedRows(dataDir), expiring.hours).length,
    of: rows.length,
  });
  yield readByRegister(subject, step, 'none');
  yield await windowsIn('inFiles', contentsOf(dataDir));
  yield await windowsIn(
    'inCopies',
    subject.copies.flatMap(({ folder }) => contentsOf(folder)),
  );
  const left = rowsOf(sealedRows(dataDir), living.hours);
  yield step('all', words.steps.living, {
    tried: words.tried.keys(opened.keys, left.length),
    found: tryKeys(keyFile, left).opened,
    of: left.length,
  });

  async function windowsIn(where: 'inFiles' | 'inCopies', files: readonly Buffer[]): Promise<ProofStep> {
    const windows = windowTrial(subject.known, subject.regular, subject.algorithm);
    for (const bytes of files) await windows.try(bytes, subject.signal);
    return step('none', words.steps[where], {
      tried: words.tried.windows(windows.tried, windows.passedOver),
      found: windows.opened.size,
      of: expiring.hours.size,
    });
  }
}

/** A visitor's visits as the copies have them, one for each hour, found with the keys while there are keys. */
export function visitsOf(keyFile: string, copies: readonly Copy[], visitor: string): SealedRow[] {
  const packed = formsOfNumber(visitor).get('as the register packs it before it is sealed');
  const byHour = new Map<number, SealedRow>();
  for (const row of copies.flatMap(({ folder }) => sealedRows(folder)))
    if (packed?.equals(tryKeys(keyFile, [row]).plain)) byHour.set(row.hour, row);
  return [...byHour.values()];
}

type MakeStep = ReturnType<typeof stepOf>;

function stepOf(when: ProofStep['when']) {
  return (
    wanted: 'all' | 'none',
    what: string,
    tried: Pick<ProofStep, 'tried' | 'found' | 'of'>,
  ): ProofStep => ({
    when,
    what,
    wanted,
    ...tried,
    ok: tried.of > 0 && tried.found === (wanted === 'all' ? tried.of : 0),
  });
}

function inTheClear({ scratch, copies, expiring, living, words }: Subject, step: MakeStep): ProofStep {
  const numbers = [...expiring.numbers, ...living.numbers];
  const search = byteSearch(needlesOf(numbers, (number) => number));
  const files = [scratch.options.dataDir, ...copies.map(({ folder }) => folder)].flatMap(contentsOf);
  const found = new Set(files.flatMap((bytes) => [...search.in(bytes)]));
  const octets = files.reduce((sum, bytes) => sum + bytes.length, 0);
  return step('none', words.steps.clear, {
    tried: words.tried.patterns(search.needles, octets),
    found: found.size,
    of: numbers.length,
  });
}

/** As an officer's command would: the old database in place of the register's, with the keyring that there is. */
function readByRegister(
  { scratch, copies, expiring, words }: Subject,
  step: MakeStep,
  wanted: 'all' | 'none',
): ProofStep {
  const numbers = expiring.numbers.filter((number) => !expiring.unfinished.has(number));
  const read = copies.flatMap(({ folder }) => [...readSenders(scratch.options, folder)]);
  return step(wanted, words.steps.read, {
    tried: words.tried.copies(copies.length),
    found: numbers.filter((number) => read.includes(number)).length,
    of: numbers.length,
  });
}

function rowsOfCopies({ copies, expiring }: Subject): SealedRow[] {
  return copies.flatMap(({ folder }) => rowsOf(sealedRows(folder), expiring.hours));
}

function needlesOf(
  numbers: readonly string[],
  label: (number: string, form: string) => string,
): (readonly [string, Buffer])[] {
  return numbers.flatMap((number) =>
    [...formsOfNumber(number)].map(([form, octets]) => [label(number, form), octets] as const),
  );
}
