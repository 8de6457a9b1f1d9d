/** So much at once, and so much again each second. */
export interface Limit {
  readonly burst: number;
  readonly perSecond: number;
}

/** What is left of a limit at an instant; monotonic milliseconds. Below 0: more was taken than allowed. */
export interface Allowance {
  readonly left: number;
  readonly atMs: number;
}

export function fullAllowance({ burst }: Limit, nowMs: number): Allowance {
  return { left: burst, atMs: nowMs };
}

/** What is left now: it grows with time, up to the burst. */
export function allowanceAt(
  { left, atMs }: Allowance,
  { burst, perSecond }: Limit,
  nowMs: number,
): Allowance {
  return { left: Math.min(burst, left + (Math.max(0, nowMs - atMs) * perSecond) / 1_000), atMs: nowMs };
}

export function take({ left, atMs }: Allowance, amount: number): Allowance {
  return { left: left - amount, atMs };
}
