import { fault } from '../../base/errors.ts';
import type { ModemDevice } from '../device.ts';
import type { FaultHooks } from '../fault-hooks.ts';
import type { Random } from '../random.ts';
import { announcementFaults } from './announcement-faults.ts';
import { answerDialects } from './answer-dialects.ts';
import { answerFaults } from './answer-faults.ts';
import { bootFaults } from './boot-faults.ts';
import { contentFaults } from './content-faults.ts';
import { type FaultSlug, faultCatalogue } from './fault-catalogue.ts';
import { type FaultDescription, formatParameter, parseValue } from './fault-parameters.ts';
import type { FaultPlay } from './fault-play.ts';
import { lineFaults } from './line-faults.ts';
import { networkFaults } from './network-faults.ts';
import { portFaults } from './port-faults.ts';
import { simFaults } from './sim-faults.ts';
import { storageDialects } from './storage-dialects.ts';
import { storeFaults } from './store-faults.ts';

const plays = {
  ...announcementFaults,
  ...answerDialects,
  ...answerFaults,
  ...bootFaults,
  ...contentFaults,
  ...lineFaults,
  ...networkFaults,
  ...portFaults,
  ...simFaults,
  ...storageDialects,
  ...storeFaults,
} satisfies { readonly [Slug in FaultSlug]: FaultPlay<Slug> };

/** A fault with its values, as one string names it. */
interface ParsedFault {
  readonly slug: FaultSlug;
  /** By the names of the values in the catalogue; a duration in ms. */
  readonly values: Readonly<Record<string, string | number>>;
  create(device: ModemDevice, random: Random): FaultHooks;
}

/**
 * Parses a fault as it is typed: `hang`, `late-reply:3` (its first value), `late-reply:every=3,delay=8s`, or both.
 * `line`, from 1: where it stands in a file of faults.
 * @throws AppError `simulator.fault.unknown`, `simulator.fault.value`
 */
export function parseFault(spec: string, line: number | null = null): ParsedFault {
  const [slug = '', ...rest] = spec.trim().split(':');
  if (!isKnown(slug))
    throw fault('simulator.fault.unknown', { line, fault: slug, near: nearest(slug).join(', ') });
  const { parameters }: FaultDescription = faultCatalogue[slug];
  const reject = (word: string) => {
    const forms = Object.entries(parameters).map(([name, parameter]) => formatParameter(name, parameter));
    return fault('simulator.fault.value', { line, fault: slug, word, forms: forms.join(', ') || null });
  };
  const [firstName = ''] = Object.keys(parameters);
  const given = new Map<string, string>();
  for (const [i, word] of rest.join(':').split(',').entries()) {
    if (word === '') continue;
    const equals = word.indexOf('=');
    const name = equals < 0 && i === 0 ? firstName : word.slice(0, Math.max(0, equals));
    if (!Object.hasOwn(parameters, name)) throw reject(word);
    given.set(name, word.slice(equals + 1));
  }
  const values: Record<string, string | number> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const written = given.get(name) ?? parameter.initial;
    const value = parseValue(parameter, written);
    if (value === null) throw reject(`${name}=${written}`);
    values[parameter.kind === 'duration' ? `${name}Ms` : name] = value;
  }
  // The values were parsed by the catalogue's entry of the same slug, which is what the play's type is made of.
  const play = plays[slug] as FaultPlay<never>;
  return { slug, values, create: (device, random) => play(device, values as never, random) };
}

function isKnown(slug: string): slug is FaultSlug {
  return Object.hasOwn(faultCatalogue, slug);
}

/** The three slugs that take the fewest edits to type. */
function nearest(slug: string): string[] {
  return Object.keys(faultCatalogue)
    .map((name) => ({ name, distance: editDistance(slug, name) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
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
 * @throws AppError what `parseFault` throws, with the number of the line
 */
export function parseFaultFile(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    const spec = line.replace(/#.*$/, '').trim();
    if (spec === '') return [];
    parseFault(spec, i + 1);
    return [spec];
  });
}
