import type { SentText, TextState } from './sent-text.ts';

/** Every text that the network took, and where it is: what a test asserts against. */
export interface Journal {
  readonly texts: readonly SentText[];
  /** How many texts are in each state. */
  counts(): Readonly<Record<TextState, number>>;
  add(text: SentText): void;
  move(text: SentText, state: TextState): void;
}

/** `keep` false: texts that are done with are only counted, so that a long run takes no memory for them. */
export function createJournal(keep: boolean): Journal {
  const counts: Record<TextState, number> = {
    queued: 0,
    stored: 0,
    handed: 0,
    deleted: 0,
    ignored: 0,
    lost: 0,
  };
  const texts = new Map<number, SentText>();
  const isOver = (state: TextState): boolean => state !== 'queued' && state !== 'stored';
  return {
    get texts() {
      return [...texts.values()];
    },
    counts: () => ({ ...counts }),
    add(text) {
      texts.set(text.id, text);
      counts[text.state] += 1;
    },
    move(text, state) {
      counts[text.state] -= 1;
      text.state = state;
      counts[state] += 1;
      if (!keep && isOver(state)) texts.delete(text.id);
    },
  };
}
