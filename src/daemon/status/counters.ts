import { minuteMs } from '../../base/amounts.ts';
import type { Clock } from '../../base/clock.ts';
import type { GatewayWatcher } from '../gateway-watcher.ts';
import type { TakenText } from '../intake/take-listing.ts';

/** How many texts came recently. */
interface Traffic {
  add(): void;
  /** In each of the last 60 minutes, the oldest first; the last one is the minute that has begun. */
  perMinute(): number[];
}

const shownMinutes = 60;

/** Minutes follow the monotonic clock, so that setting the date changes nothing. */
function createTraffic(clock: Clock): Traffic {
  const minutes = new Map<number, number>();
  const minuteNow = () => Math.floor(clock.monotonicMs() / minuteMs);

  return {
    add() {
      const minute = minuteNow();
      minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
      for (const old of minutes.keys()) if (old <= minute - shownMinutes) minutes.delete(old);
    },
    perMinute() {
      const first = minuteNow() - shownMinutes + 1;
      return Array.from({ length: shownMinutes }, (_, index) => minutes.get(first + index) ?? 0);
    },
  };
}

/** Durations in seconds, counted by buckets, as Prometheus expects. */
interface Histogram {
  observe(seconds: number): void;
  read(): HistogramReading;
}

export interface HistogramReading {
  /** Upper bounds, inclusive, ascending; values above the last are in `count` alone. */
  readonly bounds: readonly number[];
  /** At or below each bound: cumulative. */
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

/** One of the last texts: neither who sent it nor what it says, nor the place. Never on disk. */
export interface RecentText {
  readonly atMs: number;
  readonly line: string;
  readonly kind: 'visit' | 'unresolved' | 'undecodable' | 'notice';
}

interface RecentTexts {
  add(text: TakenText): void;
  /** The latest first. */
  all(): readonly RecentText[];
}

const kept = 20;

/** The last texts, in memory alone. */
function createRecentTexts(): RecentTexts {
  let texts: readonly RecentText[] = [];
  return {
    add({ line, stamp, verdict }) {
      const text: RecentText = { atMs: stamp.receivedAtMs, line, kind: verdict.kind };
      texts = [text, ...texts].slice(0, kept);
    },
    all: () => texts,
  };
}

/** The texts of one line since the gateway started, by outcome. */
export interface LineCounts {
  readonly visit: number;
  readonly unresolved: number;
  readonly undecodable: number;
  readonly notice: number;
  /** Parts that wait, or waited, for the others. */
  readonly parts: number;
  /** Texts that the register had already. */
  readonly known: number;
  /** Listings that the register refused to take. */
  readonly refusals: number;
  readonly perMinute: readonly number[];
}

export interface CounterReading {
  readonly recent: readonly RecentText[];
  /** How long the register took to have a listing on disk. */
  readonly commit: HistogramReading;
  /** From the network's timestamp, whole seconds, until the text was on disk. */
  readonly endToEnd: HistogramReading;
}

/** LineCounters what a gateway does, in memory alone. */
export interface GatewayCounters {
  readonly watcher: GatewayWatcher;
  line(name: string): LineCounts;
  read(): CounterReading;
}

const commitBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
const endToEndBounds = [1, 2, 3, 5, 10, 30, 60, 300, 1_800, 7_200, 43_200, 172_800];

type LineCounters = Omit<{ -readonly [Key in keyof LineCounts]: LineCounts[Key] }, 'perMinute'>;

export function createCounters(clock: Clock): GatewayCounters {
  const lines = new Map<string, { readonly counts: LineCounters; readonly traffic: Traffic }>();
  const recent = createRecentTexts();
  const commit = createHistogram(commitBounds);
  const endToEnd = createHistogram(endToEndBounds);

  function entry(name: string) {
    const known = lines.get(name);
    if (known) return known;
    const made = { counts: noCounts(), traffic: createTraffic(clock) };
    lines.set(name, made);
    return made;
  }

  return {
    watcher: {
      onText(text) {
        const { counts, traffic } = entry(text.line);
        counts[text.verdict.kind] += 1;
        traffic.add();
        recent.add(text);
        const { source, atMs } = text.stamp;
        if (source === 'network') endToEnd.observe(Math.max(0, clock.wallMs() - atMs) / 1_000);
      },
      onListing(line, { parts, known }, tookMs) {
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
      return { ...counts, perMinute: traffic.perMinute() };
    },
    read: () => ({ recent: recent.all(), commit: commit.read(), endToEnd: endToEnd.read() }),
  };
}

function noCounts(): LineCounters {
  return { visit: 0, unresolved: 0, undecodable: 0, notice: 0, parts: 0, known: 0, refusals: 0 };
}
