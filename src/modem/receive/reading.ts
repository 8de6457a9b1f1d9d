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

/**
 * Whether AT+CMGL can be used. Some models hang in it or refuse it though AT+CMGR works (fault C9): after that
 * the slots are read one by one for a time that doubles with every failure.
 */
export interface ListingHealth {
  readonly failures: number;
  /** Listings without an answer since the last one that had one. */
  readonly silences: number;
  /** Monotonic milliseconds until which slots are read one by one. */
  readonly slotsUntilMs: number;
}

export const soundListing: ListingHealth = { failures: 0, silences: 0, slotsUntilMs: 0 };

const firstMs = 600_000;
const longestMs = 86_400_000;

export function afterRefusal(health: ListingHealth, nowMs: number): ListingHealth {
  const forMs = Math.min(longestMs, firstMs * 2 ** health.failures);
  return { failures: Math.min(health.failures + 1, 10), silences: 0, slotsUntilMs: nowMs + forMs };
}

/** One silence can have any cause; two in a row are the listing's fault. */
export function afterSilence(health: ListingHealth, nowMs: number): ListingHealth {
  return health.silences === 0 ? { ...health, silences: 1 } : afterRefusal(health, nowMs);
}

export function mayList(health: ListingHealth, nowMs: number): boolean {
  return nowMs >= health.slotsUntilMs;
}
