import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Connection, openDatabase, prepareDataDir } from '../../../src/store/database/database.ts';
import { HolderRing } from '../../../src/store/holder/holder-ring.ts';
import { wrapHourKey } from '../../../src/store/holder/hour-envelope.ts';
import {
  forgetEnded,
  keepOpened,
  keptNames,
  nameOf,
  type OpenedKeys,
  openEnvelope,
  readOpened,
} from '../../../src/store/holder/opened-hours.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { deriveSubkeys } from '../../../src/store/keyring/hour-keys.ts';
import { createKeyring } from '../../../src/store/keyring/ring-sectors.ts';
import { nowMs, tempRegister } from '../temp-register.ts';

const hour = hourOf(nowMs);
const key = Buffer.alloc(32, 7);
const wanted = deriveSubkeys(key, 'aria-256-gcm').subkeys;

/** A holder that has opened an hour of a gateway and kept its keys. */
function opened() {
  const { dataDir } = tempRegister();
  prepareDataDir(dataDir);
  const db = openDatabase(dataDir, false);
  const ringFile = join(dataDir, 'holder-keyring');
  createKeyring(ringFile, 10);
  const ring = HolderRing.open(ringFile, true);
  onTestFinished(() => {
    ring.close();
    db.close();
  });
  ring.add(hour);
  const context = { gateway: 'giheung', holder: 'a', hour };
  const publicKey = ring.recipient(hour)?.publicKey ?? Buffer.alloc(0);
  const envelope = wrapHourKey({ algorithm: 'aria-256-gcm', key }, publicKey, context);
  if (envelope === null) throw new Error('not sealed');
  const written = { gateway: 'giheung', hour, keyNo: 3, envelope };
  const keys = openEnvelope(ring, 'a', written);
  if (keys === null) throw new Error('not opened');
  db.transaction(() => keepOpened(db, ring, hour, [{ ...written, keys }])).immediate();
  return { db, ring, ringFile, written, dataDir };
}

function read(db: Connection, ring: HolderRing, ofHour = hour): ReadonlyMap<string, OpenedKeys> {
  return readOpened(db, ring, [ofHour]).get(ofHour) ?? new Map();
}

describe('the keys that a holder has opened', () => {
  it('open again without the envelope, each key as it was', () => {
    const { db, ring, written } = opened();
    const found = read(db, ring).get(nameOf(written));
    expect(found?.subkeys).toEqual(wanted);
    found?.close();
    expect(found?.subkeys.seal).toEqual(Buffer.alloc(32));
  });

  it('are kept beside those of other gateways, each hour for itself', () => {
    const { db, ring, written } = opened();
    ring.add(hour + 2);
    const other = deriveSubkeys(Buffer.alloc(32, 8), 'aes-256-gcm').subkeys;
    const keep = (ofHour: number, gateway: string, keyNo: number) =>
      db
        .transaction(() =>
          keepOpened(db, ring, ofHour, [{ gateway, keyNo, keys: { subkeys: other, close() {} } }]),
        )
        .immediate();
    keep(hour, 'suji', 0);
    keep(hour + 2, 'giheung', 3);
    // Without a secret.
    keep(hour + 1, 'giheung', 3);
    const of = (found: ReadonlyMap<string, OpenedKeys> | undefined) =>
      [...(found ?? [])].map(([name, { subkeys }]) => [name, subkeys]);
    const both = readOpened(db, ring, [hour, hour + 1, hour + 2]);
    expect([...both.keys()]).toEqual([hour, hour + 2]);
    expect(of(both.get(hour))).toEqual([
      ['3 giheung', wanted],
      ['0 suji', other],
    ]);
    expect(of(both.get(hour + 2))).toEqual([['3 giheung', other]]);
    expect([...readOpened(db, ring, [hour + 2]).keys()]).toEqual([hour + 2]);
    expect(keptNames(db)).toEqual(
      new Map([
        [hour, new Set(['3 giheung', '0 suji'])],
        [hour + 2, new Set(['3 giheung'])],
      ]),
    );
    both.get(hour)?.get('0 suji')?.close();
    expect(both.get(hour)?.get('0 suji')?.subkeys.tags).toEqual(Buffer.alloc(32));
    expect(both.get(hour)?.get(nameOf(written))?.subkeys).toEqual(wanted);
    // The same name again takes the place of what was there.
    keep(hour, 'giheung', 3);
    expect(of(read(db, ring))).toEqual([
      ['3 giheung', other],
      ['0 suji', other],
    ]);
  });

  it('are noise once the slot of the hour is overwritten, also under its next secret', () => {
    const { db, ring, ringFile, written } = opened();
    const copy = `${ringFile}.copy`;
    copyFileSync(ringFile, copy);
    ring.destroy(hour);
    expect(read(db, ring).size).toBe(0);
    ring.add(hour);
    expect(read(db, ring).size).toBe(0);
    // The same register with a ring of before: the search is right.
    const before = HolderRing.open(copy, false);
    expect(read(db, before).get(nameOf(written))?.subkeys).toEqual(wanted);
    before.close();
  });

  it('open for the gateway, hour and key that they were kept for, and no other', () => {
    const { db, ring } = opened();
    const changes = ["names = '3 suji'", "names = '4 giheung'", `hour = ${hour + 1}`];
    for (const change of changes) {
      db.exec(`SAVEPOINT before; UPDATE opened_keys SET ${change}`);
      ring.add(hour + 1);
      expect(read(db, ring, change.startsWith('hour') ? hour + 1 : hour).size).toBe(0);
      db.exec('ROLLBACK TO before');
    }
    expect(read(db, ring).size).toBe(1);
  });

  it('lie in no file in the clear, and go with their hour', () => {
    const { db, ring, dataDir } = opened();
    const { seal, tags } = wanted;
    db.pragma('wal_checkpoint(TRUNCATE)');
    const file = readFileSync(join(dataDir, 'register.sqlite'));
    for (const secret of [key, seal, tags]) expect(file.includes(secret)).toBe(false);
    expect(file.includes('giheung')).toBe(true);
    db.transaction(() => forgetEnded(db, [hour, hour + 1])).immediate();
    expect(read(db, ring).size).toBe(1);
    db.transaction(() => forgetEnded(db, [hour + 1])).immediate();
    expect(read(db, ring).size).toBe(0);
    expect(db.prepare('SELECT count(*) FROM opened_keys').pluck().get()).toBe(0);
  });
});
