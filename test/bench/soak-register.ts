import { join } from 'node:path';
import { dayMs } from '../../src/base/amounts.ts';
import { systemClock } from '../../src/base/clock.ts';
import type { VisitorText } from '../../src/simulator/visitors.ts';
import { openRegister } from '../../src/store/register.ts';

/** How often each thing is there: a visitor at a venue by a line, or a kind of text that is no visit. */
export type Tally = ReadonlyMap<string, number>;

function tally(keys: Iterable<string>): Tally {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

export function expectedTally(
  sent: Iterable<Pick<VisitorText, 'sender' | 'outcome'> & { line: string }>,
): Tally {
  return tally(
    [...sent].flatMap(({ line, sender, outcome }) =>
      outcome.kind === 'visits'
        ? outcome.venues.map((venue) => `${line} ${sender} ${venue}`)
        : [`${line} ${outcome.kind}`],
    ),
  );
}

export function recordedTally(dataDir: string): Tally {
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
    const visits = [...register.visits(ever)].map(
      ({ line, visitor, venue }) => `${line} ${visitor} ${venue}`,
    );
    return tally([...visits, ...[...register.texts(ever)].map(({ line, kind }) => `${line} ${kind}`)]);
  } finally {
    register.close();
  }
}

/** How many of `wanted` are missing, and how many there are beyond it. */
export function compare(wanted: Tally, found: Tally): { lost: number; doubled: number } {
  let lost = 0;
  let doubled = 0;
  for (const key of new Set([...wanted.keys(), ...found.keys()])) {
    const beyond = (found.get(key) ?? 0) - (wanted.get(key) ?? 0);
    if (beyond < 0) lost -= beyond;
    else doubled += beyond;
  }
  return { lost, doubled };
}
