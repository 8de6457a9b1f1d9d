import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type Bound, type Figure, isReached, rangeOf, ratioOf } from './figures.ts';

const folder = 'build/bench';

/** Prints a benchmark's figures as a table, then what must be said with them, and writes both as JSON. */
export function report(name: string, figures: readonly Figure[], notes: readonly string[]): void {
  const rows = figures.map(rowOf);
  process.stdout.write(`\n${name} · ${machineText()}\n${tableOf([heading, ...rows])}`);
  for (const note of notes) process.stdout.write(`  ${note}\n`);
  mkdirSync(folder, { recursive: true });
  const told = figures.map((figure) => ({
    ...figure,
    range: rangeOf(figure.values),
    ratio: ratioOf(figure),
    reached: isReached(figure),
  }));
  const document = { name, machine: machine(), figures: told, notes };
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

/** Three figures that count. */
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

/** Node asks the frequency driver, which virtual machines have none of. */
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
