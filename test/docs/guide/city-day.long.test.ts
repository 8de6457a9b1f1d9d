import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { createRandom } from '../../../src/simulator/random.ts';
import { formatNational } from '../../../src/visits/phone-number.ts';
import { commandBench } from '../../cli/command-bench.ts';
import { nowMs, visit } from '../../store/temp-register.ts';
import { readDocument } from '../documents.ts';
import { shellLinesOf } from './room.ts';

/*
 * Twenty days of a small city, made up: who was where is known, so that it is known too whom the case met. Some mistype the
 * place, and so does the case once.
 */
const texts = 3_200;
const places = Array.from({ length: 8 }, (_, index) => `031${3_240_000 + index * 1_111}`);
const phones = ['01055509901', '01055509902', '01055509903'] as const;
const marginMs = hourMs;
const firstMs = nowMs - 20 * dayMs;
/** 18 to 22 November, Korean time: the window of the guide. */
const window = {
  fromMs: Date.parse('2026-11-18T00:00:00+09:00'),
  toMs: Date.parse('2026-11-23T00:00:00+09:00'),
};

interface Truth {
  readonly visitor: string;
  /** Where they were. */
  readonly place: string;
  /** What they texted. */
  readonly typed: string;
  readonly atMs: number;
}

/** Two digits swapped: a number that nobody registered. */
function mistyped(place: string): string {
  const swapped = `${place.slice(0, -2)}${place.at(-1)}${place.at(-2)}`;
  return swapped === place || places.includes(swapped)
    ? `${place.slice(0, -1)}${9 - Number(place.at(-1))}`
    : swapped;
}

function days(): Truth[] {
  const random = createRandom(20_261_123);
  const made = Array.from({ length: texts }, (_, index): Truth => {
    const place = places[random.int(places.length)] as string;
    const typed = random.chance(0.1) ? mistyped(place) : place;
    const visitor =
      index % 80 === 0
        ? (phones[random.int(3)] as string)
        : `0105550${String(random.int(900)).padStart(4, '0')}`;
    return { visitor, place, typed, atMs: firstMs + Math.floor((index * 20 * dayMs) / texts) };
  });
  const [first] = made.filter(({ visitor, atMs }) => visitor === phones[0] && atMs > window.fromMs + hourMs);
  return made.map((one) => (one === first ? { ...one, typed: mistyped(one.place) } : one));
}

/** Whoever was at a place within the margin of a visit of the case in the window. */
function metIn(truth: readonly Truth[]): Set<string> {
  const isCase = (visitor: string) => (phones as readonly string[]).includes(visitor);
  const own = truth.filter(
    ({ visitor, atMs }) => isCase(visitor) && atMs >= window.fromMs && atMs < window.toMs,
  );
  const met = truth.filter(
    ({ visitor, place, atMs }) =>
      !isCase(visitor) && own.some((one) => one.place === place && Math.abs(one.atMs - atMs) <= marginMs),
  );
  return new Set(met.map(({ visitor }) => formatNational(visitor)));
}

/** The guide's line that makes the list of contacts, as arguments. */
function guideArgs(language: 'en' | 'ko'): string[] {
  const line = shellLinesOf(readDocument(`docs/guide/${language}/officer.md`)).find((each) =>
    /trace .*--margin 1h/.test(each),
  );
  const words = line?.replace(/ >.*$/, '').match(/"[^"]*"|\S+/g) ?? [];
  return words.slice(1).map((word) => word.replace(/^"|"$/g, ''));
}

describe('the day of a case in a test city', () => {
  it.each(['en', 'ko'] as const)(
    "the guide's command finds everyone whom the truth knows: %s",
    async (language) => {
      const truth = days();
      const made = commandBench();
      const register = made.temp.open();
      await register.putVenues(
        places.map((number, at) => ({ number, name: `시설 ${at}`, address: null, issued: false })),
      );
      register.transact((unit) => {
        for (const { visitor, typed, atMs } of truth)
          unit.addVisit(visit({ visitor, venue: typed, atMs, receivedAtMs: atMs + 3_000 }));
      });
      await register.close();
      const met = metIn(truth);
      const asked = guideArgs(language);
      expect(asked.slice(0, 3)).toEqual(['trace', '--visitor', '-']);
      const args = [...asked.map((word) => (word === 'xlsx' ? 'jsonl' : word)), '--same-person'];
      const { code, stdout, stderr } = await made.run(args, { stdin: `${phones.join('\n')}\n` });
      expect(code, stderr).toBe(0);
      const rows = stdout
        .trim()
        .split('\n')
        .map((row) => JSON.parse(row) as Record<string, unknown>);
      const contacts = rows.filter(({ contact }) => contact !== null);
      const found = new Set(contacts.map(({ visitor }) => String(visitor)));
      expect(met.size).toBeGreaterThan(10);
      expect([...met].filter((visitor) => !found.has(visitor))).toEqual([]);
      expect(contacts.some(({ match }) => match === 'near')).toBe(true);
      expect(rows.some(({ contact, match }) => contact === null && match === 'near')).toBe(true);
      // The register knows no more than what was typed: whoever is found was there, or typed a number near it.
      const near = new Set(
        rows.filter(({ contact, match }) => contact === null && match === 'near').map(({ venue }) => venue),
      );
      const surely = contacts.filter(({ match, venue }) => match === 'exact' && !near.has(venue));
      expect(surely.length).toBeGreaterThan(5);
      expect(surely.filter(({ visitor }) => !met.has(String(visitor)))).toEqual([]);
    },
  );
});
