import { describe, expect, it } from 'vitest';
import { contactsOf, meetingsOf } from '../../../src/export/trace/meetings.ts';
import { caseVisit, minuteMs, tracedVisit } from './case-rows.ts';

const margin = { beforeMs: 30 * minuteMs, afterMs: 30 * minuteMs };

describe('a meeting', () => {
  it.each([
    ['at the same minute', 0, 0],
    ['after the case', 12, 12],
    ['before the case', -12, -12],
    ['to the nearest minute', 12.6, 13],
    ['just before, which is no minute', -0.4, 0],
    ['at the end of the margin', 30, 30],
    ['at its beginning', -30, -30],
  ])('a meeting %s: %d minutes are shown as %d', (_, minutes, told) => {
    const [meeting] = meetingsOf(tracedVisit(minutes), [caseVisit(0)], margin);
    expect(meeting?.minutesAfter).toBe(told);
  });

  it.each([30.1, -30.1, 300])('a visit %d minutes away is not a meeting if the margin is 30', (minutes) => {
    expect(meetingsOf(tracedVisit(minutes), [caseVisit(0)], margin)).toEqual([]);
  });

  it('a meeting is with the nearest visit if the case texted twice', () => {
    const visits = [caseVisit(0, { visitNumber: 1 }), caseVisit(20, { visitNumber: 2 })];
    const told = (minutes: number) =>
      meetingsOf(tracedVisit(minutes), visits, margin).map(({ met, minutesAfter }) => [
        met.visitNumber,
        minutesAfter,
      ]);
    expect(told(4)).toEqual([[1, 4]]);
    expect(told(16)).toEqual([[2, -4]]);
    expect(told(10)).toEqual([[1, 10]]);
    expect(told(45)).toEqual([[2, 25]]);
  });

  it('a meeting is counted with each of several cases', () => {
    const visits = [caseVisit(0), caseVisit(10, { caseNumber: 2 })];
    const met = meetingsOf(tracedVisit(5), visits, margin);
    expect(met.map((meeting) => [meeting.met.caseNumber, meeting.minutesAfter])).toEqual([
      [1, 5],
      [2, -5],
    ]);
  });
});

describe('contacts', () => {
  const anna = { visitor: '01055500001' };
  const boris = { visitor: '01055500002' };

  it('contacts are listed once each, by their first meeting, with every meeting in order', () => {
    const visits = [caseVisit(0), caseVisit(200, { visitNumber: 2 })];
    const meetings = [
      tracedVisit(205, anna),
      tracedVisit(9, boris),
      tracedVisit(3, anna),
      tracedVisit(-8, anna),
    ].flatMap((visit) => meetingsOf(visit, visits, margin));
    const contacts = contactsOf(meetings);
    expect(contacts.map(({ contactNumber, visitor }) => [contactNumber, visitor])).toEqual([
      [1, anna.visitor],
      [2, boris.visitor],
    ]);
    expect(contacts.map((contact) => contact.meetings.map(({ minutesAfter }) => minutesAfter))).toEqual([
      [-8, 3, 5],
      [9],
    ]);
  });

  it('a case that met nobody has no contacts', () => expect(contactsOf([])).toEqual([]));
});
