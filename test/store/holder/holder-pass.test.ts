import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { openDatabase, prepareDataDir } from '../../../src/store/database/database.ts';
import { type Holder, type HourBoard, runHolderPass } from '../../../src/store/holder/holder-pass.ts';
import { HolderRing } from '../../../src/store/holder/holder-ring.ts';
import { type PublishedHour, verifyPublishedHour } from '../../../src/store/holder/published-hour.ts';
import { publicKeyOf, publicOctets, secretKeyOf } from '../../../src/store/holder/raw-keys.ts';
import { hourOf } from '../../../src/store/hour.ts';
import { ringSlots } from '../../../src/store/keyring/keyring-format.ts';
import { createKeyring } from '../../../src/store/keyring/ring-sectors.ts';
import { machineTimeOf, registerTime } from '../../../src/store/sweep/register-time.ts';
import { nowMs, tempRegister } from '../temp-register.ts';

const retentionMs = dayMs;
const aheadMs = 3 * hourMs;
const now = hourOf(nowMs);

function tempHolder() {
  const { dataDir, clock } = tempRegister();
  const ringFile = join(dataDir, 'holder-ring');
  prepareDataDir(dataDir);
  const db = openDatabase(dataDir, false);
  createKeyring(ringFile, ringSlots(retentionMs + aheadMs));
  const ring = HolderRing.open(ringFile, true);
  onTestFinished(() => {
    ring.close();
    db.close();
  });
  const signingKey = secretKeyOf('ed25519', randomBytes(32));
  const holder = (): Holder => ({
    ...{ name: 'a', signingKey, ring, db, retentionMs, aheadMs },
    time: registerTime(db, clock, machineTimeOf(clock), ring.hours().length === 0, 'holder-time'),
  });
  const pin = { holder: 'a', key: publicKeyOf('ed25519', publicOctets(signingKey)) };
  return { clock, ring, ringFile, pin, pass: (board: HourBoard) => runHolderPass(holder(), board) };
}

/** What the database keeps: a key that is there stays as it is. */
function memoryBoard(): HourBoard & { readonly hours: Map<number, PublishedHour> } {
  const hours = new Map<number, PublishedHour>();
  return {
    hours,
    read: async (holder, firstHour, lastHour) =>
      [...hours.values()].filter(
        (each) => each.holder === holder && each.hour >= firstHour && each.hour <= lastHour,
      ),
    add: async (more) => {
      for (const each of more) if (!hours.has(each.hour)) hours.set(each.hour, each);
    },
  };
}

const unreachable: HourBoard = {
  read: () => Promise.reject(new Error('no answer')),
  add: () => Promise.reject(new Error('no answer')),
};

describe("a holder's pass", () => {
  it("a holder's first pass publishes each hour that a text can come to, signed, and the next one nothing", async () => {
    const { pass, pin, ring } = tempHolder();
    const board = memoryBoard();
    expect(await pass(board)).toMatchObject({
      standing: 'sound',
      ended: 0,
      published: 28,
      lastHour: now + 3,
    });
    expect([...board.hours.keys()]).toEqual(ring.hours());
    expect(ring.hours()).toHaveLength(28);
    expect(ring.hours()[0]).toBe(now - 24);
    for (const published of board.hours.values()) {
      expect(verifyPublishedHour(published, pin)).toBe(true);
      expect(ring.recipient(published.hour)?.publicKey).toEqual(published.publicKey);
    }
    expect(await pass(board)).toMatchObject({ ended: 0, published: 0, lastHour: now + 3, foreign: [] });
  });

  it('a pass overwrites the secrets of hours that are past, also while the database does not answer', async () => {
    const { pass, clock, ring, ringFile } = tempHolder();
    const board = memoryBoard();
    await pass(board);
    const before = readFileSync(ringFile);
    await clock.advance(2 * hourMs);
    await expect(pass(unreachable)).rejects.toThrow('no answer');
    expect(ring.hours()[0]).toBe(now - 22);
    const after = readFileSync(ringFile);
    const changed = Array.from({ length: before.length / 512 }, (_, at) => at).filter(
      (at) => !after.subarray(at * 512, at * 512 + 512).equals(before.subarray(at * 512, at * 512 + 512)),
    );
    expect(changed).toHaveLength(2);
    for (const at of changed) expect(after.subarray(at * 512, at * 512 + 512)).toEqual(Buffer.alloc(512));
    expect(await pass(board)).toMatchObject({ ended: 0, published: 2, lastHour: now + 5 });
  });

  it('a database that was put back from an older copy gets the same keys again', async () => {
    const { pass, clock } = tempHolder();
    const board = memoryBoard();
    await pass(board);
    const older = new Map(board.hours);
    await clock.advance(hourMs);
    await pass(board);
    const key = board.hours.get(now + 4)?.publicKey;
    board.hours.clear();
    for (const [hour, published] of older) board.hours.set(hour, published);
    expect(await pass(board)).toMatchObject({ published: 1, foreign: [] });
    expect(board.hours.get(now + 4)?.publicKey).toEqual(key);
  });

  it('a key that is not its own is named, and no secret is made that nobody can seal to', async () => {
    const { pass, ring, clock } = tempHolder();
    const board = memoryBoard();
    await pass(board);
    await clock.advance(hourMs);
    const forged = { holder: 'a', publicKey: randomBytes(32), signature: randomBytes(64) };
    board.hours.set(now, { ...forged, hour: now });
    board.hours.set(now + 4, { ...forged, hour: now + 4 });
    expect(await pass(board)).toMatchObject({ published: 0, foreign: [now, now + 4], lastHour: now + 3 });
    expect(ring.hours()).not.toContain(now + 4);
  });

  it('a clock that leapt ahead ends nothing and publishes nothing', async () => {
    const { pass, ring, clock } = tempHolder();
    const board = memoryBoard();
    await pass(board);
    clock.setWall(nowMs + 300 * dayMs);
    expect(await pass(board)).toMatchObject({
      standing: 'leapt',
      waiting: true,
      ended: 0,
      published: 0,
      lastHour: null,
    });
    expect(ring.hours()).toHaveLength(28);
  });
});
