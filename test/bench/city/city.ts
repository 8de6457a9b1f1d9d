import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { createRandom } from '../../../src/simulator/random.ts';

/*
 * A city's visits, the same for the same seed: days with a morning, noon and evening, weekends, places of which few see
 * many people, and people who mostly go where they went before. All of it is made up: the numbers 010-0… are
 * unassigned.
 */
const cityVisitors = 1_000_000;
export const cityVenues = 20_000;

export interface CityVisit {
  readonly visitor: string;
  /** From 0; `venueNumber` names it. */
  readonly venue: number;
  /** Seconds into the hour. */
  readonly second: number;
  readonly delayMs: number;
}

/** Part of a day's visits in each hour, Korean time. */
const dayCurve = [3, 2, 1, 1, 2, 6, 18, 40, 52, 45, 48, 70, 98, 80, 62, 60, 66, 82, 100, 90, 64, 40, 20, 8];
const koreanOffsetMs = 9 * hourMs;
const seed = 20_261_123;

/** How many of `total` visits each of the hours from `firstMs` has. */
export function visitsByHour(firstMs: number, hours: number, total: number): number[] {
  const weights = Array.from({ length: hours }, (_, index) => weightOf(firstMs + index * hourMs));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let left = total;
  let weightLeft = sum;
  return weights.map((weight) => {
    const share = Math.round((left * weight) / weightLeft);
    left -= share;
    weightLeft -= weight;
    return share;
  });
}

function weightOf(atMs: number): number {
  const localMs = atMs + koreanOffsetMs;
  const isWeekend = [0, 6].includes(new Date(localMs).getUTCDay());
  return (dayCurve[Math.floor((localMs % dayMs) / hourMs)] ?? 0) * (isWeekend ? 1.25 : 1);
}

/** The visits of one hour, in order of time. */
export function visitsOfHour(hour: number, count: number): CityVisit[] {
  const random = createRandom(seed).fork(`hour ${hour}`);
  return Array.from({ length: count }, (_, index) => {
    const person = random.int(cityVisitors);
    const usual = random.chance(0.75) ? mixed(person * 8 + random.int(6)) : random.int(0x1_0000_0000);
    return {
      visitor: numberOf(person),
      venue: placeOfRank(rankOf(usual / 0x1_0000_0000)),
      second: Math.floor((index * 3_600) / count),
      delayMs: 2_000 + random.int(6_000),
    };
  });
}

export function numberOf(person: number): string {
  return `0100${String(person).padStart(7, '0')}`;
}

/** In order of the number, as the register keeps them. */
export function venueNumber(index: number): string {
  return `031${3_000_000 + index * 17}`;
}

/** Rank 0 is the most popular place; the order of the list does not depend on the rank. */
export function placeOfRank(rank: number): number {
  return (rank * 7_919) % cityVenues;
}

/** Zipf's law with exponent 0.8, by the inverse of its integral: the first place sees some three visits in a hundred. */
function rankOf(uniform: number): number {
  const exponent = 0.2;
  return Math.floor((uniform * (cityVenues ** exponent - 1) + 1) ** (1 / exponent)) - 1;
}

function mixed(value: number): number {
  let mixing = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  mixing = Math.imul(mixing ^ (mixing >>> 15), 0x735a2d97);
  return (mixing ^ (mixing >>> 15)) >>> 0;
}
