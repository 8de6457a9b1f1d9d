/** A sign of life of one part: its mark differs from the last one if the part has got on meanwhile. */
export interface Sign {
  /** `store`, `sweep`, `line line1` */
  readonly part: string;
  readonly mark: string;
  /** How long the mark may stay as it is, milliseconds. */
  readonly allowedMs: number;
}

/** When each part was first seen with its present mark; monotonic milliseconds. */
export type Pulses = ReadonlyMap<string, { readonly mark: string; readonly sinceMs: number }>;

export interface Stall {
  readonly part: string;
  readonly silentMs: number;
  readonly allowedMs: number;
}

export interface Judgement {
  readonly pulses: Pulses;
  /** Empty: every part has got on, and systemd may be told so. */
  readonly stalled: readonly Stall[];
}

/**
 * Whether the watchdog may be fed (fault G6): only while every part has given a new sign within its time. A part that
 * is gone is asked for no more; one that is new has its time from now on.
 */
export function judgeSigns(pulses: Pulses, signs: readonly Sign[], nowMs: number): Judgement {
  const seen = new Map(
    signs.map(({ part, mark }) => {
      const last = pulses.get(part);
      return [part, last?.mark === mark ? last : { mark, sinceMs: nowMs }];
    }),
  );
  const stalled = signs.flatMap(({ part, allowedMs }) => {
    const silentMs = nowMs - (seen.get(part)?.sinceMs ?? nowMs);
    return silentMs > allowedMs ? [{ part, silentMs, allowedMs }] : [];
  });
  return { pulses: seen, stalled };
}
