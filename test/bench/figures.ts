/** The least, the middle and the greatest of what was measured. */
export interface Range {
  readonly runs: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** A bound that a figure, or its ratio to the peer's, is to keep. */
export type Bound = { readonly atLeast: number } | { readonly atMost: number };

/** One figure of a benchmark beside what it is compared with. */
export interface Figure {
  readonly figure: string;
  readonly unit: string;
  /** Of each run. */
  readonly values: readonly number[];
  /** What was measured in the same run on the same work; null for a figure with a bound of its own. */
  readonly beside: { readonly name: string; readonly values: readonly number[] } | null;
  /** Of the ratio where there is a peer, else of the figure. Null for what is only shown. */
  readonly target: Bound | null;
}

/** @throws RangeError for no value at all */
export function rangeOf(values: readonly number[]): Range {
  if (values.length === 0) throw new RangeError('nothing was measured');
  return {
    runs: values.length,
    min: Math.min(...values),
    median: quantile(values, 0.5),
    max: Math.max(...values),
  };
}

/** The value that `part` (0 … 1) of the values lie below. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Of the medians; null without a peer. */
export function ratioOf({ values, beside }: Figure): number | null {
  return beside === null ? null : rangeOf(values).median / rangeOf(beside.values).median;
}

/** Null for a figure without a target. */
export function isReached(figure: Figure): boolean | null {
  if (figure.target === null) return null;
  const value = ratioOf(figure) ?? rangeOf(figure.values).median;
  return 'atLeast' in figure.target ? value >= figure.target.atLeast : value <= figure.target.atMost;
}
