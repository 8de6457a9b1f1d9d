/** What is known of the disk at one look. */
export interface DiskSight {
  /** Null where the system does not tell. */
  readonly freeBytes: number | null;
  /** The reserve's file is there. */
  readonly hasReserve: boolean;
  /** Since the register last had no room for a transaction; infinite if it always had. */
  readonly sinceRefusalMs: number;
}

export interface DiskRule {
  /** What texts may not use; 0: there is no reserve. */
  readonly reserveBytes: number;
  /** Less than this is an alarm. */
  readonly alarmBytes: number;
}

export interface DiskJudgement {
  /** `full`: the sweep and the audit log live on what the reserve held, and texts wait on their modems. */
  readonly state: 'roomy' | 'low' | 'full';
  readonly reserve: 'leave' | 'release' | 'make';
  readonly takesTexts: boolean;
}

/** How long after a refusal the room that is seen is not believed: a quota is not seen at all. */
const doubtMs = 60_000;

/** A quarter more than what the reserve's end has set free: else texts would begin on that at once. */
const enough = 1.25;

/**
 * A disk that fills (fault G1). The reserve is a file, so that nothing else on the machine uses it up. When the disk is
 * full it is given up, to the sweep and the audit log alone: what has expired has to go, and who looked has to be
 * written down, though no text can be taken. It is made again when there is room for it twice.
 */
export function judgeDisk(sight: DiskSight, { reserveBytes, alarmBytes }: DiskRule): DiskJudgement {
  const { hasReserve, sinceRefusalMs } = sight;
  const freeBytes = sight.freeBytes ?? Number.POSITIVE_INFINITY;
  const wasRefused = sinceRefusalMs < doubtMs;
  // A tenth of it: below that the next transaction of a sweep may not fit.
  const isUsedUp = freeBytes < reserveBytes / 10;
  const reserve = reserveFate();
  const isKept = hasReserve && reserve === 'leave';
  const takesTexts = isKept || reserveBytes === 0 || freeBytes >= enough * reserveBytes;
  const state = isUsedUp || wasRefused || !takesTexts ? 'full' : freeBytes < alarmBytes ? 'low' : 'roomy';
  return { state, reserve, takesTexts };

  function reserveFate(): DiskJudgement['reserve'] {
    if (hasReserve) return isUsedUp || wasRefused || reserveBytes === 0 ? 'release' : 'leave';
    return reserveBytes > 0 && !wasRefused && freeBytes >= 2 * reserveBytes ? 'make' : 'leave';
  }
}
