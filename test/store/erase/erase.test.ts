import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { formatHex } from '../../../src/base/bytes.ts';
import { visitorFinder } from '../../../src/cli/erase/visitor-finder.ts';
import { parseAddress } from '../../../src/sms/address.ts';
import { encodeDeliver } from '../../../src/sms/deliver.ts';
import { encodeText } from '../../../src/sms/encode-text.ts';
import { encodeTimestamp } from '../../../src/sms/scts.ts';
import { openAuditReader } from '../../../src/store/audit/audit-reader.ts';
import type { Actor } from '../../../src/store/audit/audit-types.ts';
import { databasePath } from '../../../src/store/database/database.ts';
import { countTraces } from '../../../src/store/erase/traces.ts';
import type { NewText } from '../../../src/store/intake.ts';
import type { Register } from '../../../src/store/register-types.ts';
import { always, arrival, filesWith, nowMs, part, tempRegister, text, visit } from '../temp-register.ts';

const visitor = '01055500123';
const other = '01055500124';
const who: Actor = { uid: 1, user: 'tester', sudo: null, login: null, session: null };
const hour = Math.floor(nowMs / hourMs);
/** TP-OA as a modem prints it: semi-octets, the odd digit filled with F (3GPP TS 23.040 §9.1.2.3). */
const addressOf = { national: '1050550021F3', international: '280155051032' } as const;
const nothing = { visits: 0, unresolved: 0, undecodable: 0, notices: 0, parts: 0 };

function fill(register: Register, sender: string, hours: readonly number[]): void {
  register.transact((unit) => {
    for (const ago of hours) {
      const atMs = nowMs - ago * hourMs;
      unit.addVisit(visit({ visitor: sender, atMs }));
      unit.addVisit(visit({ visitor: sender, atMs, venue: '0313242115' }));
      unit.addText(text({ sender, atMs }));
      unit.addText(text({ sender, atMs, kind: 'notice', reason: 'delivery-report' }));
      unit.addPart(part({ sender, atMs, ref: ago, seq: 1, total: 2 }));
    }
  });
}

const visitors = async (register: Register) =>
  (await collect(register.visits(always))).map((row) => row.visitor);
const senders = async (register: Register) =>
  (await collect(register.texts(always))).map((row) => row.sender);

describe('erasing a visitor', () => {
  it('erasing a visitor removes visits, texts and parts from every hour, and nothing of anybody else', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, visitor, [0, 3, 100, 600]);
    fill(register, other, [0, 3, 5]);
    const erased = await register.erase(visitorFinder(visitor), who);
    expect(erased.rows).toEqual({ ...nothing, visits: 8, unresolved: 4, notices: 4, parts: 4 });
    expect(erased.hours).toEqual([hour - 600, hour - 100, hour - 3, hour]);
    expect(await visitors(register)).toEqual(Array.from({ length: 6 }, () => other));
    expect(await senders(register)).toEqual(Array.from({ length: 6 }, () => other));
    expect(await register.health()).toMatchObject({ visits: 6, unresolved: 3, notices: 3, openParts: 3 });
    expect(await register.erase(visitorFinder(visitor), who)).toMatchObject({ rows: nothing, hours: [] });
  });

  it('erasing a visitor says first what it would remove', async () => {
    const register = tempRegister().open();
    fill(register, visitor, [0, 1]);
    const traces = await register.tracesOf(visitorFinder(visitor));
    expect(countTraces(traces.rows)).toEqual({ ...nothing, visits: 4, unresolved: 2, notices: 2, parts: 2 });
    expect(await visitors(register)).toHaveLength(4);
    expect(countTraces((await register.tracesOf(visitorFinder(other))).rows)).toEqual(nothing);
  });

  it.each<[string, Partial<NewText>, boolean]>([
    [
      'an undecodable PDU with the number as a national address',
      { pdu: `0004${addressOf.national}FF` },
      true,
    ],
    ['the same in small letters', { pdu: `0004${addressOf.national}ff`.toLowerCase() }, true],
    [
      'an undecodable PDU with it as an international address',
      { pdu: `00040C91${addressOf.international}` },
      true,
    ],
    ['a line that is no PDU, with its digits', { pdu: `+CMT: "${visitor}",,"26/11/23"` }, true],
    ['an undecodable PDU of a number with another last digit', { pdu: '00041050550021F4' }, false],
    ['an undecodable PDU without any number', { pdu: 'FFFFFFFF' }, false],
  ])('erasing a visitor removes what has no sender but may be theirs: %s', async (_, changes, theirs) => {
    const register = tempRegister().open();
    register.transact((unit) =>
      unit.addText(text({ kind: 'undecodable', sender: null, text: null, ...changes })),
    );
    const { rows } = await register.erase(visitorFinder(visitor), who);
    expect(rows).toEqual({ ...nothing, undecodable: theirs ? 1 : 0 });
  });

  it.each([
    ['010-5550-0123 왔어요', 1],
    ['제 번호는 ０１０ ５５５０ ０１２３', 1],
    ['+82 10 5550 0123', 1],
    ['일행 5550-0123 입니다', 1],
    ['5550 0123', 1],
    ['영수증 755500123', 0],
    ['010-5550-0124', 0],
    ['', 0],
  ])(
    "erasing a visitor stars their number in another's text, keeps the text, and counts it: %j",
    async (words, mentions) => {
      const register = tempRegister().open();
      register.transact((unit) => unit.addText(text({ sender: other, text: words })));
      expect(await register.tracesOf(visitorFinder(visitor))).toEqual({
        ...{ rows: [], mentions, asVenue: 0, place: null, pseudonyms: 0, waitingTexts: 0, spooled: 0 },
      });
      expect((await register.erase(visitorFinder(visitor), who)).starred).toBe(mentions);
      const [kept] = await collect(register.texts(always));
      expect(kept).toMatchObject({ sender: other, kind: 'unresolved' });
      expect([kept?.text === words, kept?.pdu === '']).toEqual([mentions === 0, mentions > 0]);
      expect((await register.tracesOf(visitorFinder(visitor))).mentions).toBe(0);
      expect(await register.health()).toMatchObject({ unresolved: 1 });
    },
  );

  const hexOf = (octets: Uint8Array) => formatHex(octets);
  const tpduOf = (words: string, alphabet: 'gsm7' | 'ucs2') =>
    `00${hexOf(encodeDeliver({ sender: parseAddress(other), sentAt: encodeTimestamp(nowMs, 540), ...first(encodeText(words, { alphabet })) }))}`;
  const first = <T>([item]: readonly T[]): T => item as T;

  it.each<[string, Partial<NewText>, boolean]>([
    [
      'an announcement of an MMS, from the number',
      {
        kind: 'notice',
        reason: 'mms',
        sender: '0111',
        pdu: hexOf(Buffer.from('\x8c\x82\x89\x1b+821055500123/TYPE=PLMN\0', 'latin1')),
      },
      true,
    ],
    [
      'a broken text in UCS-2',
      { kind: 'undecodable', pdu: tpduOf('일행 010-5550-0123 왔어요', 'ucs2').slice(0, -1) },
      true,
    ],
    [
      'the same, half an octet off',
      { kind: 'undecodable', pdu: `00${tpduOf('일행 ０１０ 5550 0123', 'ucs2')}` },
      true,
    ],
    [
      'a broken text in septets',
      { kind: 'undecodable', pdu: tpduOf('with 010 5550 0123 today', 'gsm7').slice(2, -2) },
      true,
    ],
    [
      'one without a sender',
      { kind: 'undecodable', sender: null, pdu: tpduOf('+82 10-5550-0123', 'gsm7').slice(26) },
      true,
    ],
    [
      'a broken text of another number',
      { kind: 'undecodable', pdu: tpduOf('with 010 5550 0124 today', 'gsm7').slice(2, -2) },
      false,
    ],
    ['a call-back number beside other words', { text: '안녕하세요', pdu: '000A22080B811050550021F3' }, true],
  ])(
    "erasing a visitor removes the octets of another's message that has the number: %s",
    async (_, changes, has) => {
      const register = tempRegister().open();
      register.transact((unit) => unit.addText(text({ sender: other, text: null, ...changes })));
      const before = (await collect(register.texts(always)))[0];
      expect((await register.tracesOf(visitorFinder(visitor))).mentions).toBe(has ? 1 : 0);
      const erased = await register.erase(visitorFinder(visitor), who);
      expect([erased.starred, erased.rows]).toEqual([has ? 1 : 0, nothing]);
      const { sender, kind, pdu, text: words } = before as NewText;
      expect(await collect(register.texts(always))).toMatchObject([
        { sender, kind, text: words, pdu: has ? '' : pdu },
      ]);
      expect((await register.tracesOf(visitorFinder(visitor))).mentions).toBe(0);
    },
  );

  it('erasing a visitor finds the number split over two waiting parts of one text', async () => {
    const register = tempRegister().open();
    const segments = (words: string) => {
      const half = encodeText(words, { alphabet: 'ucs2' });
      return half.map((segment) =>
        encodeDeliver({ sender: parseAddress(other), sentAt: encodeTimestamp(nowMs, 540), ...segment }),
      );
    };
    // 67 characters of UCS-2 a segment: the number begins in the first and ends in the second.
    const tpdus = segments(`${'가'.repeat(60)}010-5550-0123${'나'.repeat(70)}`);
    expect(tpdus).toHaveLength(3);
    const partOf = (ref: number, seq: number) =>
      part({ sender: other, ref, seq, total: 3, octets: tpdus[seq - 1] ?? Buffer.alloc(0) });
    register.transact((unit) => {
      unit.addPart(partOf(1, 1));
      unit.addPart(partOf(2, 2));
    });
    expect(await register.tracesOf(visitorFinder(visitor))).toMatchObject({ waitingTexts: 0 });
    register.transact((unit) => unit.addPart(partOf(1, 2)));
    expect(await register.tracesOf(visitorFinder(visitor))).toMatchObject({ waitingTexts: 1 });
  });

  it('erasing a visitor names a place that is registered under the number, and forgets one that was removed', async () => {
    const temp = tempRegister();
    const register = temp.open();
    const place = { number: visitor, name: '출장 수리', address: null, issued: false };
    const placeOf = async () => (await register.tracesOf(visitorFinder(visitor))).place;
    await register.putVenues([place, { ...place, number: '0313242114' }]);
    expect(await placeOf()).toBe('registered');
    expect((await register.erase(visitorFinder(visitor), who)).forgotten).toBe(false);
    await register.removeVenue({ ...place, branches: [], removedAtMs: null });
    expect(await placeOf()).toBe('removed');
    expect((await register.erase(visitorFinder(visitor), who)).forgotten).toBe(true);
    expect(await placeOf()).toBeNull();
    expect((await register.venues('all')).map(({ number }) => number)).toEqual(['0313242114']);
  });

  it('erasing a visitor takes a place under the number out of the lists that can be undone', async () => {
    const register = tempRegister().open();
    const place = { name: '출장 수리', address: null, issued: false, branches: [], removedAtMs: null };
    const [own, hall] = [
      { ...place, number: visitor },
      { ...place, number: '0313242114', name: '시청' },
    ];
    const finder = visitorFinder(visitor);
    await register.changeVenues([own, hall].map((after) => ({ before: null, after })));
    await register.changeVenues([{ before: own, after: { ...own, name: '출장 수리 2호' } }]);
    expect((await register.erase(finder, who)).forgotten).toBe(false);
    expect((await register.lastImport())?.changes).toHaveLength(1);
    await register.removeVenue({ ...own, name: '출장 수리 2호' });
    expect((await register.erase(finder, who)).forgotten).toBe(true);
    expect((await register.lastImport())?.changes).toEqual([{ before: null, after: hall }]);
    expect((await register.tracesOf(finder)).place).toBeNull();
  });

  it('erasing a visitor finds what a list alone still has of a place under the number', async () => {
    const register = tempRegister().open();
    const place = { name: '출장 수리', address: null, issued: false, branches: [], removedAtMs: null };
    const own = { ...place, number: visitor };
    const finder = visitorFinder(visitor);
    await register.changeVenues([{ before: null, after: own }]);
    await register.changeVenues([{ before: null, after: own }]);
    const last = await register.lastImport();
    if (last !== null) await register.undoImport(last);
    expect(await register.venues('all')).toEqual([]);
    expect((await register.tracesOf(finder)).place).toBe('removed');
    expect((await register.erase(finder, who)).forgotten).toBe(true);
    expect(await register.lastImport()).toBeNull();
  });

  it("erasing a visitor finds the number in others' waiting parts and in the spool, and says so", async () => {
    const temp = tempRegister();
    const register = temp.open();
    const segments = (from: string, words: string) =>
      encodeText(words, { alphabet: 'ucs2' }).map((segment) =>
        encodeDeliver({ sender: parseAddress(from), sentAt: encodeTimestamp(nowMs, 540), ...segment }),
      );
    const long = ` 일행 ０１０ ５５５０ ０１２３ ${'오늘 저녁에 들렀습니다. '.repeat(8)}`;
    const [named = Buffer.alloc(0)] = segments(other, long);
    const [unnamed = Buffer.alloc(0)] = segments(other, '오늘 저녁에 들렀습니다. '.repeat(8));
    register.transact((unit) => {
      unit.addPart(part({ sender: other, ref: 1, seq: 1, total: 2, octets: named }));
      unit.addPart(part({ sender: other, ref: 2, seq: 1, total: 2, octets: unnamed }));
    });
    const spool = (from: string, words: string) => {
      const [tpdu = Buffer.alloc(0)] = segments(from, words);
      const arrival = { pdu: `00${formatHex(tpdu)}`, announcedLength: null, memory: null, slot: null };
      const plain = { line: 'line1', arrival: { ...arrival, receivedAtMs: nowMs, report: false } };
      register.spool.put(Buffer.from(JSON.stringify(plain)), nowMs);
    };
    spool(visitor, '031-324-2114');
    spool(other, '+82 10 5550 0123');
    spool(other, '031-324-2114');
    const found = { rows: [], mentions: 0, waitingTexts: 1, spooled: 2 };
    expect(await register.tracesOf(visitorFinder(visitor))).toMatchObject(found);
    const { rows } = await register.erase(visitorFinder(visitor), who);
    expect(rows).toEqual(nothing);
    expect(await register.tracesOf(visitorFinder(visitor))).toMatchObject(found);
  });

  it('erasing a visitor counts visits to the number as a place', async () => {
    const register = tempRegister().open();
    register.transact((unit) => unit.addVisit(visit({ visitor: other, venue: visitor })));
    expect(await register.tracesOf(visitorFinder(visitor))).toMatchObject({ rows: [], asVenue: 1 });
  });

  it('erasing a visitor leaves rows that were tampered with, which nobody can read: whose they are cannot be told', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, visitor, [0]);
    const db = new Database(databasePath(temp.dataDir));
    db.exec('UPDATE sealed_visits SET sealed = zeroblob(57)');
    db.close();
    expect((await register.erase(visitorFinder(visitor), who)).rows.visits).toBe(0);
    expect((await register.health()).visits).toBe(2);
  });

  it('erasing a visitor writes the number nowhere, and a line of the ledger that is vouched for', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, visitor, [0, 2]);
    fill(register, other, [0]);
    await register.erase(visitorFinder(visitor), who);
    const reader = openAuditReader(temp.options);
    expect(reader.contents().destructions).toMatchObject([
      {
        cause: 'erased',
        method: 'rows',
        firstHour: hour - 2,
        lastHour: hour,
        rows: { visits: 4, unresolved: 2, notices: 2, parts: 2 },
        keys: 0,
        who: { user: 'tester' },
      },
    ]);
    expect(reader.verify().findings).toEqual([]);
    reader.close();
    const needles = [visitor, '5550-0123', '010-5550-0123', addressOf.national, addressOf.international];
    expect(filesWith(temp.dataDir, needles)).toEqual([]);
  });

  it('erasing a visitor keeps what tells a text from a new one, so that a modem that still holds it does not bring it back', async () => {
    const register = tempRegister().open();
    const offer = () =>
      register.transact((unit) => {
        const held = unit.alreadyHeld(arrival());
        if (!held) unit.addVisit(visit());
        return held;
      });
    expect(offer()).toBe(false);
    expect((await register.erase(visitorFinder(visitor), who)).rows.visits).toBe(1);
    expect(offer()).toBe(true);
    expect(await visitors(register)).toEqual([]);
  });

  it('erasing a visitor is done by a tool beside the gateway, which goes on, also with a text of theirs that was half there', async () => {
    const temp = tempRegister();
    const gateway = temp.open();
    fill(gateway, visitor, [0]);
    const tool = temp.open({ role: 'tool' });
    expect((await tool.erase(visitorFinder(visitor), who)).rows.parts).toBe(1);
    const late = gateway.transact((unit) =>
      unit.addPart(part({ sender: visitor, ref: 0, seq: 2, total: 2 })),
    );
    expect(late).toBeNull();
    fill(gateway, other, [1]);
    expect(await visitors(gateway)).toEqual([other, other]);
    temp.clock.setWall(nowMs);
    expect(gateway.transact((unit) => unit.takeOverdueSets())).toEqual([]);
  });

  it('erasing a visitor takes more rows than one transaction, and leaves nothing of them in the write-ahead log', async () => {
    const temp = tempRegister();
    const register = temp.open();
    register.transact((unit) => {
      for (let index = 0; index < 1_200; index += 1) unit.addVisit(visit({ atMs: nowMs - index * 1_000 }));
    });
    const erased = await register.erase(visitorFinder(visitor), who);
    expect(erased).toMatchObject({ rows: { visits: 1_200 }, walTruncated: true });
    expect(await register.health()).toMatchObject({ visits: 0, walBytes: 0 });
    const reader = openAuditReader(temp.options);
    const lines = reader.contents().destructions.map(({ rows }) => rows.visits);
    expect(lines).toEqual([500, 500, 200]);
    reader.close();
  });

  it('erasing a visitor says when a reader keeps the write-ahead log', async () => {
    const temp = tempRegister();
    const register = temp.open();
    fill(register, visitor, [0, 1]);
    const reader = temp.open({ role: 'reader' });
    const other = new Database(databasePath(temp.dataDir), { readonly: true });
    const rows = other.prepare('SELECT id FROM sealed_visits').iterate();
    rows.next();
    expect((await register.erase(visitorFinder(visitor), who)).walTruncated).toBe(false);
    rows.return?.();
    other.close();
    expect(await visitors(reader)).toEqual([]);
  });

  it('erasing a visitor is refused to a reader', async () => {
    const temp = tempRegister();
    temp.open().close();
    const reader = temp.open({ role: 'reader' });
    const refused = expect.objectContaining({ code: 'register.read-only' });
    await expect(() => reader.erase(visitorFinder(visitor), who)).rejects.toThrow(refused);
  });
});
