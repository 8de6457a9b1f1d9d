import type { FaultHooks } from '../fault-hooks.ts';
import type { Machine } from '../machine.ts';
import type { Random } from '../random.ts';

/** One setting of a fault. The first one may be given without its name: `late-reply:3`. */
export interface FaultParameter {
  readonly name: string;
  readonly kind: 'count' | 'duration' | 'text';
  /** Value where none is given, as it is written: `3`, `8s`, `+CMGL`. */
  readonly initial: string;
  readonly about: string;
  /** The only texts allowed. */
  readonly choices?: readonly string[];
}

/** The values given for one fault, by the names of its parameters. */
export interface FaultValues {
  count(name: string): number;
  ms(name: string): number;
  text(name: string): string;
}

/** A thing that goes wrong in the field, as a knob. */
export interface Fault {
  /** Its name in docs/FAULTS.md. */
  readonly slug: string;
  /** Its row there: `B4`. */
  readonly row: string;
  readonly about: string;
  readonly parameters: readonly FaultParameter[];
  readonly create: (machine: Machine, values: FaultValues, random: Random) => FaultHooks;
}

/** Each of `every` occasions has one hit, at a place that the seed chooses; after `times` hits (0: no end) none. */
export function createOccasions(random: Random, every: number, times: number): () => boolean {
  let seen = 0;
  let hitAt = 0;
  let hits = 0;
  return () => {
    if (times > 0 && hits >= times) return false;
    if (seen % every === 0) hitAt = seen + random.int(every);
    const hit = seen === hitAt;
    seen += 1;
    if (hit) hits += 1;
    return hit;
  };
}

export const every = (initial: string, of: string): FaultParameter => ({
  name: 'every',
  kind: 'count',
  initial,
  about: `one in so many ${of}`,
});

export const times = (initial = '0'): FaultParameter => ({
  name: 'times',
  kind: 'count',
  initial,
  about: 'so often, then never again; 0: without end',
});

export const duration = (name: string, initial: string, about: string): FaultParameter => ({
  name,
  kind: 'duration',
  initial,
  about,
});

export const text = (
  name: string,
  initial: string,
  about: string,
  choices?: readonly string[],
): FaultParameter => ({ name, kind: 'text', initial, about, ...(choices ? { choices } : {}) });

/** The occasions that the parameters `every` and `times` describe. */
export function occasionsOf(values: FaultValues, random: Random): () => boolean {
  return createOccasions(random, Math.max(1, values.count('every')), values.count('times'));
}
