import { type FinalError, meaningOf } from '../../at/final-result.ts';
import type { ListedMessage } from '../../at/listing.ts';

/** A message and the epoch of the dialogue in which it was asked for. */
export interface Sighting extends ListedMessage {
  readonly epoch: number;
}

/** What a memory was seen to hold. */
export interface MemoryReading {
  readonly messages: readonly Sighting[];
  /** Everything that the memory holds; otherwise some slots, or what came before the answers ended. */
  readonly whole: boolean;
  /** What is unread is to be read again: because no answer came, or because the SIM is busy or gone. */
  readonly rest: 'void' | 'later' | null;
  /**
   * Reading it all again would cost more than looking at each slot again: once the dialogue has fallen out of step,
   * each is looked at before it is emptied.
   */
  readonly oneByOne: boolean;
}

export function nothingRead(rest: 'void' | 'later'): MemoryReading {
  return { messages: [], whole: false, rest, oneByOne: false };
}

/** The SIM is busy or gone: the same question may be answered later. */
export function isPassing(error: FinalError): boolean {
  return ['sim-busy', 'sim-absent', 'sim-failure', 'pin-wanted'].includes(meaningOf(error));
}
