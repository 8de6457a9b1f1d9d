import type { HolderRing } from '../../src/store/holder/holder-ring.ts';
import { unwrapHourKey } from '../../src/store/holder/hour-envelope.ts';
import type { Recipient } from '../../src/store/holder/hpke.ts';
import type { WrittenHour } from '../../src/store/holder/opened-hours.ts';
import { deriveSubkeys, type Subkeys } from '../../src/store/keyring/hour-keys.ts';

interface Entry {
  readonly subkeys: Subkeys;
  readonly all: Buffer;
}

/**
 * The keys of gateways' hours, for one question of an officer: opened once each and zeroed by `close`. What is kept
 * longer would outlive the slots that another process overwrites.
 */
export class EnvelopeKeys {
  readonly #ring: HolderRing;
  readonly #holder: string;
  readonly #entries = new Map<string, Entry | null>();
  #recipient: { readonly hour: number; readonly pair: Recipient | null } | null = null;

  constructor(ring: HolderRing, holder: string) {
    this.#ring = ring;
    this.#holder = holder;
  }

  /** Null when the hour has ended here, or the envelope is not one of this gateway, hour and holder. */
  of(written: WrittenHour): Subkeys | null {
    const name = `${written.hour} ${written.keyNo} ${written.gateway}`;
    const known = this.#entries.get(name);
    if (known !== undefined) return known?.subkeys ?? null;
    const entry = this.#opened(written);
    this.#entries.set(name, entry);
    return entry?.subkeys ?? null;
  }

  close(): void {
    for (const entry of this.#entries.values()) entry?.all.fill(0);
    this.#entries.clear();
    this.#recipient = null;
  }

  #opened({ gateway, hour, envelope }: WrittenHour): Entry | null {
    const pair = this.#pairOf(hour);
    const held = pair && unwrapHourKey(envelope, pair, { gateway, hour, holder: this.#holder });
    if (held === null) return null;
    const entry = deriveSubkeys(held.key, held.algorithm);
    held.key.fill(0);
    return entry;
  }

  /** Envelopes come by hour: the pair of the last one serves all gateways. */
  #pairOf(hour: number): Recipient | null {
    if (this.#recipient?.hour !== hour) this.#recipient = { hour, pair: this.#ring.recipient(hour) };
    return this.#recipient.pair;
  }
}
