import type { Outcome } from '../intake/intake.ts';

/** One of the last texts as it may be shown: its sender masked, none of its words. Never on disk. */
export interface RecentText {
  readonly atMs: number;
  readonly line: string;
  readonly kind: 'visit' | 'unresolved' | 'undecodable' | 'notice';
  /** Masked; null when nobody can tell. */
  readonly visitor: string | null;
  /** National digits or issued codes; empty unless it is a visit. */
  readonly venues: readonly string[];
}

export interface RecentTexts {
  add(outcome: Outcome): void;
  /** The latest first. */
  all(): readonly RecentText[];
}

const kept = 20;

/** The last texts, in memory alone. */
export function createRecentTexts(): RecentTexts {
  let texts: readonly RecentText[] = [];
  return {
    add({ line, stamp, message, disposition }) {
      const text: RecentText = {
        atMs: stamp.receivedAtMs,
        line,
        kind: disposition.kind,
        visitor: message === null ? null : message.sender.toString(),
        venues: disposition.kind === 'visit' ? disposition.venues : [],
      };
      texts = [text, ...texts].slice(0, kept);
    },
    all: () => texts,
  };
}
