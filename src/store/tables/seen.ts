import { createHmac } from 'node:crypto';
import type { Connection } from '../database/database.ts';
import { hourOf } from '../hour.ts';
import type { ArrivalFacts, ModemSlot, RememberedTexts } from '../intake.ts';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';

/**
 * What a text is known by: HMAC-SHA-256 under the hour's fingerprint key, cut to 8 octets, over the TPDU without
 * its first octet. That leaves TP-OA, TP-PID, TP-DCS, the raw TP-SCTS and the user data with its header
 * (3GPP TS 23.040 §9.2.2.1); the first octet holds TP-MMS, which a network may change when it sends again.
 * Eight octets are enough, because it is compared only with texts of the same second, or of the same slot.
 */
function fingerprintOf(keys: Subkeys, octets: Uint8Array): Buffer {
  return createHmac('sha256', keys.fingerprint).update(octets.subarray(1)).digest().subarray(0, 8);
}

interface SlotContent {
  readonly hour: number;
  readonly fingerprint: Buffer;
}

/** What the modems' slots held when it was stored, for texts that only their slot distinguishes. */
export class SlotContents {
  readonly #keys: HourKeys;
  readonly #count: () => number;
  readonly #find;
  readonly #put;
  readonly #remove;
  readonly #slots;
  #known: number | null = null;

  constructor(db: Connection, keys: HourKeys) {
    this.#keys = keys;
    const count = db.prepare<[], number>('SELECT count(*) FROM residents').pluck();
    this.#count = () => count.get() as number;
    const place = 'line = ? AND memory = ? AND slot = ?';
    this.#find = db.prepare<[string, string, number], SlotContent>(
      `SELECT hour, fingerprint FROM residents WHERE ${place}`,
    );
    this.#put = db.prepare<[string, string, number, number, Buffer]>(
      'INSERT OR REPLACE INTO residents (line, memory, slot, hour, fingerprint) VALUES (?, ?, ?, ?, ?)',
    );
    this.#remove = db.prepare<[string, string, number]>(`DELETE FROM residents WHERE ${place}`);
    this.#slots = db
      .prepare<[string, string], number>('SELECT slot FROM residents WHERE line = ? AND memory = ?')
      .pluck();
  }

  /** True almost always: most networks give each text its time. */
  get none(): boolean {
    this.#known ??= this.#count();
    return this.#known === 0;
  }

  /** Whether the arrival's slot still holds the text that was stored from it. */
  holds({ line, place, octets }: ArrivalFacts): boolean {
    if (place === null || this.none) return false;
    const content = this.#find.get(line, place.memory, place.slot);
    if (content === undefined) return false;
    const keys = this.#keys.forReading(content.hour);
    if (keys && fingerprintOf(keys, octets).equals(content.fingerprint)) return true;
    this.remove({ line, ...place });
    return false;
  }

  add({ line, place }: ArrivalFacts, hour: number, fingerprint: Buffer): void {
    if (place === null) return;
    this.#put.run(line, place.memory, place.slot, hour, fingerprint);
    this.#known = null;
  }

  remove({ line, memory, slot }: ModemSlot): void {
    this.#remove.run(line, memory, slot);
    this.#known = null;
  }

  /** A complete listing shows these slots of a memory and no others. */
  only(line: string, memory: string, slots: readonly number[]): void {
    if (this.none) return;
    for (const slot of this.#slots.all(line, memory))
      if (!slots.includes(slot)) this.remove({ line, memory, slot });
  }

  remembered(line: string, memory: string): RememberedTexts {
    const slots = this.none ? [] : this.#slots.all(line, memory);
    const byHour = new Map<number, Map<string, number[]>>();
    for (const slot of slots) {
      const content = this.#find.get(line, memory, slot);
      if (content === undefined) continue;
      const held = byHour.get(content.hour) ?? new Map<string, number[]>();
      const name = content.fingerprint.toString('hex');
      held.set(name, [...(held.get(name) ?? []), slot]);
      byHour.set(content.hour, held);
    }
    const slotsHolding = (octets: Uint8Array): number[] =>
      [...byHour].flatMap(([hour, held]) => {
        const keys = this.#keys.forReading(hour);
        return (keys && held.get(fingerprintOf(keys, octets).toString('hex'))) ?? [];
      });
    return { slots, slotsHolding };
  }

  /** Whether what one of these places held is remembered. */
  any(places: readonly ModemSlot[]): boolean {
    if (this.none) return false;
    return places.some(({ line, memory, slot }) => this.#find.get(line, memory, slot) !== undefined);
  }

  rolledBack(): void {
    this.#known = null;
  }
}

/*
 * A text is held once, however often a modem or the network shows it.
 *
 * Compared is the fingerprint: sender, protocol, coding, the network's seven octets of time and
 * every octet of the user data. Not compared: line, memory, slot, SMSC and TP-MMS, because the same text comes back
 * with others after a restart, a replug or a repetition by the network.
 *
 * With the network's time. The text's time is fixed by its own octets, so a second reading finds its
 * fingerprint at that second. A visitor's honest second text has another second in TP-SCTS and is another text. Were
 * it sent in the same second it would be the same visit to the same venue at the same time, so nothing is lost.
 *
 * Without it (TP-SCTS absent, malformed or implausible) two honest texts can be equal to the last octet, and a text
 * read again would be given another time of receipt. There only the place decides: the register remembers what each
 * slot of a modem held when it was stored, refuses it while it stays there, and forgets it as soon
 * as a complete listing does not show the slot, or shows something else in it. That the modem confirms a deletion is
 * no proof: some keep the text all the same (fault C11). What came directly (+CMT) stays in no slot, so it is always
 * taken.
 *
 * Whether TP-SCTS is plausible depends on this machine's clock, which may have been wrong at the first reading and
 * right at the second. So the place is asked first whatever the source of the time, and a text that is counted at
 * its receipt is looked for at the hour of its TP-SCTS too.
 */
export class Seen {
  readonly #keys: HourKeys;
  readonly #contents: SlotContents;
  readonly #insert;
  readonly #find;

  constructor(db: Connection, keys: HourKeys, contents: SlotContents) {
    this.#keys = keys;
    this.#contents = contents;
    this.#insert = db.prepare<[number, Buffer]>('INSERT OR IGNORE INTO seen (at, fingerprint) VALUES (?, ?)');
    this.#find = db
      .prepare<[number, Buffer], number>('SELECT 1 FROM seen WHERE at = ? AND fingerprint = ?')
      .pluck();
  }

  alreadyHeld(arrival: ArrivalFacts): boolean {
    if (this.#contents.holds(arrival)) return true;
    const hour = hourOf(arrival.atMs);
    const keys = this.#keys.forWriting(hour);
    const fingerprint = fingerprintOf(keys, arrival.octets);
    if (arrival.source === 'network') return this.#insert.run(arrival.atMs, fingerprint).changes === 0;
    if (this.#seenAtSentTime(arrival)) return true;
    this.#contents.add(arrival, hour, fingerprint);
    return false;
  }

  #seenAtSentTime({ sentAtMs, octets }: ArrivalFacts): boolean {
    if (sentAtMs === null || sentAtMs < 0) return false;
    const keys = this.#keys.forReading(hourOf(sentAtMs));
    return keys !== null && this.#find.get(sentAtMs, fingerprintOf(keys, octets)) !== undefined;
  }
}
