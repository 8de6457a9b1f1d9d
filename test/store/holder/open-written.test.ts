import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EnvelopeKeys } from '../../../src/store/holder/envelope-keys.ts';
import { HolderRing } from '../../../src/store/holder/holder-ring.ts';
import type { HourKey } from '../../../src/store/holder/hour-envelope.ts';
import { openWrittenRows, venueTagIn, visitorTagIn } from '../../../src/store/holder/open-written.ts';
import { publishHour } from '../../../src/store/holder/published-hour.ts';
import { publicKeyOf, publicOctets, secretKeyOf } from '../../../src/store/holder/raw-keys.ts';
import { wrapHour } from '../../../src/store/holder/wrap-hour.ts';
import { hourOf, hourStartMs } from '../../../src/store/hour.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import { createKeyring } from '../../../src/store/keyring/ring-sectors.ts';
import { visitorInRow } from '../../../src/store/sealing/opened-rows.ts';
import { nowMs, tempRegister, visit } from '../temp-register.ts';

const hour = hourOf(nowMs);
const ever = { fromMs: 0, toMs: nowMs + 1e9 };

/** A gateway's register with visits, their rows as they lie there, and a holder that has the envelope of the hour. */
function writtenHour() {
  const gateway = tempRegister();
  const register = gateway.open();
  register.transact((unit) => {
    for (const each of ['01055500124', '01055500123', '01055500125'])
      unit.addVisit(visit({ visitor: each, atMs: nowMs - Number(each.slice(-1)) * 1_000 }));
  });
  const db = new Database(join(gateway.dataDir, 'register.sqlite'), { readonly: true });
  const rows = db
    .prepare<[], Buffer>('SELECT CAST(venue_tag || id || visitor_tag || sealed AS BLOB) FROM sealed_visits')
    .pluck()
    .all();
  const [heads] = db
    .prepare<[], { venue: Buffer; visitor: Buffer }>(
      'SELECT venue_tag AS venue, visitor_tag AS visitor FROM sealed_visits',
    )
    .all();
  const tagBits = db.prepare<[], number | null>('SELECT tag_bits FROM hours').pluck().get() ?? 0;
  db.close();

  const ringFile = join(gateway.dataDir, 'holder-ring');
  createKeyring(ringFile, 10);
  const ring = HolderRing.open(ringFile, true);
  ring.add(hour);
  const signing = secretKeyOf('ed25519', randomBytes(32));
  const published = publishHour('a', hour, ring.recipient(hour)?.publicKey as Buffer, signing);
  const pins = [{ holder: 'a', key: publicKeyOf('ed25519', publicOctets(signing)) }];
  const keyring = Keyring.open(gateway.keyFile, false);
  const held = keyring.read(hour)?.held as HourKey;
  const { envelopes } = wrapHour(held, { gateway: 'giheung', pins }, hour, [published]);
  keyring.close();
  const keys = new EnvelopeKeys(ring, 'a');
  onTestFinished(() => {
    keys.close();
    ring.close();
  });
  const written = { gateway: 'giheung', hour, keyNo: 0, envelope: envelopes[0]?.envelope as Buffer };
  return { rows, heads, tagBits, written, keys, ring };
}

describe("the rows of a gateway's hour", () => {
  it("the rows of a gateway's hour open at a holder as the gateway took them, in order of time", () => {
    const { rows, written, keys } = writtenHour();
    const { visits, unreadable } = openWrittenRows(keys, written, Buffer.concat(rows), ever);
    expect(unreadable).toBe(0);
    expect(
      visits.map(({ visitor, venue, inHourMs }) => [visitor, venue, hourStartMs(hour) + inHourMs]),
    ).toEqual([
      ['01055500125', '0313242114', nowMs - 5_000],
      ['01055500124', '0313242114', nowMs - 4_000],
      ['01055500123', '0313242114', nowMs - 3_000],
    ]);
    expect(new Set(visits.map(({ name }) => name)).size).toBe(3);
  });

  it("the rows of a gateway's hour are found by the tags that a holder computes", () => {
    const { heads, tagBits, written, keys, rows } = writtenHour();
    expect(venueTagIn(keys, written, '0313242114')).toEqual(heads?.venue);
    expect(visitorTagIn(keys, written, '01055500123', tagBits)).toEqual(heads?.visitor);
    const visitor = visitorInRow('01055500123');
    const { visits } = openWrittenRows(keys, written, Buffer.concat(rows), { ...ever, visitor });
    expect(visits.map((each) => each.visitor)).toEqual(['01055500123']);
  });

  it("the rows of a gateway's hour do not open as another gateway's, and a changed one is counted", () => {
    const { rows, written, keys } = writtenHour();
    const other = { ...written, gateway: 'suji' };
    expect(openWrittenRows(keys, other, Buffer.concat(rows), ever)).toEqual({ visits: [], unreadable: 3 });
    expect(venueTagIn(keys, other, '0313242114')).toBeNull();
    expect(visitorTagIn(keys, other, '01055500123', 0)).toBeNull();
    const octets = Buffer.concat(rows);
    octets[40] = (octets[40] ?? 0) ^ 1;
    expect(openWrittenRows(keys, written, octets, ever)).toMatchObject({ unreadable: 1 });
  });

  it("the rows of a gateway's hour are noise to a reader that begins after the slot is overwritten", () => {
    const { rows, written, ring } = writtenHour();
    ring.destroy(hour);
    const late = new EnvelopeKeys(ring, 'a');
    expect(openWrittenRows(late, written, Buffer.concat(rows), ever)).toEqual({ visits: [], unreadable: 3 });
  });
});
