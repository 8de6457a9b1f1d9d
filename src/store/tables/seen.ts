import type { Connection } from '../database/database.ts';
import { hourOf } from '../hour.ts';
import type { HourKeys } from '../keyring/hour-keys.ts';
import type { ArrivalFacts } from '../register-types.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Residents } from './residents.ts';

/*
 * A text is held once, however often a modem or the network shows it.
 *
 * Compared is the fingerprint (fingerprint.ts): sender, protocol, coding, the network's seven octets of time and
 * every octet of the user data. Not compared: line, memory, slot, SMSC and TP-MMS, because the same text comes back
 * with others after a restart, a replug or a repetition by the network.
 *
 * With the network's time. The text's time is fixed by its own octets, so whoever reads it again finds its
 * fingerprint at that second. A visitor's honest second text has another second in TP-SCTS and is another text. Were
 * it sent in the same second it would be the same visit to the same venue at the same time, so nothing is lost.
 *
 * Without it (TP-SCTS absent, malformed or implausible) two honest texts can be equal to the last octet, and a text
 * read again would be given another time of receipt. There only the place tells: the register remembers what each
 * slot of a modem held when it was stored (residents.ts), refuses it while it stays there, and forgets it as soon
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
  readonly #residents: Residents;
  readonly #insert;
  readonly #find;

  constructor(db: Connection, keys: HourKeys, residents: Residents) {
    this.#keys = keys;
    this.#residents = residents;
    this.#insert = db.prepare<[number, Buffer]>('INSERT OR IGNORE INTO seen (at, fingerprint) VALUES (?, ?)');
    this.#find = db
      .prepare<[number, Buffer], number>('SELECT 1 FROM seen WHERE at = ? AND fingerprint = ?')
      .pluck();
  }

  alreadyHeld(arrival: ArrivalFacts): boolean {
    if (this.#residents.holds(arrival)) return true;
    const hour = hourOf(arrival.atMs);
    const keys = this.#keys.forWriting(hour);
    const fingerprint = fingerprintOf(keys, arrival.octets);
    if (arrival.source === 'network') return this.#insert.run(arrival.atMs, fingerprint).changes === 0;
    if (this.#seenAtSentTime(arrival)) return true;
    this.#residents.add(arrival, hour, fingerprint);
    return false;
  }

  #seenAtSentTime({ sentAtMs, octets }: ArrivalFacts): boolean {
    if (sentAtMs === null || sentAtMs < 0) return false;
    const keys = this.#keys.forReading(hourOf(sentAtMs));
    return keys !== null && this.#find.get(sentAtMs, fingerprintOf(keys, octets)) !== undefined;
  }
}
