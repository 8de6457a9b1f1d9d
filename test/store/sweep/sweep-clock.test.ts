import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import { hourOf } from '../../../src/store/hour.ts';
import type { Register, RegisterOptions } from '../../../src/store/register-types.ts';
import { arrival, nowMs, retentionMs, type TempRegister, tempRegister, visit } from '../temp-register.ts';
import { keysOf, ledgerOf, sweep, type TestMachine, tables, testMachine } from './sweeping.ts';

const epochMs = Date.UTC(1970, 0, 1, 0, 2, 0);
const weekMs = 7 * dayMs;

interface Gateway {
  readonly temp: TempRegister;
  readonly machine: TestMachine;
  register: Register;
  /** A visit now, by the register's clock, as a text without a time of its own brings it. */
  receive(visitor: string): void;
  /** The machine is off for a while, and comes back with this date. */
  off(durationMs: number, wallMs: number): Promise<void>;
}

function gateway(startMs = nowMs): Gateway {
  const temp = tempRegister();
  temp.clock.setWall(startMs);
  const machine = testMachine(temp.clock);
  const options: Partial<RegisterOptions> = { machine };
  const opened: Gateway = {
    temp,
    machine,
    register: temp.open(options),
    receive(visitor) {
      const atMs = opened.register.clock.wallMs();
      opened.register.transact((unit) => {
        unit.alreadyHeld(
          arrival({ atMs, source: 'received', sentAtMs: null, octets: Buffer.from(`text of ${visitor}`) }),
        );
        unit.addVisit(visit({ visitor, atMs, receivedAtMs: atMs }));
      });
    },
    async off(durationMs, wallMs) {
      opened.register.close();
      await temp.clock.advance(durationMs);
      temp.clock.setWall(wallMs);
      machine.restart();
      opened.register = temp.open(options);
    },
  };
  return opened;
}

/** A visit each day for four weeks, swept each week. */
async function fourWeeks({ temp, register, receive }: Gateway): Promise<void> {
  for (let day = 0; day < 28; day += 1) {
    receive(`0100${day}`);
    if (day % 7 === 0) await sweep(register);
    await temp.clock.advance(dayMs);
  }
  await sweep(register);
}

const left = ({ temp }: Gateway) => tables(temp).visits;

describe('a machine whose clock starts years back, without a battery', () => {
  it('a machine whose clock starts years back, without a battery loses no living hour, takes texts all the same, and loses none when its clock is set right', async () => {
    const site = gateway();
    await fourWeeks(site);
    const stayed = left(site);
    await site.off(2 * hourMs, epochMs);
    expect(await sweep(site.register)).toMatchObject({
      keys: 0,
      clock: { standing: 'behind', waiting: false },
    });
    site.receive('01055550001');
    await site.temp.clock.advance(10 * 60_000);
    site.receive('01055550002');
    expect(left(site)).toBe((stayed ?? 0) + 2);
    site.temp.clock.setWall(nowMs + 4 * weekMs + 3 * hourMs);
    site.machine.synchronise();
    expect(await sweep(site.register)).toMatchObject({
      keys: 1,
      misdated: 1,
      clock: { standing: 'corrected' },
    });
    // The first hour of all has ended meanwhile.
    expect(left(site)).toBe((stayed ?? 0) - 1 + 2);
  });

  it('a machine whose clock starts years back, without a battery goes on forgetting by its uptime, as long as its clock stays wrong', async () => {
    const site = gateway();
    await fourWeeks(site);
    await site.off(hourMs, epochMs);
    for (let day = 0; day < 28; day += 1) {
      await sweep(site.register);
      await site.temp.clock.advance(dayMs);
    }
    await site.temp.clock.advance(hourMs);
    await sweep(site.register);
    expect(left(site)).toBe(0);
    expect(keysOf(site.temp)).toEqual([]);
  });

  it('a machine whose clock starts years back, without a battery keeps what came at its very first start for four weeks from then, not from 1970', async () => {
    const site = gateway(epochMs);
    await sweep(site.register);
    site.receive('01055550001');
    await site.temp.clock.advance(90 * 60_000);
    site.receive('01055550002');
    site.temp.clock.setWall(nowMs);
    site.machine.synchronise();
    expect(await sweep(site.register)).toMatchObject({
      keys: 0,
      misdated: 2,
      clock: { standing: 'corrected' },
    });
    expect(left(site)).toBe(2);
    await site.temp.clock.advance(retentionMs - 3 * hourMs);
    await sweep(site.register);
    expect(left(site)).toBe(2);
    await site.temp.clock.advance(4 * hourMs);
    await sweep(site.register);
    expect({ left: left(site), keys: keysOf(site.temp), misdated: tables(site.temp).misdated }).toEqual({
      left: 0,
      keys: [],
      misdated: 0,
    });
  });

  it('a machine whose clock starts years back, without a battery finds room in the keyring for texts although their hours would collide', async () => {
    const site = gateway();
    await fourWeeks(site);
    await site.off(hourMs, epochMs);
    for (let hour = 0; hour < 30; hour += 1) {
      site.receive(`0109${hour}`);
      await site.temp.clock.advance(hourMs);
    }
    expect(left(site)).toBe(28 + 30);
  });
});

describe('a machine that was off for five weeks', () => {
  async function backAgain(): Promise<Gateway> {
    const site = gateway();
    await fourWeeks(site);
    await site.off(5 * weekMs, nowMs + 9 * weekMs);
    return site;
  }

  it('a machine that was off for five weeks waits with its sweep, and says so', async () => {
    const site = await backAgain();
    const { clock, keys } = await sweep(site.register);
    expect({ clock, keys }).toMatchObject({
      clock: { standing: 'leapt', waiting: true, doubtful: 28 },
      keys: 0,
    });
    expect(left(site)).toBe(28);
    expect(await sweep(site.register)).toMatchObject({ clock: { waiting: true } });
  });

  it.each<[string, (site: Gateway) => Promise<unknown>]>([
    ['a text has come', async ({ register, temp }) => register.noteNetworkTime(temp.clock.wallMs() - 5_000)],
    ['the time service has set the clock', async ({ machine }) => machine.synchronise()],
    ['somebody forces it', ({ register }) => sweep(register, { force: true })],
  ])('a machine that was off for five weeks sweeps as soon as %s', async (_, tell) => {
    const site = await backAgain();
    await sweep(site.register);
    await site.temp.clock.advance(30 * 60_000);
    await tell(site);
    await sweep(site.register);
    expect({ left: left(site), keys: keysOf(site.temp) }).toEqual({ left: 0, keys: [] });
    expect(ledgerOf(site.temp).at(-1)).toMatchObject({ keys: 28, rows: { visits: 28 } });
    expect(await sweep(site.register)).toMatchObject({ clock: { standing: 'sound', waiting: false } });
  });

  it('a machine that was off for five weeks keeps what comes while it waits', async () => {
    const site = await backAgain();
    await sweep(site.register);
    // Slots of the ring are still taken by hours that are past: the text waits in the modem, its time is heard.
    const lateHour = hourOf(site.register.clock.wallMs());
    const taken = keysOf(site.temp).some((hour) => hour % 720 === lateHour % 720);
    if (!taken) site.receive('01055550001');
    site.register.noteNetworkTime(site.temp.clock.wallMs());
    await sweep(site.register);
    if (taken) site.receive('01055550001');
    expect(left(site)).toBe(1);
    await sweep(site.register);
    expect(left(site)).toBe(1);
  });
});

describe('a machine whose clock is set far ahead by mistake', () => {
  it('a machine whose clock is set far ahead by mistake destroys nothing, and stamps texts by what the network says', async () => {
    const site = gateway();
    await fourWeeks(site);
    const stayed = left(site);
    site.temp.clock.setWall(Date.UTC(2099, 0, 1));
    expect(await sweep(site.register)).toMatchObject({
      keys: 0,
      clock: { standing: 'leapt', waiting: true },
    });
    site.register.noteNetworkTime(nowMs + 4 * weekMs);
    expect(await sweep(site.register)).toMatchObject({
      keys: 0,
      clock: { standing: 'ahead', waiting: true },
    });
    site.receive('01055550001');
    expect(keysOf(site.temp)).toContain(hourOf(nowMs + 4 * weekMs));
    site.temp.clock.setWall(nowMs + 4 * weekMs + 60_000);
    expect(await sweep(site.register)).toMatchObject({ keys: 0, clock: { standing: 'sound' } });
    expect(left(site)).toBe((stayed ?? 0) + 1);
  });

  it('a machine whose clock is set far ahead by mistake keeps what it stored under that date for one retention, not until 2099', async () => {
    const site = gateway(Date.UTC(2099, 0, 1));
    await sweep(site.register);
    site.receive('01055550001');
    await site.off(60_000, nowMs);
    site.machine.synchronise();
    expect(await sweep(site.register)).toMatchObject({ keys: 0, misdated: 1 });
    await site.temp.clock.advance(retentionMs - 1);
    expect(await sweep(site.register)).toMatchObject({ keys: 0 });
    await site.temp.clock.advance(1);
    expect(await sweep(site.register)).toMatchObject({ keys: 1, rows: { visits: 1 } });
  });

  it('a machine whose clock is set far ahead by mistake destroys by a share of 25 % at most, and by the configured one', async () => {
    const site = gateway();
    for (let hour = 0; hour < 100; hour += 1) {
      site.receive(`0100${hour}`);
      await site.temp.clock.advance(hourMs);
    }
    await sweep(site.register);
    const lastEndMs = hourOf(nowMs) * hourMs + 100 * hourMs + retentionMs;
    site.temp.clock.setWall(lastEndMs - 74 * hourMs);
    expect(await site.register.planSweep()).toMatchObject({ keys: 0, clock: { doubtful: 26, living: 100 } });
    expect(await site.register.planSweep({ maxShare: 0.3 })).toMatchObject({ keys: 26 });
    site.temp.clock.setWall(lastEndMs - 75 * hourMs);
    expect(await site.register.planSweep()).toMatchObject({
      keys: 25,
      clock: { doubtful: 25, waiting: false },
    });
  });
});

describe('a machine whose clock runs away by small steps', () => {
  async function filled(): Promise<Gateway> {
    const site = gateway();
    await fourWeeks(site);
    return site;
  }

  it('a machine whose clock runs sixty times too fast destroys by the share at most, and waits', async () => {
    const site = await filled();
    const living = left(site) ?? 0;
    let waiting = false;
    for (let sweeps = 0; sweeps < 10 * 24; sweeps += 1) {
      await site.temp.clock.advance(60_000);
      site.temp.clock.setWall(site.temp.clock.wallMs() + 59 * 60_000);
      waiting = (await sweep(site.register)).clock.waiting;
    }
    expect([left(site), waiting]).toEqual([expect.toSatisfy((rows: number) => rows >= living * 0.7), true]);
  });

  it('a machine whose clock leaps a few days again and again destroys by the share once', async () => {
    const site = await filled();
    const living = left(site) ?? 0;
    for (const days of [6, 5, 4, 3, 3, 2, 2, 2]) {
      site.temp.clock.setWall(site.temp.clock.wallMs() + days * dayMs);
      await sweep(site.register);
    }
    expect(left(site)).toBeGreaterThanOrEqual(living * 0.7);
  });

  it('a machine whose clock stands still goes on forgetting by its uptime', async () => {
    const site = await filled();
    const standsMs = site.temp.clock.wallMs();
    const [first = 0] = keysOf(site.temp);
    for (let sweeps = 0; sweeps < 3 * 27; sweeps += 1) {
      await site.temp.clock.advance(20 * 60_000);
      site.temp.clock.setWall(standsMs);
      await sweep(site.register);
    }
    expect(keysOf(site.temp)).not.toContain(first);
  });
});

describe('a machine of which one witness lies by weeks', () => {
  const decadesMs = 57 * 365 * dayMs;

  it.each<[string, (site: Gateway) => unknown]>([
    ['its date is weeks ahead', ({ temp }) => temp.clock.setWall(temp.clock.wallMs() + 26.9 * dayMs)],
    ['its uptime leapt by decades', ({ machine }) => machine.leapUptime(decadesMs)],
    [
      'its uptime leapt by decades, and its date by weeks',
      ({ machine, temp }) => {
        machine.leapUptime(decadesMs);
        temp.clock.setWall(temp.clock.wallMs() + 26.9 * dayMs);
      },
    ],
    [
      'its register lost its mark, and its date is weeks ahead',
      async (site) => {
        const db = new Database(databasePath(site.temp.dataDir));
        db.exec("DELETE FROM meta WHERE name = 'time'");
        db.close();
        await site.off(0, site.temp.clock.wallMs() + 26.9 * dayMs);
      },
    ],
    [
      'its register has the mark of decades from now',
      ({ temp }) => {
        const db = new Database(databasePath(temp.dataDir));
        const move = `json_set(value, '$.mark.atMs', json_extract(value, '$.mark.atMs') + ${decadesMs})`;
        db.exec(`UPDATE meta SET value = ${move} WHERE name = 'time'`);
        db.close();
      },
    ],
  ])('destroys nothing beyond the share and calls nothing expired, although %s', async (_, lie) => {
    const site = gateway();
    await fourWeeks(site);
    // The first row's time is past; its hour, and so the row, goes on for some minutes.
    const before = { keys: keysOf(site.temp).length, shown: (left(site) ?? 0) - 1 };
    await lie(site);
    const ever = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
    const reader = site.temp.open({ role: 'reader', machine: site.machine });
    const shown = async () => (await collect(reader.visits(ever))).length;
    expect(await shown()).toBeGreaterThanOrEqual(before.shown);
    await sweep(site.register);
    expect(keysOf(site.temp).length).toBeGreaterThanOrEqual(before.keys * 0.75);
    expect(await shown()).toBeGreaterThanOrEqual((left(site) ?? 0) - 1);
  });

  it('ends no hour at once because its uptime leapt before anything confirmed its date', async () => {
    const site = gateway();
    await fourWeeks(site);
    const keys = keysOf(site.temp).length;
    site.machine.leapUptime(decadesMs);
    site.machine.synchronise();
    expect(await sweep(site.register)).toMatchObject({ keys: 0, clock: { standing: 'corrected' } });
    expect(keysOf(site.temp)).toHaveLength(keys);
  });
});
