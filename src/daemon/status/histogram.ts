/** How long something took, counted by classes, as Prometheus wants it. Seconds. */
export interface Histogram {
  observe(seconds: number): void;
  read(): HistogramReading;
}

export interface HistogramReading {
  /** Upper bounds, included, ascending; what is beyond the last is in `count` alone. */
  readonly bounds: readonly number[];
  /** At or under each bound: cumulative. */
  readonly counts: readonly number[];
  readonly sum: number;
  readonly count: number;
}

export function createHistogram(bounds: readonly number[]): Histogram {
  const counts = bounds.map(() => 0);
  let sum = 0;
  let count = 0;
  return {
    observe(seconds) {
      count += 1;
      sum += seconds;
      bounds.forEach((bound, index) => {
        if (seconds <= bound) counts[index] = (counts[index] ?? 0) + 1;
      });
    },
    read: () => ({ bounds, counts: [...counts], sum, count }),
  };
}
