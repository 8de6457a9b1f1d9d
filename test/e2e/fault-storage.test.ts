import { describe, expect, it } from 'vitest';
import type { FamilyName } from '../../src/simulator/families/families.ts';
import { startFaultBench } from '../support/fault-play.ts';
import { expectedOf } from '../support/recorded.ts';
import { expectSaneCommands, main, on, survives } from '../support/survives.ts';

/** Rows C1 to C22 of docs/FAULTS.md: the modem's memories. */
describe('the memories survive', () => {
  it.each(on(main, 'cmti-other-mem'))(
    'C1 cmti-other-mem: an announcement that names another memory leads to the text all the same ($family)',
    (play) => survives(play),
  );

  it.each(on(main, 'cmti-no-index'))(
    'C2 cmti-no-index: a text announced without a slot is looked for everywhere, and that is reported ($family)',
    (play) => survives({ ...play, tells: ['line.text-without-slot'] }),
  );

  it.each(on(main, 'cmti-lost'))(
    'C3 cmti-lost: what was never announced is received within the poll interval ($family)',
    (play) =>
      survives(play, async (bench) => {
        const { deleted } = bench.modem.network.journal.counts();
        await bench.text(1);
        await bench.clock.advance(31_000);
        expect(bench.modem.network.journal.counts().deleted).toBeGreaterThan(deleted);
      }),
  );

  it.each(on(main, 'text-lost:every=3'))(
    'C23 text-lost: announced texts that are nowhere cost no other text, and are reported ($family)',
    (play) =>
      survives({ ...play, commandsPerMinute: 200, tells: ['line.text-missing'] }, (bench) => {
        expect(bench.report()).toMatchObject({ reason: 'texts.missing', alarms: ['texts.missing'] });
      }),
  );

  it.each([
    ...on(main, 'store-full:free=1'),
    ...on(['huawei', 'ec25'], 'store-full:free=0,backlog=40s', { patienceMs: 1_800_000 }),
  ])(
    'C4 store-full: a memory that is full without a notification is emptied, and the backlog of the network comes through ($family, $fault)',
    (play) => survives({ ...play, during: 30, everyMs: 500, commandsPerMinute: 150 }),
  );

  it('C4 store-full: a backlog of 255 texts in a full memory and as many behind it is received, each once', async () => {
    const bench = await startFaultBench({
      modems: [{ family: 'ec25', capacity: 255 }],
      waiting: 300,
      visitors: { plain: true },
    });
    try {
      expect(bench.modem.network.journal.counts()).toMatchObject({ stored: 255, queued: 45 });
      expect(await bench.emptied(300_000)).toBe(true);
      await bench.clock.advance(60_000);
      expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
      // One listing and its deletions, not one listing for each text.
      expect(bench.commands.filter(({ text }) => text === 'AT+CMGL=4').length).toBeLessThan(15);
      expect(bench.report().storage).toMatchObject({ used: 0 });
    } finally {
      await bench.close();
    }
  });

  it('C4 store-full: a full memory is reported while it lasts, from 70 % on and if the modem says so', async () => {
    const bench = await startFaultBench({ modems: [{ family: 'huawei', capacity: 20 }] });
    try {
      await bench.until(() => bench.report().state === 'ready', 60_000);
      // Nothing is deleted: the modem fills up, as it would behind a full disk.
      bench.modem.faults.add('cmgd-fails:every=1,how=error,tries=0');
      await bench.text(18, 1_000);
      await bench.clock.advance(120_000);
      expect(bench.log.map(({ event }) => event)).toContain('line.storage-filling');
      await bench.text(4, 1_000);
      await bench.clock.advance(60_000);
      expect(bench.log.map(({ event }) => event)).toContain('line.storage-full');
      expect(bench.report().storage).toMatchObject({ used: 20, total: 20 });
    } finally {
      await bench.close();
    }
  });

  it.each([
    ...on(main, 'cpms-count-lies:every=1,says=none'),
    ...on(main, 'cpms-count-lies:every=2,says=more'),
  ])(
    'C5 cpms-count-lies: a wrong count keeps nothing from being listed, and starts no storm ($family, $fault)',
    (play) => survives(play),
  );

  it.each([
    ...on(['huawei', 'sim800', 't77w968'], 'mem3-trap:yes'),
    ...on(['huawei', 'sim800', 't77w968'], 'mem3-trap:no'),
  ])(
    'C6 mem3-trap: texts that go to another memory than the one that is read are found there ($family, $fault)',
    (play) => survives(play),
  );

  it.each([
    ...['0', '1', '26', '900'].flatMap((base) => on(['huawei', 'sim800'], `index-base:${base}`)),
    ...on(['ec25'], 'index-base:1', { beside: ['cmgl-dead:error'], commandsPerMinute: 250 }),
  ])('C7 index-base: slots are called what the modem calls them ($family, $fault, $beside)', (play) =>
    survives(play),
  );

  it.each(
    ['ok', 'zeros', '321', '320', '500', 'error'].flatMap((how) =>
      on(['huawei', 'ec25'], `empty-slot:${how}`, { beside: ['cmgl-dead:error'], commandsPerMinute: 250 }),
    ),
  )('C8 empty-slot: an empty slot that is read alone is recognised in every form ($family, $fault)', (play) =>
    survives(play, (bench) => expect(bench.trail()).not.toContain('recovering line.lost')),
  );

  it.each([
    ...on(main, 'cmgl-dead:silent', { commandsPerMinute: 250 }),
    ...on(main, 'cmgl-dead:error', { commandsPerMinute: 250 }),
  ])(
    'C9 cmgl-dead: a line reads slot by slot if listing never works, and says that it failed ($family, $fault)',
    (play) => survives({ ...play, tells: ['line.listing-failed'] }),
  );

  it.each(on(['huawei', 'sim800', 'ec25'], 'cmgl-partial'))(
    'C10 cmgl-partial: texts that a listing leaves out are found by their count ($family)',
    (play) => survives({ ...play, tells: ['line.listing-partial'] }),
  );

  it.each(on(['sim7600', 'zte'], 'cmgl-partial'))(
    'C10 cmgl-partial: texts that a listing leaves out of a memory beside the one in use are found ($family)',
    (play) => survives(play),
  );

  it.each([
    ...['ok', 'error', 'cms'].flatMap((how) => on(main, `cmgd-fails:every=3,how=${how}`)),
    ...on(['huawei', 'ec25'], 'cmgd-fails:every=6,how=silent', { patienceMs: 1_800_000 }),
  ])(
    'C11 cmgd-fails: a text that comes back after its deletion is deleted again and recorded once ($family, $fault)',
    (play) => survives(play),
  );

  it.each(
    ['ok', 'silent', 'error'].flatMap((how) =>
      on(main, 'poison-pdu', { beside: [`cmgd-fails:every=2,how=${how},tries=2`], patienceMs: 1_800_000 }),
    ),
  )(
    'C11 cmgd-fails: an unreadable text that the modem keeps although it said OK is recorded once ($family, $beside)',
    (play) => survives(play),
  );

  it.each(main)(
    'C11 cmgd-fails, G9 head-of-line: a slot that is never freed is named and left alone, and those behind it are not (%s)',
    async (family) => {
      const bench = await startFaultBench({
        modems: [{ family, faults: ['cmgd-fails:every=5,tries=0'] }],
        waiting: 5,
      });
      try {
        await bench.text(10, 3_000);
        await bench.clock.advance(900_000);
        const { stored, deleted, lost } = bench.modem.network.journal.counts();
        expect(stored).toBeGreaterThan(0);
        expect({ lost, queued: bench.modem.network.waiting }).toEqual({ lost: 0, queued: 0 });
        expect(deleted).toBeGreaterThan(stored);
        expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
        expect(bench.log.map(({ event }) => event)).toContain('line.slot-undeletable');
        expect(bench.report()).toMatchObject({ state: 'ready', undeletable: stored });
        expectSaneCommands(bench, {});
      } finally {
        await bench.close();
      }
    },
  );

  it.each(
    ['no-flag', 'range', 'used', 'fixed', 'comma'].flatMap((how) =>
      on(['huawei', 'ec25'], `cmgd-dialects:${how}`),
    ),
  )('C12 cmgd-dialects: a deletion names one slot, and never all ($family, $fault)', (play) =>
    survives(play),
  );

  it.each(
    on(['ec25', 'huawei'], 'cmgd-dialects:no-flag', { beside: ['cmgd-fails:every=3,how=error,tries=1'] }),
  )(
    'C12 cmgd-dialects: a second try with a flag that the modem refuses is followed by one without ($family)',
    (play) => survives(play),
  );

  it.each(main)(
    'C13 slot-reuse: of a text that took a freed slot, nothing is deleted by what an older listing showed (%s)',
    async (family) => {
      const bench = await startFaultBench({ modems: [{ family }], waiting: 6 });
      try {
        // The modem boots anew between a listing and its deletions; what is in the slots now is another text.
        let struck = 0;
        bench.modem.watch({
          command(line) {
            if (!line.startsWith('AT+CMGL') || struck >= 3) return;
            struck += 1;
            bench.clock.after(1, () => bench.modem.reboot('silent'));
          },
        });
        await bench.text(10, 5_000);
        expect(await bench.emptied(900_000)).toBe(true);
        expect(bench.modem.network.journal.counts().lost).toBe(0);
        expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
      } finally {
        await bench.close();
      }
    },
  );

  const shared = on(['a7670', 'sim7600', 'ec25'], 'parts-share-index');

  it.each(shared)(
    'C14 parts-share-index: every part under one number is taken before the number is freed ($family)',
    ({ family, fault }) => longTexts(family, fault, 60),
  );

  it.each(shared)(
    'C14 parts-share-index: a part that comes beside another while a full memory is emptied is not lost ($family)',
    ({ family, fault }) => longTexts(family, fault, 5),
  );

  it.each([...on(main, 'direct-cmt:every=2,how=only'), ...on(main, 'direct-cmt:every=2,how=both')])(
    'C15 direct-cmt: a text that comes directly, alone or beside a stored copy, is recorded once ($family, $fault)',
    (play) => survives({ ...play, undatedMayDouble: true }),
  );

  it.each(on(['ec25', 'mc75i', 'huawei'], 'cnma-needed'))(
    'C16 cnma-needed: direct texts are acknowledged in time, and go on coming ($family)',
    (play) => survives(play),
  );

  it.each(on(main, 'cdsi-trap'))(
    'C17 cdsi-trap: a text that is announced as a report is a text ($family)',
    (play) => survives(play),
  );

  it.each([...on(main, 'poison-pdu'), ...on(main, 'poison-pdu:rounds=3,each=7s', { later: true })])(
    'C18 poison-pdu, G9 head-of-line: an unreadable text is kept as it came, and those behind it are read ($family, $fault)',
    (play) => survives(play),
  );

  it.each(on(main, 'read-flag'))(
    'C19 read-flag: texts that are marked as read are received too ($family)',
    (play) => survives(play),
  );

  it.each(on(main, 'sim-class2-drafts'))(
    'C21 sim-class2-drafts: what goes to the card is read there, and drafts do not fill it ($family)',
    (play) => survives(play),
  );

  it.each(on(main, 'mms-push-pile:rounds=12,each=4s', { later: true }))(
    'C22 mms-push-pile: announcements of MMS are kept as notices, counted, and fill no memory ($family)',
    ({ family, fault }) => mmsPile(family, fault),
  );
});

async function mmsPile(family: FamilyName, fault: string): Promise<void> {
  const bench = await startFaultBench({ modems: [{ family }], waiting: 3 });
  try {
    await bench.until(() => bench.report().state === 'ready', 60_000);
    bench.modem.faults.add(fault);
    await bench.text(10, 6_000);
    expect(await bench.emptied(300_000)).toBe(true);
    await bench.clock.advance(60_000);
    const expected = expectedOf(bench.sent);
    expect((await bench.recorded()).visits).toEqual(expected.visits);
    const mms = (texts: readonly string[]) => texts.filter((text) => text === 'notice mms').length;
    expect(mms((await bench.recorded()).texts)).toBe(mms(expected.texts) + 12);
  } finally {
    await bench.close();
  }
}

async function longTexts(family: FamilyName, fault: string, capacity: number): Promise<void> {
  const bench = await startFaultBench({ modems: [{ family, capacity, faults: [fault] }], waiting: 2 });
  try {
    for (let i = 0; i < 8; i += 1) bench.textLike(({ parts }) => parts.length > 1);
    expect(await bench.emptied(900_000)).toBe(true);
    await bench.clock.advance(60_000);
    expect(bench.modem.network.journal.counts().lost).toBe(0);
    expect(await bench.recorded()).toEqual(expectedOf(bench.sent));
  } finally {
    await bench.close();
  }
}
