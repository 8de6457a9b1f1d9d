/** A reproducible source of numbers: the same seed, the same run. */
export interface Random {
  /** A whole number from 0 to `below` − 1. */
  below(limit: number): number;
}

/** Mulberry32: 32 bits of state, fast, and good enough to mutate with. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return {
    below(limit) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
    },
  };
}
