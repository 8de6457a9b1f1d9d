import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Minimum, median and maximum of the measured values. */
interface Range {
  readonly runs: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** A bound for a figure, or for its ratio to the peer's. */
type Bound = { readonly atLeast: number } | { readonly atMost: number };

/** One figure of a benchmark, and what it is compared with. */
export interface Figure {
  readonly figure: string;
  readonly unit: string;
  /** One for each run. */
  readonly values: readonly number[];
  /** The peer, measured in the same run on the same work; null if the figure has an absolute bound. */
  readonly beside: { readonly name: string; readonly values: readonly number[] } | null;
  /** For the ratio if there is a peer, else for the figure. Null: the figure is only shown. */
  readonly target: Bound | null;
}

/** @throws RangeError if there are no values */
export function rangeOf(values: readonly number[]): Range {
  if (values.length === 0) throw new RangeError('nothing was measured');
  return {
    runs: values.length,
    min: Math.min(...values),
    median: quantile(values, 0.5),
    max: Math.max(...values),
  };
}

/** The value below which `part` (0 … 1) of the values lie. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** The ratio of the medians; null without a peer. */
function ratioOf({ values, beside }: Figure): number | null {
  return beside === null ? null : rangeOf(values).median / rangeOf(beside.values).median;
}

/** Null for a figure without a target. */
function isReached(figure: Figure): boolean | null {
  if (figure.target === null) return null;
  const value = ratioOf(figure) ?? rangeOf(figure.values).median;
  return 'atLeast' in figure.target ? value >= figure.target.atLeast : value <= figure.target.atMost;
}

const folder = 'build/bench';

/** Prints a benchmark's figures as a table with notes below, and writes both as JSON. */
export function report(name: string, figures: readonly Figure[], notes: readonly string[]): void {
  const rows = figures.map(rowOf);
  process.stdout.write(`\n${name} · ${machineText()}\n${tableOf([heading, ...rows])}`);
  for (const note of notes) process.stdout.write(`  ${note}\n`);
  mkdirSync(folder, { recursive: true });
  const shown = figures.map((figure) => ({
    ...figure,
    range: rangeOf(figure.values),
    ratio: ratioOf(figure),
    reached: isReached(figure),
  }));
  const document = { name, machine: machine(), figures: shown, notes };
  writeFileSync(`${folder}/${name}.json`, `${JSON.stringify(document, null, 2)}\n`);
}

const heading = ['figure', 'ours (min … max, runs)', 'beside', 'theirs', 'ratio', 'target', 'reached'];

function rowOf(figure: Figure): string[] {
  const { values, beside, unit, target } = figure;
  const ours = rangeOf(values);
  const ratio = ratioOf(figure);
  const reached = isReached(figure);
  return [
    figure.figure,
    `${short(ours.median)} ${unit} (${short(ours.min)} … ${short(ours.max)}, ${ours.runs})`,
    beside?.name ?? '',
    beside ? `${short(rangeOf(beside.values).median)} ${unit}` : '',
    ratio === null ? '' : `${short(ratio)} ×`,
    target === null ? '' : `${boundText(target)}${ratio === null ? ` ${unit}` : ' ×'}`,
    reached === null ? '' : reached ? 'yes' : 'NO',
  ];
}

function boundText(bound: Bound): string {
  return 'atLeast' in bound ? `≥ ${short(bound.atLeast)}` : `≤ ${short(bound.atMost)}`;
}

/** Three significant digits. */
function short(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return rows.map((row) => `  ${line(row)}\n`).join('');
}

function machine() {
  const [cpu] = cpus();
  return {
    cores: cpus().length,
    model: cpu?.model.trim() ?? '',
    mhz: cpu?.speed || nominalMhz(),
    node: process.version,
  };
}

/** Node asks the frequency driver, which virtual machines do not have. */
function nominalMhz(): number {
  try {
    return Math.round(
      Number(/^cpu MHz\s*: ([\d.]+)/m.exec(readFileSync('/proc/cpuinfo', 'latin1'))?.[1] ?? 0),
    );
  } catch {
    return 0;
  }
}

function machineText(): string {
  const { cores, model, mhz, node } = machine();
  return [`${cores} cores`, model, ...(mhz > 0 ? [`${mhz} MHz`] : []), `Node ${node}`].join(', ');
}
