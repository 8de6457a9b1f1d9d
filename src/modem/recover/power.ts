/**
 * Signs of a weak supply or cable (fault E8): the modem was gone, has restarted by itself, or says what its voltage is.
 * So many within so long are no accident.
 */
export const suspectSigns = 3;
export const windowMs = 3_600_000;

/** What comes closer together is one sign: a modem that goes down and boots says so in several lines. */
const apartMs = 20_000;

/** A modem that the gateway itself has restarted boots within this. */
const excusedMs = 120_000;

export interface PowerSigns {
  /** Monotonic milliseconds, the latest last. */
  readonly atMs: readonly number[];
  readonly excusedUntilMs: number;
}

export const steadyPower: PowerSigns = { atMs: [], excusedUntilMs: -Infinity };

export function withSign(signs: PowerSigns, nowMs: number): PowerSigns {
  const recent = signs.atMs.filter((atMs) => nowMs - atMs < windowMs);
  const isNew = nowMs >= signs.excusedUntilMs && nowMs - (recent.at(-1) ?? -Infinity) >= apartMs;
  return { ...signs, atMs: isNew ? [...recent, nowMs] : recent };
}

export function excused(signs: PowerSigns, nowMs: number): PowerSigns {
  return { ...signs, excusedUntilMs: nowMs + excusedMs };
}

/** How many signs there were within the window that ends now. */
export function signsWithin(signs: PowerSigns, nowMs: number): number {
  return signs.atMs.filter((atMs) => nowMs - atMs < windowMs).length;
}
