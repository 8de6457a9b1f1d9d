import { readdirSync } from 'node:fs';
import type { CounterReading, HistogramReading } from '../status/counters.ts';
import type { Status } from '../status/status-object.ts';

/** The resources of the process. */
interface ProcessFacts {
  readonly residentBytes: number;
  readonly heapUsedBytes: number;
  readonly cpuSeconds: number;
  /** Null if the system does not report it. */
  readonly openFiles: number | null;
  readonly runtime: string;
}

export function readProcess(): ProcessFacts {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    residentBytes: rss,
    heapUsedBytes: heapUsed,
    cpuSeconds: (user + system) / 1_000_000,
    openFiles: countOpenFiles(),
    runtime: process.versions.node,
  };
}

function countOpenFiles(): number | null {
  try {
    // The folder itself is open while it is read.
    return readdirSync('/proc/self/fd').length - 1;
  } catch {
    return null;
  }
}

/** The sources of all metrics. */
export interface MetricFacts {
  readonly status: Status;
  readonly counters: CounterReading;
  readonly process: ProcessFacts;
}

export interface Sample {
  readonly value: number;
  /** With few values each: lines, states and codes, never a venue or a visitor. */
  readonly labels?: Readonly<Record<string, string>>;
}

interface Described {
  readonly name: string;
  readonly help: string;
}

/** A metric by the conventions of Prometheus: base units, `_total` for counters. */
export type Metric = Described &
  (
    | { readonly type: 'gauge' | 'counter'; readonly read: (facts: MetricFacts) => readonly Sample[] }
    | { readonly type: 'histogram'; readonly read: (facts: MetricFacts) => HistogramReading }
  );

/** No sample if the value is unknown. */
export function one(value: number | null | undefined): Sample[] {
  return value === null || value === undefined ? [] : [{ value }];
}

/** 1 for the current state, 0 for each other. */
export function oneOf(
  states: readonly string[],
  current: string | null | undefined,
  label: string,
  labels: Sample['labels'] = {},
): Sample[] {
  if (current === null || current === undefined) return [];
  return states.map((state) => ({ value: state === current ? 1 : 0, labels: { ...labels, [label]: state } }));
}

/** Seconds since 1970 of an ISO time. */
export function seconds(iso: string | null | undefined): number | null {
  return iso === null || iso === undefined ? null : Date.parse(iso) / 1_000;
}
