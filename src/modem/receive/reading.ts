import type { ListedMessage } from '../../at/listing.ts';
import type { SimFailure } from '../recover/sim-trouble.ts';

/** A message that a memory showed, and the epoch of the dialogue in which it was asked for. */
export interface ListedText extends ListedMessage {
  readonly epoch: number;
}

/** Why something is still to be read: the rest follows, no answer came, or the SIM cannot be used. */
export type Unread = 'more' | 'unanswered' | SimFailure;

/** What a memory was seen to hold. */
export interface MemoryReading {
  readonly messages: readonly ListedText[];
  /** Everything that the memory holds; otherwise some slots, or what came before the answers ended. */
  readonly whole: boolean;
  /** Why the rest is still to be read; null if there is no rest. */
  readonly unread: Unread | null;
  /** Texts that the memory counts and whose slots it refuses to show (fault C8). */
  readonly unreadable: number;
  /** The modem has answered at least a part of the question. */
  readonly isAnswered: boolean;
  /** The modem has shown something of the memory, if only that it is empty: a refusal shows nothing. */
  readonly isRead: boolean;
  /**
   * Reading everything again costs more than looking at each slot again: if the dialogue falls out of step, each slot
   * is looked at before it is emptied.
   */
  readonly oneByOne: boolean;
}

export function nothingRead(unread: Unread): MemoryReading {
  return {
    messages: [],
    whole: false,
    unread,
    unreadable: 0,
    isAnswered: false,
    isRead: false,
    oneByOne: false,
  };
}
