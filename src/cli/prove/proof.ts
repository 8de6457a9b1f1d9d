import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { dayMs } from '../../base/amounts.ts';
import type { Actor } from '../../store/audit/audit-types.ts';
import { copyDatabase } from '../../store/backup.ts';
import { Keyring } from '../../store/keyring/keyring.ts';
import type { Algorithm } from '../../store/register-types.ts';
import type { ProofWords } from '../../words/commands/proof.ts';
import { keylessSteps } from './keyless-trials.ts';
import {
  type Copy,
  copyFiles,
  copyOf,
  type Group,
  type Scratch,
  scratchRegister,
} from './scratch-register.ts';
import { type ProofStep, type Subject, stepsAfter, stepsBefore, visitsOf } from './trials.ts';

export interface Proof {
  readonly visitors: number;
  readonly hours: number;
  readonly copies: readonly { readonly when: string; readonly bytes: number }[];
  readonly steps: readonly ProofStep[];
  /** What no program can show on this machine. */
  readonly limits: readonly string[];
  /** Every step came out as it must. */
  readonly ok: boolean;
}

interface ProofOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly algorithm: Algorithm;
  readonly startMs: number;
  readonly who: Actor;
  readonly signal: AbortSignal;
  readonly words: ProofWords;
  /** Called with each step when it is done. */
  readonly onStep: (step: ProofStep) => void;
}

/** Made-up numbers: of a visitor in every hour that expires, and of one in every hour that does not. */
const regulars = { expiring: '01055560000', living: '01055570000' } as const;

/**
 * Simulates four weeks in a scratch folder: visitors text, files are copied at several moments, the clock is moved, the
 * sweep runs. The same searches and trials run before the sweep, when they must find everything, and after it, when
 * they must find nothing. Error: `prove.stopped`.
 */
export async function prove(options: ProofOptions): Promise<Proof> {
  const scratch = scratchRegister(options.folder, options.algorithm, options.startMs);
  try {
    return await run(options, scratch);
  } finally {
    scratch.register.close();
  }
}

async function run(options: ProofOptions, scratch: Scratch): Promise<Proof> {
  const { dataDir, keyFile } = scratch.options;
  const copies: Copy[] = [];
  const copyNow = (name: string, when: string) =>
    copies.push(copyFiles(dataDir, keyFile, join(options.folder, name), when));
  const first = scratch.receive(3, regulars.expiring);
  copyNow('copy-1', options.words.copies.arriving);
  const second = scratch.receive(3, regulars.expiring);
  copies.push(await backup(options, scratch));
  scratch.clock.advance(27 * dayMs);
  const living = scratch.receive(2, regulars.living);
  copyNow('copy-3', options.words.copies.before);

  const steps: ProofStep[] = [];
  const add = (step: ProofStep) => {
    steps.push(step);
    options.onStep(step);
  };
  const expiring = together(first, second);
  const known = visitsOf(keyFile, copies, regulars.expiring);
  const subject: Subject = {
    ...options,
    scratch,
    expiring,
    living,
    copies,
    known,
    regular: regulars.expiring,
  };
  for await (const step of stepsBefore(subject)) add(step);
  for await (const step of keylessSteps(options)) add(step);

  scratch.clock.advance(2 * dayMs);
  await sweep(options, scratch, expiring, () => copyNow('copy-4', options.words.copies.sweeping));
  for await (const step of stepsAfter(subject)) add(step);
  return {
    visitors: expiring.numbers.length + living.numbers.length,
    hours: expiring.hours.size + living.hours.size,
    copies: copies.map(({ when, bytes }) => ({ when, bytes })),
    steps,
    limits: options.words.limits,
    ok: steps.every(({ ok }) => ok),
  };
}

async function backup({ folder, signal, words }: ProofOptions, { options }: Scratch): Promise<Copy> {
  const place = join(folder, 'copy-2');
  mkdirSync(place, { mode: 0o700 });
  const draft = join(place, 'register.sqlite');
  closeSync(openSync(draft, 'wx', 0o600));
  await copyDatabase({ dataDir: options.dataDir, draft, signal });
  return copyOf(place, words.copies.backup);
}

/** Sweeps, and calls `between` when the keys are gone and rows are still there. */
async function sweep(
  { who, signal }: ProofOptions,
  { register, options }: Scratch,
  expiring: Group,
  between: () => void,
): Promise<void> {
  let called = false;
  await register.sweep({
    who,
    command: 'prove',
    signal,
    pause: async () => {
      if (called || heldOf(options.keyFile, expiring) > 0) return;
      called = true;
      between();
    },
  });
}

function heldOf(keyFile: string, { hours }: Group): number {
  const ring = Keyring.open(keyFile, false);
  try {
    return ring.hours().filter((hour) => hours.has(hour)).length;
  } finally {
    ring.close();
  }
}

function together(one: Group, other: Group): Group {
  return {
    numbers: [...new Set([...one.numbers, ...other.numbers])],
    unfinished: new Set([...one.unfinished, ...other.unfinished]),
    hours: new Set([...one.hours, ...other.hours]),
  };
}

const width = 84;
const widest = 110;

export function beginning(folder: string, words: ProofWords): string[] {
  return [...words.beginning, words.scratch(folder)];
}

/** What a step has in common with those of another proof. `ok` is null if there was nothing to try. */
interface ToldStep<When extends string> {
  readonly when: When;
  readonly what: string;
  readonly tried: string;
  readonly found: number;
  readonly of: number;
  readonly ok: boolean | null;
}

interface StepWords<When extends string> extends Pick<ProofWords, 'ok' | 'fail' | 'result'> {
  readonly headings: Readonly<Record<When, string>>;
  readonly none?: string;
}

/** The lines of a step, below its heading if it is the first of its kind. */
export function stepLines<When extends string>(
  step: ToldStep<When>,
  last: ToldStep<When> | null,
  words: StepWords<When>,
): string[] {
  const heading = step.when === last?.when ? [] : ['', words.headings[step.when]];
  const result = words.result(step.found, step.of);
  const mark = step.ok === null ? (words.none ?? '') : step.ok ? words.ok : words.fail;
  return [
    ...heading,
    `  ${padded(mark, 4)} ${padded(step.what, width - 7)} ${' '.repeat(Math.max(0, 11 - stringWidth(result)))}${result}`,
    `         ${step.tried}`,
  ];
}

/** What a proof cannot show, wrapped. */
export function limitLines(limits: readonly string[]): string[] {
  return limits.flatMap((limit) => wrap(limit, '  - ', '    '));
}

export function ending(
  { ok, copies, steps, limits }: Proof,
  kept: string | null,
  words: ProofWords,
): string[] {
  const failed = steps.filter((step) => !step.ok).length;
  const sizes = copies.map(({ when, bytes }) => `${when} (${Math.ceil(bytes / 1_024)} KiB)`).join(', ');
  return [
    '',
    words.theCopies(sizes),
    '',
    words.cannotShow,
    ...limitLines(limits),
    '',
    ok ? words.passed : words.failed(failed, steps.length),
    ...(kept === null ? [] : [words.kept(kept)]),
  ];
}

function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)));
}

function wrap(text: string, first: string, rest: string): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    if (line.trim() !== '-' && line.trim() !== '' && stringWidth(`${line} ${word}`) > widest) {
      lines.push(line);
      line = rest;
    }
    line += line.endsWith(' ') ? word : ` ${word}`;
  }
  return [...lines, line];
}
