import type { Exchange } from '../exchange.ts';
import type { FaultHooks } from '../fault-hooks.ts';
import type { Machine } from '../machine.ts';
import type { Random } from '../random.ts';
import type { Reply } from '../reply.ts';

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

/** The command is not carried out; this is answered instead. */
export function answerWith(exchange: Exchange, reply: Reply): void {
  exchange.skipped = true;
  exchange.replies = [reply];
}

/** The command is not heard at all. */
export function swallow(exchange: Exchange): void {
  exchange.skipped = true;
  exchange.replies = null;
  exchange.echo = '';
}

/** Every information line of the answer, changed. */
export function editLines(exchange: Exchange, edit: (line: string) => string): void {
  exchange.replies = exchange.replies?.map((reply) => ({ ...reply, info: reply.info.map(edit) })) ?? null;
}

/** A listed text: the header line of +CMGL or +CMGR, and the line of its PDU. */
export interface ListedText {
  readonly header: string;
  readonly pdu: string;
}

/** Changes the texts that an answer lists; null takes one out. */
export function editTexts(exchange: Exchange, edit: (text: ListedText) => ListedText | null): void {
  exchange.replies =
    exchange.replies?.map((reply) => {
      const info: string[] = [];
      for (let i = 0; i + 1 < reply.info.length; i += 2) {
        const text = edit({ header: reply.info[i] ?? '', pdu: reply.info[i + 1] ?? '' });
        if (text) info.push(text.header, text.pdu);
      }
      return { ...reply, info };
    }) ?? null;
}
