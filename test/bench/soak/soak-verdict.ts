import { join } from 'node:path';
import { dayMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { VisitorText } from '../../../src/simulator/visitors.ts';
import { openRegister } from '../../../src/store/register.ts';

/** How often each thing was recorded: a visitor at a venue by a line, or a text that is not a visit, by kind. */
export type RecordCounts = ReadonlyMap<string, number>;

function count(keys: Iterable<string>): RecordCounts {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

export function expectedCounts(
  sent: Iterable<Pick<VisitorText, 'sender' | 'outcome'> & { line: string }>,
): RecordCounts {
  return count(
    [...sent].flatMap(({ line, sender, outcome }) =>
      outcome.kind === 'visits'
        ? outcome.venues.map((venue) => `${line} ${sender} ${venue}`)
        : [`${line} ${outcome.kind}`],
    ),
  );
}

export async function recordedCounts(dataDir: string): Promise<RecordCounts> {
  const register = openRegister({
    dataDir,
    keyFile: join(dataDir, 'keyring'),
    retentionMs: 28 * dayMs,
    algorithm: 'aes-256-gcm',
    clock: systemClock,
    role: 'reader',
  });
  try {
    const ever = { fromMs: 0, toMs: systemClock.wallMs() + dayMs };
    const visits = (await collect(register.visits(ever))).map(
      ({ line, visitor, venue }) => `${line} ${visitor} ${venue}`,
    );
    return count([
      ...visits,
      ...(await collect(register.texts(ever))).map(({ line, kind }) => `${line} ${kind}`),
    ]);
  } finally {
    register.close();
  }
}

/** How many of `wanted` are missing, and how many are too many. */
export function compare(wanted: RecordCounts, found: RecordCounts): { lost: number; doubled: number } {
  let lost = 0;
  let doubled = 0;
  for (const key of new Set([...wanted.keys(), ...found.keys()])) {
    const beyond = (found.get(key) ?? 0) - (wanted.get(key) ?? 0);
    if (beyond < 0) lost -= beyond;
    else doubled += beyond;
  }
  return { lost, doubled };
}

/** A measured value and its time in minutes. */
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
 * grown by more than a collection's swing.
 */
export function grows(points: readonly Point[], perMinute: number, swing: number): boolean {
  const later = points.slice(Math.floor(points.length / 2));
  const first = later[0]?.value ?? 0;
  const last = later.at(-1)?.value ?? 0;
  return slopeOf(later) > perMinute && last - first > swing;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
