import { parseDuration } from '../../base/amounts.ts';
import { type AppError, exitCode, WordedError } from '../../base/errors.ts';
import { announcementFaults } from './announcement-faults.ts';
import { answerDialects } from './answer-dialects.ts';
import { answerFaults, silenceFaults } from './answer-faults.ts';
import { bootFaults, openingFaults } from './boot-faults.ts';
import { contentFaults } from './content-faults.ts';
import type { Fault, FaultParameter, FaultValues } from './fault.ts';
import { lineFaults, noiseFaults, pduLineFaults } from './line-faults.ts';
import { directFaults, networkFaults, radioFaults } from './network-faults.ts';
import { portFaults, sharingFaults } from './port-faults.ts';
import { simFaults } from './sim-faults.ts';
import { storageDialects } from './storage-dialects.ts';
import { listingFaults, storeFaults } from './store-faults.ts';

const all: readonly Fault[] = [
  ...openingFaults,
  ...bootFaults,
  ...silenceFaults,
  ...answerFaults,
  ...noiseFaults,
  ...lineFaults,
  ...pduLineFaults,
  ...answerDialects,
  ...storageDialects,
  ...announcementFaults,
  ...listingFaults,
  ...directFaults,
  ...storeFaults,
  ...simFaults,
  ...radioFaults,
  ...networkFaults,
  ...contentFaults,
  ...portFaults,
  ...sharingFaults,
];

/** Every fault that the simulator plays, by its slug. */
export const faults: ReadonlyMap<string, Fault> = new Map(all.map((fault) => [fault.slug, fault]));

/** A fault with its values, as one string names it. */
export interface FaultSpec {
  readonly fault: Fault;
  readonly values: FaultValues;
}

/**
 * A fault as it is written: `hang`, `late-reply:3` (its first parameter), `late-reply:every=3,delay=8s`, or both.
 * Throws `simulator.fault.unknown` and `simulator.fault.value`, which begin with `line`, from 1, where it is given.
 */
export function parseFault(spec: string, line: number | null = null): FaultSpec {
  const [slug = '', ...rest] = spec.trim().split(':');
  const fault = faults.get(slug);
  if (!fault) throw unknownFault(slug, line);
  const given = new Map<string, string>();
  const written = rest.join(':');
  written.split(',').forEach((word, i) => {
    if (word === '') return;
    const equals = word.indexOf('=');
    const name =
      equals < 0 && i === 0 ? (fault.parameters[0]?.name ?? '') : word.slice(0, Math.max(0, equals));
    if (!fault.parameters.some((parameter) => parameter.name === name)) throw badValue(fault, word, line);
    given.set(name, word.slice(equals + 1));
  });
  for (const parameter of fault.parameters) {
    const value = given.get(parameter.name);
    if (!takes(parameter, value)) throw badValue(fault, `${parameter.name}=${value}`, line);
  }
  return { fault, values: valuesOf(fault, given) };
}

function takes({ kind, choices }: FaultParameter, value: string | undefined): boolean {
  if (value === undefined) return true;
  if (kind === 'count') return /^\d{1,9}$/.test(value);
  if (kind === 'duration') return durationMs(value) !== null;
  return !choices || choices.includes(value);
}

/** `8s`, `2h` and the like, and `250ms`. */
function durationMs(value: string): number | null {
  const milliseconds = /^(\d{1,9})ms$/.exec(value);
  if (milliseconds) return Number(milliseconds[1]);
  return value === '0' ? 0 : parseDuration(value);
}

function valuesOf(fault: Fault, given: ReadonlyMap<string, string>): FaultValues {
  const written = (name: string): string =>
    given.get(name) ?? fault.parameters.find((parameter) => parameter.name === name)?.initial ?? '';
  return {
    count: (name) => Number(written(name)),
    ms: (name) => durationMs(written(name)) ?? 0,
    text: written,
  };
}

/** Where the fault stands, in a file of them. */
function at(line: number | null): { prefix: string; context: { line?: number } } {
  return line === null ? { prefix: '', context: {} } : { prefix: `line ${line}: `, context: { line } };
}

function unknownFault(slug: string, line: number | null): AppError {
  const { prefix, context } = at(line);
  const near = nearest(slug);
  return new WordedError('simulator.fault.unknown', `${prefix}there is no fault '${slug}'`, {
    hint: `did you mean ${near.join(', ')}?`,
    context: { ...context, fault: slug, near: near.join(', ') },
    exit: exitCode.usage,
  });
}

function badValue(fault: Fault, word: string, line: number | null): AppError {
  const { prefix, context } = at(line);
  const forms = fault.parameters.map(({ name, kind, initial, choices }) => {
    const form = choices?.join('|') ?? (kind === 'count' ? 'NUMBER' : kind === 'duration' ? 'TIME' : 'TEXT');
    return `${name}=${form} (${initial})`;
  });
  return new WordedError('simulator.fault.value', `${prefix}fault '${fault.slug}' does not take '${word}'`, {
    hint: forms.length === 0 ? 'it takes no values' : `it takes ${forms.join(', ')}`,
    context: { ...context, fault: fault.slug, word, forms: forms.join(', ') || null },
    exit: exitCode.usage,
  });
}

/** The three slugs that take the fewest changes to write. */
function nearest(slug: string): string[] {
  return [...faults.keys()]
    .map((name) => ({ name, distance: distance(slug, name) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/**
 * The faults that a file names, one a line as `parseFault` reads it; `#` begins a comment.
 * Throws what `parseFault` throws, with the number of the line.
 */
export function parseFaultFile(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    const spec = line.replace(/#.*$/, '').trim();
    if (spec === '') return [];
    parseFault(spec, i + 1);
    return [spec];
  });
}
