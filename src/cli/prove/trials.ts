import { readFileSync } from 'node:fs';
import type { Algorithm } from '../../store/register-types.ts';
import type { ProofWords } from '../../words/commands/proof.ts';
import { byteSearch, formsOfNumber, needlesOf } from './number-search.ts';
import {
  type CopiedRow,
  type Copy,
  contentsOf,
  type Group,
  regularVenue,
  type Scratch,
  sealedRows,
} from './scratch-register.ts';
import { readSenders, rowsOf, tryKeys, windowTrial } from './window-trial.ts';

export interface ProofStep {
  readonly when: 'before' | 'within' | 'after';
  readonly what: string;
  /** What was tried, in words. */
  readonly tried: string;
  readonly found: number;
  /** How many there are. */
  readonly of: number;
  /**
   * `all`: the search must find them, or it could not fail later. `none`: it must not. `chance`: as many as by guessing,
   * and luck.
   */
  readonly wanted: 'all' | 'none' | 'chance';
  readonly ok: boolean;
}

export interface Subject {
  readonly scratch: Scratch;
  readonly algorithm: Algorithm;
  readonly signal: AbortSignal;
  readonly words: ProofWords;
  /** Visitors whose hours expire. */
  readonly expiring: Group;
  /** Visitors whose hours do not expire. */
  readonly living: Group;
  /** More are added while the proof runs. */
  readonly copies: readonly Copy[];
  /** The number of a visitor in every expiring hour, and their visit of each hour. */
  readonly regular: string;
  readonly known: readonly CopiedRow[];
}

/** Before the sweep: the searches that must find nothing later must find everything now. */
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
  yield await readByRegister(subject, step, 'all');
  const windows = windowTrial(subject.known, regularVisit(subject), subject.algorithm);
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
  yield await readByRegister(subject, step, 'none');
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
    const windows = windowTrial(subject.known, regularVisit(subject), subject.algorithm);
    for (const bytes of files) await windows.try(bytes, subject.signal);
    return step('none', words.steps[where], {
      tried: words.tried.windows(windows.tried, windows.passedOver),
      found: windows.opened.size,
      of: expiring.hours.size,
    });
  }
}

/** A visitor's sealed visits in the copies, one for each hour. Needs the hours' keys. */
export function visitsOf(keyFile: string, copies: readonly Copy[], visitor: string): CopiedRow[] {
  const packed = formsOfNumber(visitor).get('as the register packs it before it is sealed');
  const byHour = new Map<number, CopiedRow>();
  for (const row of copies.flatMap(({ folder }) => sealedRows(folder)))
    if (packed?.equals(tryKeys(keyFile, [row]).plain.subarray(0, packed.length))) byHour.set(row.hour, row);
  return [...byHour.values()];
}

/** What the rows of `known` hold. */
function regularVisit({ regular }: Subject): { readonly visitor: string; readonly venue: string } {
  return { visitor: regular, venue: regularVenue };
}

type MakeStep = ReturnType<typeof stepOf>;

export function stepOf(when: ProofStep['when']) {
  return (
    wanted: ProofStep['wanted'],
    what: string,
    { most, ...tried }: Pick<ProofStep, 'tried' | 'found' | 'of'> & { readonly most?: number },
  ): ProofStep => {
    const { found, of } = tried;
    const isRight = { all: found === of, none: found === 0, chance: found <= (most ?? 0) }[wanted];
    return { when, what, wanted, ...tried, ok: of > 0 && isRight };
  };
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

/** Reads as an officer's command does, with an old database in place of the register's and the present keyring. */
async function readByRegister(
  { scratch, copies, expiring, words }: Subject,
  step: MakeStep,
  wanted: 'all' | 'none',
): Promise<ProofStep> {
  const numbers = expiring.numbers.filter((number) => !expiring.unfinished.has(number));
  const read: string[] = [];
  for (const { folder } of copies) read.push(...(await readSenders(scratch.options, folder)));
  return step(wanted, words.steps.read, {
    tried: words.tried.copies(copies.length),
    found: numbers.filter((number) => read.includes(number)).length,
    of: numbers.length,
  });
}

function rowsOfCopies({ copies, expiring }: Subject): CopiedRow[] {
  return copies.flatMap(({ folder }) => rowsOf(sealedRows(folder), expiring.hours));
}
