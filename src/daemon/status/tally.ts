import type { Clock } from '../../base/clock.ts';
import type { Zone } from '../../base/zone.ts';
import type { GatewayWatcher } from '../gateway-context.ts';
import { createHistogram, type HistogramReading } from './histogram.ts';
import { createRecentTexts, type RecentText } from './recent-texts.ts';
import { createTraffic, type Traffic } from './traffic.ts';

/** What became of the texts of one line since the gateway was started. */
export interface LineTally {
  readonly visit: number;
  readonly unresolved: number;
  readonly undecodable: number;
  readonly notice: number;
  /** Segments that wait, or waited, for the rest of their text. */
  readonly parts: number;
  /** Arrivals that the register had already. */
  readonly known: number;
  /** Listings that the register refused to take. */
  readonly refusals: number;
  readonly today: number;
  readonly perMinute: readonly number[];
}

export interface TallyReading {
  readonly recent: readonly RecentText[];
  /** How long the register took to have a listing on disk. */
  readonly commit: HistogramReading;
  /** From the network's timestamp, whole seconds, until the text was on disk. */
  readonly endToEnd: HistogramReading;
}

/** Counts what a gateway does, in memory alone. */
export interface Tally {
  readonly watcher: GatewayWatcher;
  line(name: string): LineTally;
  read(): TallyReading;
}

const commitBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const endToEndBounds = [1, 2, 3, 5, 10, 30, 60, 300, 1_800, 7_200, 43_200, 172_800];

type Counts = Omit<{ -readonly [Key in keyof LineTally]: LineTally[Key] }, 'today' | 'perMinute'>;

export function createTally(clock: Clock, zone: Zone): Tally {
  const lines = new Map<string, { readonly counts: Counts; readonly traffic: Traffic }>();
  const recent = createRecentTexts();
  const commit = createHistogram(commitBounds);
  const endToEnd = createHistogram(endToEndBounds);

  function entry(name: string) {
    const known = lines.get(name);
    if (known) return known;
    const made = { counts: noCounts(), traffic: createTraffic(clock, zone) };
    lines.set(name, made);
    return made;
  }

  return {
    watcher: {
      onOutcome(outcome) {
        const { counts, traffic } = entry(outcome.line);
        counts[outcome.disposition.kind] += 1;
        traffic.add();
        recent.add(outcome);
        const { source, atMs } = outcome.stamp;
        if (source === 'network') endToEnd.observe(Math.max(0, clock.wallMs() - atMs) / 1_000);
      },
      onIntake(line, { parts, known }, tookMs) {
        const { counts } = entry(line);
        counts.parts += parts;
        counts.known += known;
        commit.observe(tookMs / 1_000);
      },
      onRefused(line) {
        entry(line).counts.refusals += 1;
      },
    },
    line(name) {
      const { counts, traffic } = entry(name);
      return { ...counts, today: traffic.today(), perMinute: traffic.perMinute() };
    },
    read: () => ({ recent: recent.all(), commit: commit.read(), endToEnd: endToEnd.read() }),
  };
}

function noCounts(): Counts {
  return { visit: 0, unresolved: 0, undecodable: 0, notice: 0, parts: 0, known: 0, refusals: 0 };
}
