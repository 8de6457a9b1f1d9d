import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../../src/base/amounts.ts';
import { collect } from '../../../src/base/batches.ts';
import { formatHex } from '../../../src/base/bytes.ts';
import { localDay, openZone } from '../../../src/base/zone.ts';
import { takeListing, takeOverdue } from '../../../src/daemon/intake/take-listing.ts';
import type { Arrival } from '../../../src/modem/receive/arrival.ts';
import { parseAddress } from '../../../src/sms/address.ts';
import { encodeDeliver } from '../../../src/sms/deliver.ts';
import { type EncodeTextOptions, encodeText } from '../../../src/sms/encode-text.ts';
import { encodePdu } from '../../../src/sms/pdu.ts';
import { encodeTimestamp } from '../../../src/sms/scts.ts';
import type { Venue } from '../../../src/store/records.ts';
import { openRegister } from '../../../src/store/register.ts';
import type { Register } from '../../../src/store/register-types.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const nowMs = Date.UTC(2026, 10, 23, 5, 30, 0);
const rules = { areaCode: '031', retentionMs: 28 * dayMs, zone: openZone('Asia/Seoul') };
const line = { name: 'line1', receiving: '0313242900' };

interface Sending {
  readonly from?: string;
  readonly text: string;
  readonly sentAtMs?: number;
  readonly coding?: EncodeTextOptions;
}

/** The PDUs of a text, one for each part, as a modem prints them. */
function pdusOf({ from = '01055500000', text, sentAtMs = nowMs, coding = {} }: Sending): string[] {
  return encodeText(text, coding).map((segment) => {
    const sentAt = encodeTimestamp(sentAtMs, 540);
    return formatHex(encodePdu(null, encodeDeliver({ sender: parseAddress(from), sentAt, ...segment })));
  });
}

let nextSlot = 0;
function arrivalOf(pdu: string, receivedAtMs = nowMs): Arrival {
  nextSlot += 1;
  return { pdu, announcedLength: null, memory: 'ME', slot: nextSlot, receivedAtMs, report: false };
}

describe('a listing on its way into the register', () => {
  let folder: string;
  let register: Register;
  let clock: FakeClock;

  const open = () =>
    openRegister({
      dataDir: folder,
      keyFile: join(folder, 'keyring'),
      retentionMs: rules.retentionMs,
      algorithm: 'aes-256-gcm',
      clock,
      role: 'gateway',
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'visitlog-intake-'));
    clock = new FakeClock(nowMs);
    register = open();
  });

  afterEach(() => {
    register.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const take = (...arrivals: Arrival[]) => takeListing(register, line, arrivals, rules);
  const ever = { fromMs: 0, toMs: nowMs + 90 * dayMs };
  const visits = async () =>
    (await collect(register.visits(ever))).map(
      ({ visitor, venue, visitedAtMs }) => `${visitor} ${venue} ${visitedAtMs - nowMs}`,
    );
  const texts = async () =>
    (await collect(register.texts(ever))).map(({ kind, reason, text }) => `${kind} ${reason} ${text}`);

  it('a text becomes a visit to each venue that it names', async () => {
    const intake = take(...pdusOf({ text: '031-324-2114, 1577-0000' }).map((pdu) => arrivalOf(pdu)));
    expect(intake.texts.map(({ verdict }) => verdict.kind)).toEqual(['visit']);
    expect(await visits()).toEqual(['01055500000 0313242114 0', '01055500000 15770000 0']);
    expect(await texts()).toEqual([]);
  });

  it('C18, G9: intake keeps an undecodable text as it came, and the texts behind it in the listing', async () => {
    take(arrivalOf('0BD04259303784=96p331p'), ...pdusOf({ text: '3242114' }).map((pdu) => arrivalOf(pdu)));
    expect((await collect(register.texts(ever))).map(({ kind, reason, pdu }) => [kind, reason, pdu])).toEqual(
      [['undecodable', 'pdu.hex', '0BD04259303784=96p331p']],
    );
    expect(await visits()).toHaveLength(1);
  });

  it('C18: what is read of a cut text is kept with it, and is no visit by itself', async () => {
    const [pdu = ''] = pdusOf({ from: '01055500123', text: '031-324-2114', sentAtMs: nowMs - hourMs });
    take(arrivalOf(pdu.slice(0, -2)));
    expect(await visits()).toEqual([]);
    expect(await collect(register.texts(ever))).toMatchObject([
      {
        kind: 'undecodable',
        reason: 'pdu.truncated',
        sender: '01055500123',
        text: '031-324-211',
        pdu: pdu.slice(0, -2),
        atMs: nowMs - hourMs,
        source: 'network',
      },
    ]);
  });

  it('C18: a text that a modem prints in words is kept with its sender and time, and is no visit by itself', async () => {
    const print = '+CMT: "+821055500123",,"26/11/23,13:30:00+36"\n0313242114';
    take({ ...arrivalOf(print), memory: null, slot: null });
    expect(await visits()).toEqual([]);
    expect(await collect(register.texts(ever))).toMatchObject([
      { kind: 'undecodable', sender: '01055500123', text: '0313242114', pdu: print, atMs: nowMs - hourMs },
    ]);
  });

  it.each([
    ['UTF-8', Buffer.from('홍익족발 031-324-2114')],
    ['CP949', Buffer.from([0xb0, 0xa1, 0x20, 0x31])],
  ])('C15: a text that a modem prints in words keeps those beyond ASCII (%s)', async (coding, octets) => {
    const print = `+CMT: "+821055500123",,"26/11/23,13:30:00+36"\n${octets.toString('latin1')}`;
    take({ ...arrivalOf(print), memory: null, slot: null });
    const text = coding === 'UTF-8' ? '홍익족발 031-324-2114' : '가 1';
    expect(await collect(register.texts(ever))).toMatchObject([
      { kind: 'undecodable', sender: '01055500123', text, pdu: print },
    ]);
  });

  it.each([
    ['an operator', { from: '15881234' }],
    ['a name', { from: 'VISITLOG' }],
  ])('C18: a cut text of %s has no sender to assign it to', async (_name, sending) => {
    const [pdu = ''] = pdusOf({ ...sending, text: '031-324-2114' });
    take(arrivalOf(pdu.slice(0, -2)));
    expect(await collect(register.texts(ever))).toMatchObject([
      { kind: 'undecodable', sender: null, text: null, source: 'received' },
    ]);
  });

  it('C18: the time of a cut text does not correct the clock', async () => {
    const noted: number[] = [];
    const watched = { ...register, noteNetworkTime: (ms: number) => void noted.push(ms) };
    const [pdu = ''] = pdusOf({ text: '031-324-2114', sentAtMs: nowMs - hourMs });
    takeListing(watched, line, [arrivalOf(pdu.slice(0, -2))], rules);
    expect(noted).toEqual([]);
  });

  it('intake keeps the words of a text that names no venue', async () => {
    take(...pdusOf({ text: '안녕하세요' }).map((pdu) => arrivalOf(pdu)));
    expect(await texts()).toEqual(['unresolved no-number 안녕하세요']);
  });

  it('intake records the venue of a text that also has a wrong number, and keeps the text for staff', async () => {
    take(...pdusOf({ text: '031-324-2114, 031-024-2115' }).map((pdu) => arrivalOf(pdu)));
    expect(await visits()).toEqual(['01055500000 0313242114 0']);
    expect(await texts()).toEqual(['unresolved not-allowed 031-324-2114, 031-024-2115']);
  });

  it('intake takes neither the sender nor the receiving number for a venue', async () => {
    take(...pdusOf({ from: '01055500000', text: '010-5550-0000' }).map((pdu) => arrivalOf(pdu)));
    take(...pdusOf({ text: '031-324-2900' }).map((pdu) => arrivalOf(pdu)));
    expect(await visits()).toEqual([]);
    expect((await texts()).map((text) => text.split(' ')[1])).toEqual(['own-number', 'own-number']);
  });

  it("intake takes a person's number for no venue, keeps the visit beside it, and keeps the text sealed", async () => {
    await register.putVenues([{ number: '01040000001', name: '분식', address: null, issued: false }]);
    take(...pdusOf({ text: '031-324-2114 일행 010-4000-0000' }).map((pdu) => arrivalOf(pdu)));
    take(...pdusOf({ text: '010-4000-0001' }).map((pdu) => arrivalOf(pdu)));
    expect(await visits()).toEqual(['01055500000 0313242114 0', '01055500000 01040000001 0']);
    expect(await texts()).toEqual(['unresolved private-number 031-324-2114 일행 010-4000-0000']);
    await register.removeVenue(
      (await register.venues()).filter(({ number }) => number === '01040000001')[0] as Venue,
    );
    take(...pdusOf({ text: '010-4000-0001 입니다' }).map((pdu) => arrivalOf(pdu)));
    expect((await texts()).at(-1)).toBe('unresolved private-number 010-4000-0001 입니다');
    const octets = ['register.sqlite', 'register.sqlite-wal'].map((name) =>
      readFileSync(join(folder, name), 'latin1'),
    );
    expect(octets.join('')).toContain('01040000001');
    expect(octets.join('')).not.toContain('01040000000');
  });

  it('intake makes no visit of a text that names more than five places, and keeps its words', async () => {
    const listed = Array.from({ length: 40 }, (_, index) => `031-324-${1_000 + index}`).join(' ');
    take(...pdusOf({ text: listed }).map((pdu) => arrivalOf(pdu)));
    expect(await visits()).toEqual([]);
    expect(await texts()).toEqual([`unresolved too-many-places ${listed}`]);
  });

  it('intake dates a text by its receipt if the time of the network is implausible', async () => {
    take(...pdusOf({ text: '3242114', sentAtMs: nowMs + 20 * 60_000 }).map((pdu) => arrivalOf(pdu)));
    take(...pdusOf({ text: '3242114', sentAtMs: nowMs - 29 * dayMs }).map((pdu) => arrivalOf(pdu)));
    take(...pdusOf({ text: '3242114', sentAtMs: nowMs - hourMs }).map((pdu) => arrivalOf(pdu)));
    expect(
      (await collect(register.visits(ever))).map(({ timeSource, visitedAtMs }) => [
        timeSource,
        visitedAtMs - nowMs,
      ]),
    ).toEqual([
      ['network', -hourMs],
      ['received', 0],
      ['received', 0],
    ]);
  });

  it('intake keeps a text once, however often it is offered', async () => {
    const [pdu = ''] = pdusOf({ text: '3242114' });
    expect(take(arrivalOf(pdu), arrivalOf(pdu)).known).toBe(1);
    expect(take(arrivalOf(pdu)).known).toBe(1);
    expect(await visits()).toHaveLength(1);
  });

  it('intake keeps an identical text without network time in a slot that was emptied without a report', async () => {
    const [pdu = ''] = pdusOf({ text: '3242114', sentAtMs: nowMs - 29 * dayMs });
    const arrival = { ...arrivalOf(pdu), slot: 3 };
    const scope = (...slots: number[]) => ({ memory: 'ME', slots });
    takeListing(register, line, [arrival], rules, scope(3));
    // The modem deletes it and the gateway is killed before it can say so. The next start lists an empty memory.
    takeListing(register, line, [], rules, scope());
    const later = { ...arrival, receivedAtMs: nowMs + hourMs };
    expect(takeListing(register, line, [later], rules, scope(3))).toMatchObject({ known: 0 });
    expect(takeListing(register, line, [later], rules, scope(3))).toMatchObject({ known: 1 });
    expect(await visits()).toHaveLength(2);
  });

  it('D10: intake keeps a second text of a visitor', async () => {
    for (const sentAtMs of [nowMs, nowMs + 1_000])
      take(...pdusOf({ text: '3242114', sentAtMs }).map((pdu) => arrivalOf(pdu)));
    expect(await visits()).toHaveLength(2);
  });

  const long = `${'오늘도 수고 많으십니다. '.repeat(12)}031-324-2114`;

  it('intake joins a long text whose parts come in any order, in any number of listings', async () => {
    const [first = '', second = '', ...rest] = pdusOf({ text: long, coding: { alphabet: 'ucs2' } });
    expect(rest.length).toBeGreaterThan(0);
    for (const pdu of [...rest, second]) expect(take(arrivalOf(pdu))).toMatchObject({ parts: 1, texts: [] });
    expect(take(arrivalOf(first)).texts).toHaveLength(1);
    expect(await visits()).toEqual(['01055500000 0313242114 0']);
  });

  it('intake dates a long text by its first part, although its last came in another hour', async () => {
    const [first = ''] = pdusOf({ text: long, sentAtMs: nowMs - 40 * 60_000 });
    const rest = pdusOf({ text: long, sentAtMs: nowMs }).slice(1);
    take(arrivalOf(first));
    take(...rest.map((pdu) => arrivalOf(pdu)));
    expect(await visits()).toEqual([`01055500000 0313242114 ${-40 * 60_000}`]);
  });

  it('F1: intake decodes the parts of an incomplete long text after a day', async () => {
    const parts = pdusOf({ text: long, coding: { alphabet: 'ucs2' } });
    take(...parts.slice(1).map((pdu) => arrivalOf(pdu)));
    await clock.advance(dayMs - 60_000);
    expect(takeOverdue(register, () => line, rules)).toEqual([]);
    await clock.advance(120_000);
    expect(takeOverdue(register, () => line, rules)).toHaveLength(1);
    expect(await visits()).toEqual(['01055500000 0313242114 0']);
    expect(take(arrivalOf(parts[1] ?? ''))).toMatchObject({ known: 1, parts: 0 });
  });

  it('intake keeps nothing of a refused listing, and all of it at the next try', async () => {
    const listing = pdusOf({ text: '3242114' }).map((pdu) => arrivalOf(pdu));
    register.close();
    expect(() => take(...listing)).toThrow();
    register = open();
    expect(await visits()).toEqual([]);
    take(...listing);
    expect(await visits()).toHaveLength(1);
  });

  it('intake counts the texts of the local day in the register, over restarts, each once', async () => {
    const options = {
      dataDir: folder,
      keyFile: join(folder, 'keyring'),
      retentionMs: rules.retentionMs,
      algorithm: 'aes-256-gcm',
      clock,
      role: 'gateway',
    } as const;
    const day = localDay(rules.zone, nowMs);
    const today = async () => (await register.health()).latestDay;
    expect(await today()).toBeNull();
    const [pdu = ''] = pdusOf({ text: '3242114' });
    take(arrivalOf(pdu), arrivalOf(pdu), arrivalOf('FFFF'));
    // Two places are one text.
    take(...pdusOf({ text: '3242114 3242115' }).map((each) => arrivalOf(each)));
    const counted = 3;
    expect(await today()).toEqual({ day, isWhole: true, lines: { line1: counted } });
    register.close();
    register = openRegister(options);
    expect(await today()).toMatchObject({ lines: { line1: counted } });
    take(...pdusOf({ text: '3242116' }).map((each) => arrivalOf(each)));
    expect(await today()).toMatchObject({ day, lines: { line1: counted + 1 } });
    await clock.advance(dayMs);
    take(...pdusOf({ text: '3242117' }).map((each) => arrivalOf(each, nowMs + dayMs)));
    expect(await today()).toEqual({ day: day + 1, isWhole: true, lines: { line1: 1 } });
  });

  it('intake says that a day is not counted whole if the register had texts before it counted', async () => {
    const db = new Database(join(folder, 'register.sqlite'));
    take(...pdusOf({ text: '3242114' }).map((each) => arrivalOf(each)));
    register.close();
    db.exec("DELETE FROM meta WHERE name = 'day'");
    db.close();
    register = open();
    take(...pdusOf({ text: '3242115' }).map((each) => arrivalOf(each)));
    expect((await register.health()).latestDay).toMatchObject({ isWhole: false, lines: { line1: 1 } });
  });
});
