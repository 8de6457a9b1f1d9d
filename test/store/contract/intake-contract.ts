import { describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { who } from '../sweep/sweeping.ts';
import { always, arrival, nowMs, part, text, visit } from '../temp-register.ts';
import type { MakeRegister } from './contract-bench.ts';

/** What every engine has to keep of `Intake`: run with a factory that makes an empty register. */
export function intakeContract(engine: string, make: MakeRegister): void {
  describe(`the intake of a register on ${engine}`, () => {
    it('has on disk what a transaction did when it returns', async () => {
      const { intake, reopen } = await make();
      intake.transact((unit) => unit.addVisit(visit()));
      const { records } = await reopen();
      expect(await records.health()).toMatchObject({ visits: 1 });
    });

    it('undoes all of a transaction that throws, and takes the same listing again', async () => {
      const { intake, records } = await make();
      const failing = () =>
        intake.transact((unit) => {
          expect(unit.alreadyHeld(arrival())).toBe(false);
          unit.addVisit(visit());
          unit.addText(text());
          unit.addPart(part());
          throw new Error('refused');
        });
      expect(failing).toThrow('refused');
      expect(failing).toThrow('refused');
      expect(await records.health()).toMatchObject({ visits: 0, unresolved: 0, openParts: 0 });
    });

    it('knows a text with the time of the network again, wherever it comes from', async () => {
      const { intake, reopen } = await make();
      const ask = (unit: Parameters<Parameters<typeof intake.transact>[0]>[0], changes = {}) =>
        unit.alreadyHeld(arrival(changes));
      expect(intake.transact((unit) => ask(unit))).toBe(false);
      expect(intake.transact((unit) => ask(unit, { line: 'line2', place: null }))).toBe(true);
      const again = await reopen();
      expect(again.intake.transact((unit) => ask(unit))).toBe(true);
      expect(again.intake.transact((unit) => ask(unit, { atMs: nowMs + 1_000 }))).toBe(false);
    });

    it('tells texts without such a time apart by their slot, until a listing shows it empty', async () => {
      const { intake } = await make();
      const undated = arrival({ source: 'received', sentAtMs: null });
      const slot = { line: 'line1', memory: 'SM', slot: 1 };
      expect(intake.transact((unit) => unit.alreadyHeld(undated))).toBe(false);
      expect(intake.remembers([slot])).toBe(true);
      expect(intake.transact((unit) => unit.alreadyHeld(undated))).toBe(true);
      intake.transact((unit) => unit.slotsInUse('line1', 'SM', [2]));
      expect(intake.remembers([slot])).toBe(false);
      expect(intake.transact((unit) => unit.alreadyHeld(undated))).toBe(false);
    });

    it('tells which slots hold an undated text, until they are freed', async () => {
      const { intake } = await make();
      const held = (slot: number, octets: string) =>
        intake.transact((unit) =>
          unit.alreadyHeld(
            arrival({
              ...{ source: 'received', sentAtMs: null, octets: Buffer.from(octets) },
              place: { memory: 'smpp', slot },
            }),
          ),
        );
      const holding = (octets: string, line = 'line1') =>
        intake.remembered(line, 'smpp').slotsHolding(Buffer.from(octets));
      expect([held(7, ' one'), held(9, ' two'), held(11, ' one')]).toEqual([false, false, false]);
      expect(intake.remembered('line1', 'smpp').slots).toEqual([7, 9, 11]);
      expect([holding(' one'), holding(' two'), holding(' three')]).toEqual([[7, 11], [9], []]);
      expect(holding(' one', 'line2')).toEqual([]);
      intake.transact((unit) => unit.slotsFreed('line1', 'smpp', [7, 11]));
      expect([holding(' one'), holding(' two')]).toEqual([[], [9]]);
      expect(held(8, ' one')).toBe(false);
    });

    it('knows a text again by what its sender named it, whatever it says and whenever it comes', async () => {
      const { intake, clock, reopen } = await make();
      const ask = (from: typeof intake, name: string, changes = {}) =>
        from.transact((unit) => unit.alreadyHeld(arrival({ name, place: null, ...changes })));
      const name = '01055500123';
      expect([ask(intake, name), ask(intake, name)]).toEqual([false, true]);
      expect(ask(intake, name, { octets: Buffer.from('others'), source: 'received', sentAtMs: null })).toBe(
        true,
      );
      expect(ask(intake, name, { line: 'line2' })).toBe(false);
      // The same octets at the same second are two texts, if their sender says so.
      expect([ask(intake, 'b'), ask(intake, 'c')]).toEqual([false, false]);
      await clock.advance(27 * dayMs);
      const again = await reopen();
      expect(ask(again.intake, name, { atMs: nowMs + 27 * dayMs })).toBe(true);
      expect(ask(again.intake, 'd', { atMs: nowMs + 27 * dayMs })).toBe(false);
    });

    it('forgets the name of a text that was undone, and every name with its hours', async () => {
      const { intake, records, clock } = await make();
      const ask = (name: string, atMs = nowMs) =>
        intake.transact((unit) => unit.alreadyHeld(arrival({ name, place: null, atMs })));
      const undone = () =>
        intake.transact((unit) => {
          unit.alreadyHeld(arrival({ name: 'a', place: null }));
          throw new Error('refused');
        });
      expect(undone).toThrow('refused');
      expect(ask('a')).toBe(false);
      await clock.advance(29 * dayMs);
      const { rows } = await records.sweep({ who, command: 'sweep', force: true });
      expect(rows).toMatchObject({ seen: 1 });
      expect(ask('a', clock.wallMs())).toBe(false);
    });

    it('joins the segments of a text in whatever order they come', async () => {
      const { intake, records } = await make();
      const add = (seq: number) => intake.transact((unit) => unit.addPart(part({ seq })));
      expect([add(3), add(1)]).toEqual([null, null]);
      const set = add(2);
      expect(set).toMatchObject({ total: 3, complete: true });
      expect(set?.parts.map(({ seq, octets }) => [seq, Buffer.from(octets).toString()])).toEqual([
        [1, 'segment 1'],
        [2, 'segment 2'],
        [3, 'segment 3'],
      ]);
      expect(await records.health()).toMatchObject({ openParts: 0 });
    });

    it('gives up a set that has waited a day, once', async () => {
      const { intake, clock } = await make();
      intake.transact((unit) => unit.addPart(part({ seq: 2 })));
      await clock.advance(dayMs - 1);
      expect(intake.transact((unit) => unit.takeOverdueSets())).toEqual([]);
      await clock.advance(1);
      expect(intake.transact((unit) => unit.takeOverdueSets())).toMatchObject([
        { total: 3, complete: false, parts: [{ seq: 2 }] },
      ]);
      expect(intake.transact((unit) => unit.takeOverdueSets())).toEqual([]);
    });

    it('removes a text once', async () => {
      const { intake, records } = await make();
      const id = intake.transact((unit) => unit.addText(text()));
      const removed = () => intake.transact((unit) => unit.removeText({ id, atMs: nowMs }));
      expect([removed(), removed()]).toEqual([true, false]);
      expect(await collect(records.texts(always))).toEqual([]);
    });

    it('keeps what it knows of SIMs and modems', async () => {
      const { intake, reopen } = await make();
      expect(intake.lineIdentities.of('line1')).toBeNull();
      intake.lineIdentities.put('line1', { imei: '1', iccid: '2', imsi: null });
      intake.pinAttempts.remember('8982');
      const again = (await reopen()).intake;
      expect(again.lineIdentities.of('line1')).toEqual({ imei: '1', iccid: '2', imsi: null });
      expect([again.pinAttempts.failed('8982'), again.pinAttempts.failed('8983')]).toEqual([true, false]);
      again.pinAttempts.forget('8982');
      expect(again.pinAttempts.failed('8982')).toBe(false);
    });

    it('spools texts in order until it has them all', async () => {
      const { intake, reopen } = await make();
      const ids = ['one', 'two'].map((plain) => intake.spool.put(Buffer.from(plain), nowMs - hourMs));
      const { spool } = (await reopen()).intake;
      const { texts, unreadable } = spool.recover();
      expect(texts.map(({ id, plain }) => [id, plain.toString()])).toEqual([
        [ids[0], 'one'],
        [ids[1], 'two'],
      ]);
      expect(unreadable).toBe(0);
      expect([spool.done(ids.slice(0, 1)), spool.done(ids.slice(1))]).toEqual([false, true]);
    });
  });
}
