/** What serial modems are set to, the likeliest first. */
export const usualBaudRates: readonly number[] = [
  115_200, 9_600, 19_200, 57_600, 38_400, 230_400, 460_800, 921_600,
];

/** Openings without any answer at the configured rate before another is tried: the modem may just be asleep. */
const patience = 2;

/**
 * The rate for the next opening of a port that has never answered (fault A4); null for the configured one, which has
 * its turn after each round. `silentOpens`: openings without an answer so far.
 */
export function rateToTry(configured: number, rates: readonly number[], silentOpens: number): number | null {
  const others = rates.filter((rate) => rate !== configured);
  if (silentOpens < patience || others.length === 0) return null;
  return others[(silentOpens - patience) % (others.length + 1)] ?? null;
}
