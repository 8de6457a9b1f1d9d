import { createHmac } from 'node:crypto';
import type { Connection } from '../database/database.ts';
import { hourOf } from '../hour.ts';
import type { ArrivalFacts, ModemSlot, RememberedTexts } from '../intake.ts';
import type { HourKeys, Subkeys } from '../keyring/hour-keys.ts';
import { sealedIn } from '../sealing/bound-data.ts';
import { leastPadded } from '../sealing/padded.ts';
import { openRecord, randomRecordId, sealRecord } from '../sealing/sealed-record.ts';
import { textTag } from '../sealing/tags.ts';

/**
 * What a text is known by: HMAC-SHA-256 under the hour's fingerprint key, cut to 8 octets, over the TPDU without
 * its first octet. That leaves TP-OA, TP-PID, TP-DCS, the raw TP-SCTS and the user data with its header
 * (3GPP TS 23.040 §9.2.2.1); the first octet holds TP-MMS, which a network may change when it sends again.
 */
function fingerprintOf(keys: Subkeys, octets: Uint8Array): Buffer {
  return createHmac('sha256', keys.fingerprint).update(octets.subarray(1)).digest().subarray(0, 8);
}

/**
 * The same octets with the second that the text counts at, which no column has. A digest enciphered, as tags are: a text
 * that comes in a listing has no quicker one.
 */
function timedFingerprint(keys: Subkeys, octets: Uint8Array, atMs: number): Buffer {
  const length = timeBytes + octets.length - 1;
  const timed = length > timedOctets.length ? Buffer.alloc(length) : timedOctets.subarray(0, length);
  timed.writeDoubleBE(atMs, 0);
  timed.set(octets.subarray(1), timeBytes);
  return textTag(keys, timed);
}

const timeBytes = 8;
const timedOctets = Buffer.alloc(256);

interface SlotFields extends ModemSlot {
  /** Hexadecimal. */
  readonly fingerprint: string;
}

/** What a slot held: in a sealed row, or, without an id, in a row of the form before. */
interface SlotContent {
  readonly hour: number;
  readonly id: number | null;
  readonly fingerprint: string;
}

function nameOf({ line, memory, slot }: ModemSlot): string {
  return JSON.stringify([line, memory, slot]);
}

/**
 * What the modems' slots held when it was stored, for texts that only their slot distinguishes. They are few, and all of
 * them is sealed, so they are held in memory and read anew after a start and a rollback. Only the gateway adds any.
 */
export class SlotContents {
  readonly #db: Connection;
  readonly #keys: HourKeys;
  readonly #put;
  readonly #remove;
  readonly #removeOld;
  #known: Map<string, SlotContent> | null = null;

  constructor(db: Connection, keys: HourKeys) {
    this.#db = db;
    this.#keys = keys;
    this.#put = db.prepare<[number, number, Buffer]>(
      'INSERT INTO sealed_slots (hour, id, sealed) VALUES (?, ?, ?)',
    );
    this.#remove = db.prepare<[number, number]>('DELETE FROM sealed_slots WHERE hour = ? AND id = ?');
    this.#removeOld = db.prepare<[string, string, number]>(
      'DELETE FROM residents WHERE line = ? AND memory = ? AND slot = ?',
    );
  }

  /** True almost always: most networks give each text its time. */
  get none(): boolean {
    return this.#all().size === 0;
  }

  /** Whether the arrival's slot still holds the text that was stored from it. */
  holds({ line, place, octets }: ArrivalFacts): boolean {
    if (place === null || this.none) return false;
    const content = this.#all().get(nameOf({ line, ...place }));
    if (content === undefined) return false;
    const keys = this.#keys.forReading(content.hour);
    if (keys && fingerprintOf(keys, octets).toString('hex') === content.fingerprint) return true;
    this.remove({ line, ...place });
    return false;
  }

  add({ line, place, octets }: ArrivalFacts, hour: number): void {
    if (place === null) return;
    const slot = { line, ...place };
    this.remove(slot);
    const keys = this.#keys.forWriting(hour);
    const id = randomRecordId();
    const fields: SlotFields = { ...slot, fingerprint: fingerprintOf(keys, octets).toString('hex') };
    this.#put.run(
      hour,
      id,
      sealRecord(keys, { table: sealedIn.sealedSlots, hour, id }, fields, leastPadded.slot),
    );
    this.#all().set(nameOf(slot), { hour, id, fingerprint: fields.fingerprint });
  }

  remove(slot: ModemSlot): void {
    const content = this.#all().get(nameOf(slot));
    if (content === undefined) return;
    if (content.id === null) this.#removeOld.run(slot.line, slot.memory, slot.slot);
    else this.#remove.run(content.hour, content.id);
    this.#all().delete(nameOf(slot));
  }

  /** A complete listing shows these slots of a memory and no others. */
  only(line: string, memory: string, slots: readonly number[]): void {
    for (const { slot } of this.#of(line, memory))
      if (!slots.includes(slot)) this.remove({ line, memory, slot });
  }

  remembered(line: string, memory: string): RememberedTexts {
    const found = this.#of(line, memory);
    const byHour = new Map<number, Map<string, number[]>>();
    for (const { slot, hour, fingerprint } of found) {
      const held = byHour.get(hour) ?? new Map<string, number[]>();
      held.set(fingerprint, [...(held.get(fingerprint) ?? []), slot]);
      byHour.set(hour, held);
    }
    const slotsHolding = (octets: Uint8Array): number[] =>
      [...byHour].flatMap(([hour, held]) => {
        const keys = this.#keys.forReading(hour);
        return (keys && held.get(fingerprintOf(keys, octets).toString('hex'))) ?? [];
      });
    return { slots: found.map(({ slot }) => slot), slotsHolding };
  }

  /** Whether what one of these places held is remembered. */
  any(places: readonly ModemSlot[]): boolean {
    if (this.none) return false;
    return places.some((place) => this.#all().has(nameOf(place)));
  }

  rolledBack(): void {
    this.#known = null;
  }

  /** What the slots of one memory hold. */
  #of(line: string, memory: string): (SlotContent & { readonly slot: number })[] {
    if (this.none) return [];
    return [...this.#all()].flatMap(([name, content]) => {
      const [ofLine, ofMemory, slot] = JSON.parse(name) as [string, string, number];
      return ofLine === line && ofMemory === memory ? [{ slot, ...content }] : [];
    });
  }

  #all(): Map<string, SlotContent> {
    this.#known ??= this.#read();
    return this.#known;
  }

  #read(): Map<string, SlotContent> {
    const known = new Map<string, SlotContent>();
    const old = this.#db
      .prepare<[], SlotFields & { readonly hour: number }>(
        'SELECT line, memory, slot, hour, lower(hex(fingerprint)) AS fingerprint FROM residents',
      )
      .all();
    for (const { hour, fingerprint, ...slot } of old)
      known.set(nameOf(slot), { hour, id: null, fingerprint });
    const rows = this.#db
      .prepare<[], [hour: number, id: number, sealed: Buffer]>('SELECT hour, id, sealed FROM sealed_slots')
      .raw()
      .all();
    for (const [hour, id, sealed] of rows) {
      const place = { table: sealedIn.sealedSlots, hour, id };
      const fields = openRecord<SlotFields>(this.#keys.forReading(hour), place, sealed);
      if (fields !== null) known.set(nameOf(fields), { hour, id, fingerprint: fields.fingerprint });
    }
    return known;
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
 * fingerprint of that second. A visitor's honest second text has another second in TP-SCTS and is another text. Were
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
  readonly #findOld;
  /** Whether fingerprints of the form before are left: they lie by their second. */
  readonly #hasOld: boolean;

  constructor(db: Connection, keys: HourKeys, contents: SlotContents) {
    this.#keys = keys;
    this.#contents = contents;
    this.#insert = db.prepare<[number, Buffer]>(
      'INSERT OR IGNORE INTO fingerprints (hour, fingerprint) VALUES (?, ?)',
    );
    this.#find = db
      .prepare<[number, Buffer], number>('SELECT 1 FROM fingerprints WHERE hour = ? AND fingerprint = ?')
      .pluck();
    this.#findOld = db
      .prepare<[number, Buffer], number>('SELECT 1 FROM seen WHERE at = ? AND fingerprint = ?')
      .pluck();
    this.#hasOld = db.prepare('SELECT 1 FROM seen LIMIT 1').get() !== undefined;
  }

  alreadyHeld(arrival: ArrivalFacts): boolean {
    if (this.#contents.holds(arrival)) return true;
    const { atMs, octets } = arrival;
    const hour = hourOf(atMs);
    const keys = this.#keys.forWriting(hour);
    if (arrival.source === 'network') {
      if (this.#isOld(keys, octets, atMs)) return true;
      return this.#insert.run(hour, timedFingerprint(keys, octets, atMs)).changes === 0;
    }
    if (this.#seenAtSentTime(arrival)) return true;
    this.#contents.add(arrival, hour);
    return false;
  }

  #seenAtSentTime({ sentAtMs, octets }: ArrivalFacts): boolean {
    if (sentAtMs === null || sentAtMs < 0) return false;
    const hour = hourOf(sentAtMs);
    const keys = this.#keys.forReading(hour);
    if (keys === null) return false;
    if (this.#isOld(keys, octets, sentAtMs)) return true;
    return this.#find.get(hour, timedFingerprint(keys, octets, sentAtMs)) !== undefined;
  }

  #isOld(keys: Subkeys, octets: Uint8Array, atMs: number): boolean {
    return this.#hasOld && this.#findOld.get(atMs, fingerprintOf(keys, octets)) !== undefined;
  }
}
