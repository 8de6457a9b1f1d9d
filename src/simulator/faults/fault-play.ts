import type { ModemDevice } from '../device.ts';
import type { Exchange } from '../exchange.ts';
import type { FaultHooks } from '../fault-hooks.ts';
import type { Random } from '../random.ts';
import type { ModemReply } from '../reply.ts';
import type { FaultSlug, faultCatalogue } from './fault-catalogue.ts';
import type { ValuesOf } from './fault-parameters.ts';

/** The values given for one fault. */
export type FaultValues<Slug extends FaultSlug> = ValuesOf<(typeof faultCatalogue)[Slug]['parameters']>;

/** Plays one fault on a device. */
export type FaultPlay<Slug extends FaultSlug> = (
  device: ModemDevice,
  values: FaultValues<Slug>,
  random: Random,
) => FaultHooks;

/** The implementations of some faults, by their names in the catalogue. */
export type FaultPlays = { readonly [Slug in FaultSlug]?: FaultPlay<Slug> };

/** One occasion in `every` is a hit, at a place that the seed chooses; none after `times` hits (0: without end). */
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

/** The occasions that the parameters `every` and `times` describe. */
export function occasionsOf(
  { every, times }: { readonly every: number; readonly times: number },
  random: Random,
): () => boolean {
  return createOccasions(random, Math.max(1, every), times);
}

/** True for the first `times` calls; always if it is 0. */
export function firstTimes(times: number): () => boolean {
  let done = 0;
  return () => {
    if (times > 0 && done >= times) return false;
    done += 1;
    return true;
  };
}

/** Runs `act` after each `afterMs` of running, `times` times; 0: without end. */
export function repeatedly(
  device: ModemDevice,
  { afterMs, times }: { readonly afterMs: number; readonly times: number },
  act: () => void,
): FaultHooks {
  const mayGoOn = firstTimes(times);
  const again = (): void => {
    if (!mayGoOn()) return;
    device.clock.after(afterMs, () => {
      act();
      again();
    });
  };
  return { started: again };
}

/** Answers `reply` instead of carrying the command out. */
export function answerWith(exchange: Exchange, reply: ModemReply): void {
  exchange.skipped = true;
  exchange.replies = [reply];
}

/** Drops the command as if it had not been heard: no echo, no answer. */
export function swallow(exchange: Exchange): void {
  exchange.skipped = true;
  exchange.replies = null;
  exchange.echo = '';
}

/** Changes every information line of the answer. */
export function editLines(exchange: Exchange, edit: (line: string) => string): void {
  exchange.replies = exchange.replies?.map((reply) => ({ ...reply, info: reply.info.map(edit) })) ?? null;
}

/** A listed text: the header line of +CMGL or +CMGR, and the line of its PDU. */
interface PrintedText {
  readonly header: string;
  readonly pdu: string;
}

/** Changes the texts that an answer lists; null leaves one out. */
export function editTexts(exchange: Exchange, edit: (text: PrintedText) => PrintedText | null): void {
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

/** Drops the information lines of the answer and keeps its result. */
export function dropLines(exchange: Exchange): void {
  exchange.replies = exchange.replies?.map((reply) => ({ ...reply, info: [] })) ?? null;
}
