import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase, prepareDataDir } from '../../../src/store/database/database.ts';
import { HolderRing } from '../../../src/store/holder/holder-ring.ts';
import { wrapHourKey } from '../../../src/store/holder/hour-envelope.ts';
import {
  forgetEnded,
  keepOpened,
  nameOf,
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
  db.transaction(() => keepOpened(db, ring, written, keys)).immediate();
  return { db, ring, ringFile, written, dataDir };
}

describe('the keys that a holder has opened', () => {
  it('open again without the envelope, each key as it was', () => {
    const { db, ring, written } = opened();
    const found = readOpened(db, ring, hour).get(nameOf(written));
    expect(found?.subkeys).toEqual(wanted);
    found?.close();
    expect(found?.subkeys.seal).toEqual(Buffer.alloc(32));
  });

  it('are noise once the slot of the hour is overwritten, also under its next secret', () => {
    const { db, ring, ringFile, written } = opened();
    const copy = `${ringFile}.copy`;
    copyFileSync(ringFile, copy);
    ring.destroy(hour);
    expect(readOpened(db, ring, hour).size).toBe(0);
    ring.add(hour);
    expect(readOpened(db, ring, hour).size).toBe(0);
    // The same register with a ring of before: the search is right.
    const before = HolderRing.open(copy, false);
    expect(readOpened(db, before, hour).get(nameOf(written))?.subkeys).toEqual(wanted);
    before.close();
  });

  it('open for the gateway, hour and key that they were kept for, and no other', () => {
    const { db, ring } = opened();
    const changes = ["gateway = 'suji'", 'key_no = 4', `hour = ${hour + 1}`];
    for (const change of changes) {
      db.exec(`SAVEPOINT before; UPDATE opened_hours SET ${change}`);
      ring.add(hour + 1);
      expect(readOpened(db, ring, change.startsWith('hour') ? hour + 1 : hour).size).toBe(0);
      db.exec('ROLLBACK TO before');
    }
    expect(readOpened(db, ring, hour).size).toBe(1);
  });

  it('lie in no file in the clear, and go with their hour', () => {
    const { db, ring, dataDir } = opened();
    const { seal, tags } = wanted;
    db.pragma('wal_checkpoint(TRUNCATE)');
    const file = readFileSync(join(dataDir, 'register.sqlite'));
    for (const secret of [key, seal, tags]) expect(file.includes(secret)).toBe(false);
    expect(file.includes('giheung')).toBe(true);
    db.transaction(() => forgetEnded(db, [hour, hour + 1])).immediate();
    expect(readOpened(db, ring, hour).size).toBe(1);
    db.transaction(() => forgetEnded(db, [hour + 1])).immediate();
    expect(readOpened(db, ring, hour).size).toBe(0);
    expect(db.prepare('SELECT count(*) FROM opened_hours').pluck().get()).toBe(0);
  });
});
