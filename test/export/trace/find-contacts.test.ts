import { describe, expect, it } from 'vitest';
import { hourMs } from '../../../src/base/amounts.ts';
import { findContacts, type TraceQuery } from '../../../src/export/trace/find-contacts.ts';
import { traceRows } from '../../../src/export/trace/trace-columns.ts';
import { summarise } from '../../../src/export/trace/trace-summary.ts';
import { hourOf } from '../../../src/store/hour.ts';
import type { NewVisit } from '../../../src/store/intake.ts';
import { Keyring } from '../../../src/store/keyring/keyring.ts';
import { nowMs, type TempRegister, tempRegister, visit } from '../../store/temp-register.ts';

const minuteMs = 60_000;
const ill = '01055500123';
const hall = '0313242114';
const market = '0313242115';
const query: TraceQuery = {
  cases: [ill],
  fromMs: nowMs - 24 * hourMs,
  toMs: nowMs + hourMs,
  margin: { beforeMs: 30 * minuteMs, afterMs: 30 * minuteMs },
};

type Sent = [visitor: string, minutes: number, venue?: string];

function registerOf(...sent: Sent[]): TempRegister {
  const temp = tempRegister();
  const register = temp.open();
  register.transact((unit) => {
    for (const [visitor, minutes, venue = hall] of sent) {
      const changes: Partial<NewVisit> = { visitor, venue, atMs: nowMs + minutes * minuteMs };
      unit.addVisit(visit(changes));
    }
  });
  register.close();
  return temp;
}

async function traced(
  temp: TempRegister,
  changes: Partial<TraceQuery> = {},
  signal = new AbortController().signal,
) {
  const trace = await findContacts(temp.open({ role: 'reader' }), { ...query, ...changes }, { signal });
  const rows = [...traceRows(trace)].map((row) => [
    row.visitor,
    row.caseNumber,
    row.caseVisit,
    row.contactNumber,
    row.minutesAfter,
  ]);
  return { trace, rows };
}

describe('a trace', () => {
  it("a trace has the case's own rows first, then each contact with every meeting", async () => {
    const temp = registerOf(
      ['A', 10],
      [ill, 0],
      ['B', -90, market],
      ['A', -105, market],
      [ill, -100, market],
      ['C', -100],
      ['D', 31],
    );
    const { rows } = await traced(temp);
    expect(rows).toEqual([
      [ill, 1, 1, null, null],
      [ill, 1, 2, null, null],
      ['A', 1, 1, 1, -5],
      ['A', 1, 2, 1, 10],
      ['B', 1, 1, 2, 10],
    ]);
  });

  it('a trace of two steps follows a contact from the first meeting on, and names through whom', async () => {
    const temp = registerOf(
      [ill, 0],
      ['A', 10],
      ['B', 20],
      // Who met A, before A met the case, and after; B is a contact already, and so is the case nobody's.
      ['C', -60, market],
      ['A', -65, market],
      ['A', 200, market],
      ['D', 205, market],
      ['B', 206, market],
      [ill, 207, market],
      // Beside A at the hall, and too late for the case.
      ['E', 38],
      // Whom D met: three steps from the case.
      ['D', 400],
      ['F', 405],
    );
    const window = { toMs: nowMs + 24 * hourMs, depth: 2 } as const;
    const { trace } = await traced(temp, { ...window, venues: [hall] });
    expect(trace.contacts.map(({ visitor }) => visitor)).toEqual(['A', 'B']);
    const links = [...traceRows(trace)].filter(({ degree }) => degree === 2);
    expect(
      links.map((row) => [row.visitor, row.contactNumber, row.through, row.caseNumber, row.minutesAfter]),
    ).toEqual([
      ['E', 3, 1, null, 28],
      ['E', 3, 2, null, 18],
      ['D', 4, 1, null, 5],
      ['D', 4, 2, null, -1],
    ]);
    const one = await traced(temp, { toMs: window.toMs });
    expect(one.trace.secondary).toEqual([]);
  });

  it('a contact who was met behind the end of the window is followed to that meeting', async () => {
    const temp = registerOf([ill, 0], ['A', 10], ['B', 35]);
    const { trace } = await traced(temp, { toMs: nowMs + 5 * minuteMs, depth: 2 });
    expect(trace.secondary.map(({ visitor }) => visitor)).toEqual(['B']);
  });

  it('a trace finds each contact once if the case texted twice, and never the case itself', async () => {
    const { rows } = await traced(registerOf([ill, 0], [ill, 20], ['A', 12]));
    expect(rows.filter(([, , , contact]) => contact !== null)).toEqual([['A', 1, 2, 1, -8]]);
  });

  it('a trace of several cases names which one was met, and lists no case as a contact', async () => {
    const second = '01055500124';
    const { rows } = await traced(registerOf([ill, 0], [second, 10], ['A', 5], ['B', 39]), {
      cases: [ill, second],
    });
    expect(rows).toEqual([
      [ill, 1, 1, null, null],
      [second, 2, 1, null, null],
      ['A', 1, 1, 1, 5],
      ['A', 2, 1, 1, -5],
      ['B', 2, 1, 2, 29],
    ]);
  });

  it('a trace finds whom the case met outside the window of its own visits', async () => {
    const { rows } = await traced(registerOf([ill, 0], ['A', -20], ['B', 20], [ill, -40]), {
      fromMs: nowMs,
      toMs: nowMs + 1,
    });
    expect(rows.map(([visitor]) => visitor)).toEqual([ill, 'A', 'B']);
  });

  it('a trace can be limited to some venues', async () => {
    const temp = registerOf([ill, 0], ['A', 1], [ill, -100, market], ['B', -100, market]);
    const { rows } = await traced(temp, { venues: [market] });
    expect(rows.map(([visitor]) => visitor)).toEqual([ill, 'B']);
  });

  it('a trace counts unreadable rows', async () => {
    const temp = registerOf([ill, 0], [ill, -120], ['A', -119]);
    const ring = Keyring.open(temp.keyFile, true);
    ring.destroy(hourOf(nowMs - 2 * hourMs));
    ring.close();
    const { trace, rows } = await traced(temp);
    expect([rows.length, trace.unreadable]).toEqual([1, 2]);
  });

  it('a trace stops if it is interrupted', async () => {
    const stop = AbortSignal.abort();
    await expect(traced(registerOf([ill, 0], ['A', 1]), {}, stop)).rejects.toMatchObject({
      code: 'export.interrupted',
    });
  });

  it('a trace is summarised by venue, most meetings first', async () => {
    const temp = registerOf(
      [ill, 0],
      [ill, -100, market],
      ['A', -95, market],
      ['A', -90, market],
      ['B', -90, market],
      ['B', 3],
    );
    const { trace } = await traced(temp, { cases: [ill, '01055500999'] });
    expect(summarise(2, trace)).toEqual({
      nearContacts: 0,
      secondary: { contacts: 0, meetings: 0 },
      visitsOfCases: [2, 0],
      contacts: 2,
      meetings: 4,
      venues: [
        { venue: market, venueName: null, caseVisits: 1, contacts: 2, meetings: 3 },
        { venue: hall, venueName: null, caseVisits: 1, contacts: 1, meetings: 1 },
      ],
    });
  });
});
