import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/base/amounts.ts';
import { collect } from '../../src/base/batches.ts';
import { HourKeys } from '../../src/store/keyring/hour-keys.ts';
import { Keyring } from '../../src/store/keyring/keyring.ts';
import { createKeyring } from '../../src/store/keyring/ring-sectors.ts';
import type { Register } from '../../src/store/register-types.ts';
import { always, arrival, nowMs, retentionMs, tempRegister, visit } from './temp-register.ts';

const hour = Math.floor(nowMs / hourMs);
const read = async (register: Register) =>
  (await collect(register.visits(always))).map(({ visitor }) => visitor);
const add = (register: Register, visitor: string, atMs = nowMs) =>
  register.transact((unit) => unit.addVisit(visit({ visitor, atMs })));

describe('a reader beside the gateway', () => {
  it('a reader beside the gateway sees what is committed later, under keys that did not exist when it was opened', async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    const reader = temp.open({ role: 'reader' });
    expect(await read(reader)).toEqual([]);
    add(gateway, '0101');
    add(gateway, '0102', nowMs + 2 * hourMs);
    expect(await read(reader)).toEqual(['0101', '0102']);
  });

  it('a reader beside the gateway sees nothing of a transaction that is under way', async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    const reader = temp.open({ role: 'reader' });
    gateway.transact(async (unit) => {
      unit.addVisit(visit());
      expect(await read(reader)).toEqual([]);
    });
    expect(await read(reader)).toHaveLength(1);
  });

  it('a reader beside the gateway does not keep the gateway from writing while it reads', async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    for (let index = 0; index < 10; index += 1) add(gateway, `010${index}`, nowMs + index * hourMs);
    const reader = temp.open({ role: 'reader' });
    let seen = 0;
    for (const _ of await collect(reader.visits(always))) {
      seen += 1;
      add(gateway, '0199', nowMs - hourMs);
    }
    expect(seen).toBe(10);
    expect(await read(gateway)).toHaveLength(20);
  });

  it('a reader beside the gateway is refused every way of writing', async () => {
    const temp = tempRegister();
    temp.open().close();
    const reader = temp.open({ role: 'reader' });
    const refused = expect.objectContaining({ code: 'register.read-only' });
    expect(() => add(reader, '0101')).toThrow(refused);
    expect(() => reader.remembers([{ line: 'line1', memory: 'SM', slot: 1 }])).toThrow(refused);
    await expect(() =>
      reader.putVenues([{ number: '1', name: null, address: null, issued: false }]),
    ).rejects.toThrow(refused);
    expect(() => reader.pinAttempts.remember('8982')).toThrow(refused);
  });
});

describe('a tool beside the gateway', () => {
  it('a tool beside the gateway writes under the same keys, whoever made them, and no id is given twice', async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    const tool = temp.open({ role: 'tool' });
    const ids = [
      add(tool, '0101'),
      add(gateway, '0102', nowMs + 1),
      add(gateway, '0103', nowMs + hourMs),
      add(tool, '0104', nowMs + hourMs + 1),
    ];
    expect(new Set(ids).size).toBe(4);
    expect(await read(gateway)).toEqual(['0101', '0102', '0103', '0104']);
    expect(await read(tool)).toEqual(await read(gateway));
  });

  it('a tool beside the gateway that is in the middle of writing makes the gateway say that it is busy, and wait for its turn', async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    const tool = temp.open({ role: 'tool' });
    tool.transact(() => {
      expect(() => add(gateway, '0101')).toThrow(expect.objectContaining({ code: 'register.busy' }));
    });
    add(gateway, '0101');
    expect(await read(gateway)).toEqual(['0101']);
  });

  it('a tool beside the gateway that ended an hour is noticed: the gateway writes under no key that only its memory has', async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    add(gateway, '0101');
    const ring = Keyring.open(temp.keyFile, true);
    ring.destroy(hour);
    ring.close();
    add(gateway, '0102');
    gateway.close();
    const stream = temp.open().visits(always);
    expect((await collect(stream)).map(({ visitor }) => visitor)).toEqual(['0102']);
    expect(stream.unreadable).toBe(1);
  });
});

describe("an hour's key", () => {
  it("an hour's key is in the keyring before the transaction that needs it commits", () => {
    const temp = tempRegister();
    const gateway = temp.open();
    const ring = Keyring.open(temp.keyFile, false);
    gateway.transact((unit) => {
      expect(ring.hours()).toEqual([]);
      unit.addVisit(visit());
      expect(ring.hours()).toEqual([hour]);
    });
    ring.close();
  });

  it("an hour's key that was made for a transaction which was undone serves the next", async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    const failing = () =>
      gateway.transact((unit) => {
        unit.addVisit(visit());
        throw new Error('power cut');
      });
    expect(failing).toThrow('power cut');
    add(gateway, '0101');
    gateway.close();
    expect(await read(temp.open())).toEqual(['0101']);
  });

  it("an hour's key is never made over that of another hour: the text stays where it is", async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    add(gateway, '0101');
    const slots = retentionMs / hourMs + 48;
    temp.clock.setWall(nowMs + slots * hourMs);
    const later = nowMs + slots * hourMs;
    const collision = expect.objectContaining({ code: 'keyring.collision' });
    expect(() => add(gateway, '0102', later)).toThrow(collision);
    expect(() => gateway.transact((unit) => unit.alreadyHeld(arrival({ atMs: later })))).toThrow(collision);
    temp.clock.setWall(nowMs);
    expect(await read(gateway)).toEqual(['0101']);
  });

  it("an hour's key is zeroed in memory when its hour ends, and when the register is closed", () => {
    const { keyFile } = tempRegister();
    createKeyring(keyFile, 100);
    const keys = new HourKeys(Keyring.open(keyFile, true), 'aes-256-gcm');
    const zeros = Buffer.alloc(32);
    const [one, other] = [keys.forWriting(hour), keys.forWriting(hour + 1)];
    expect(one.seal.equals(zeros)).toBe(false);
    keys.destroy(hour);
    expect([one.seal, one.lookup, one.fingerprint]).toEqual([zeros, zeros, zeros]);
    expect(keys.forReading(hour)).toBeNull();
    expect(other.seal.equals(zeros)).toBe(false);
    keys.close();
    expect(other.seal).toEqual(zeros);
  });

  it("an hour's key keeps the algorithm that it was made for when another is configured", async () => {
    const temp = tempRegister();
    const first = temp.open();
    add(first, '0101');
    first.close();
    const second = temp.open({ algorithm: 'aria-256-gcm' });
    add(second, '0102', nowMs + 1);
    add(second, '0103', nowMs + hourMs);
    second.close();
    const ring = Keyring.open(temp.keyFile, false);
    expect([hour, hour + 1].map((each) => ring.read(each)?.held.algorithm)).toEqual([
      'aes-256-gcm',
      'aria-256-gcm',
    ]);
    ring.close();
    expect(await read(temp.open())).toEqual(['0101', '0102', '0103']);
  });
});
