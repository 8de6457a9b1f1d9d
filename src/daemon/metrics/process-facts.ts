import { readdirSync } from 'node:fs';

/** What the process itself costs. */
export interface ProcessFacts {
  readonly residentBytes: number;
  readonly heapUsedBytes: number;
  readonly cpuSeconds: number;
  /** Null where the system does not tell. */
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
