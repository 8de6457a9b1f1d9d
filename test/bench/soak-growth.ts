/** A measured value and when it was, in minutes. */
export interface Point {
  readonly minutes: number;
  readonly value: number;
}

/** Least squares: how much the value grows in a minute. 0 for fewer than two points. */
export function slopeOf(points: readonly Point[]): number {
  const meanX = mean(points.map(({ minutes }) => minutes));
  const meanY = mean(points.map(({ value }) => value));
  const over = points.reduce((sum, { minutes, value }) => sum + (minutes - meanX) * (value - meanY), 0);
  const under = points.reduce((sum, { minutes }) => sum + (minutes - meanX) ** 2, 0);
  return under === 0 ? 0 : over / under;
}

/**
 * Whether memory grows without end: in the later half of the run it still grows by more than `perMinute`, and it has
 * grown by more than a collector's whim.
 */
export function grows(points: readonly Point[], perMinute: number, whim: number): boolean {
  const later = points.slice(Math.floor(points.length / 2));
  const first = later[0]?.value ?? 0;
  const last = later.at(-1)?.value ?? 0;
  return slopeOf(later) > perMinute && last - first > whim;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
