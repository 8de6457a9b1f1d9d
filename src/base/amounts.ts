const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type DurationUnit = keyof typeof unitMs;

export const secondMs = unitMs.s;
export const minuteMs = unitMs.m;
export const hourMs = unitMs.h;
export const dayMs = unitMs.d;

/** Milliseconds of a duration as the configuration writes it (`90s`, `30m`, `1h`, `28d`), or null. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,9})([smhd])$/.exec(text.trim());
  if (!match) return null;
  return Number(match[1]) * unitMs[match[2] as DurationUnit];
}

/** The shortest exact form of a duration in whole seconds: 90_000 → `90s`, 3_600_000 → `1h`. */
export function formatDuration(durationMs: number): string {
  for (const unit of ['d', 'h', 'm'] as const) {
    if (durationMs >= unitMs[unit] && durationMs % unitMs[unit] === 0)
      return `${durationMs / unitMs[unit]}${unit}`;
  }
  return `${Math.round(durationMs / 1_000)}s`;
}

export const mib = 1024 ** 2;

const unitBytes = { KiB: 1024, MiB: mib, GiB: 1024 ** 3 } as const;

/** Octets of a size as the configuration writes it (`32MiB`, `1GiB`, `0`), or null. */
export function parseSize(text: string): number | null {
  if (text === '0') return 0;
  const match = /^(\d{1,6})(KiB|MiB|GiB)$/.exec(text);
  return match ? Number(match[1]) * unitBytes[match[2] as keyof typeof unitBytes] : null;
}
