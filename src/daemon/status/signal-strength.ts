export interface SignalStrength {
  readonly dbm: number;
  /** 0 to 5, as a telephone shows it. */
  readonly bars: number;
}

const leastDbm = [-111, -103, -93, -83, -73] as const;

/** Reads the value of +CSQ (3GPP TS 27.007 §8.5): 0 is −113 dBm or less, 31 is −51 dBm or more; null: unknown. */
export function signalStrength(csq: number | null): SignalStrength | null {
  if (csq === null || csq < 0 || csq > 31) return null;
  const dbm = 2 * csq - 113;
  return { dbm, bars: leastDbm.filter((least) => dbm >= least).length };
}
