import { matchColumns } from '../near-rows.ts';
import { type Column, type VisitColumnOptions, visitColumns } from '../visit-columns.ts';
import type { TracedVisit } from './case-visits.ts';
import type { Trace } from './find-contacts.ts';
import type { Contact } from './meetings.ts';

/** A row of a trace: a visit of a case, or a visit of somebody who met one there, or who met a contact. */
export interface TraceRow extends TracedVisit {
  /** The case whose visit it is, or who was met; null if a contact was met. */
  readonly caseNumber: number | null;
  readonly caseVisit: number | null;
  /** Null on the rows of the cases themselves, like what follows. */
  readonly contactNumber: number | null;
  /** 1: a case was met; 2: a contact was. */
  readonly degree: 1 | 2 | null;
  /** The contact who was met. */
  readonly through: number | null;
  /** When whom they met was there. */
  readonly metAtMs: number | null;
  readonly minutesAfter: number | null;
}

/** The cases' own rows, then the contacts one after the other, each with every meeting, then those of the contacts. */
export function* traceRows({ caseVisits, contacts, secondary }: Trace): Generator<TraceRow> {
  const none = { contactNumber: null, degree: null, through: null, metAtMs: null, minutesAfter: null };
  for (const { visit, caseNumber, visitNumber } of caseVisits)
    yield { ...visit, caseNumber, caseVisit: visitNumber, ...none };
  yield* meetingRows(contacts, 1);
  yield* meetingRows(secondary, 2);
}

function* meetingRows(contacts: readonly Contact[], degree: 1 | 2): Generator<TraceRow> {
  for (const { contactNumber, meetings } of contacts)
    for (const { visit, met, minutesAfter } of meetings)
      yield {
        ...visit,
        caseNumber: degree === 1 ? met.caseNumber : null,
        caseVisit: degree === 1 ? met.visitNumber : null,
        contactNumber,
        degree,
        through: degree === 1 ? null : met.caseNumber,
        metAtMs: met.visit.visitedAtMs,
        minutesAfter,
      };
}

interface TraceColumnOptions extends VisitColumnOptions {
  /** Mistyped numbers were followed too: which rows rest on one. */
  readonly near: boolean;
  /** How far the contacts were followed. */
  readonly depth: 1 | 2;
}

/**
 * The columns of a trace: those of every export, then which case and which of its visits, which contact (people whose
 * masked numbers are alike are told apart by it), when the case was there, and how many minutes after that the contact
 * came; negative when before. The place of a meeting is the row's own. Of those who met a contact: how many steps they are
 * from a case, which contact they met, and when that one was there.
 */
export function traceColumns(options: TraceColumnOptions): readonly Column<TraceRow>[] {
  const metAt = (degree: 1 | 2) => (row: TraceRow) => (row.degree === degree ? row.metAtMs : null);
  const steps: readonly Column<TraceRow>[] = [
    { key: 'degree', kind: 'number', width: 5, value: (row) => row.degree },
    { key: 'through', kind: 'number', width: 8, value: (row) => row.through },
    { key: 'through_visited_at', kind: 'instant', width: 19, value: metAt(2) },
  ];
  return [
    ...visitColumns(options),
    ...(options.near ? matchColumns(options) : []),
    { key: 'case', kind: 'number', width: 6, value: (row) => row.caseNumber },
    { key: 'case_visit', kind: 'number', width: 10, value: (row) => row.caseVisit },
    { key: 'contact', kind: 'number', width: 8, value: (row) => row.contactNumber },
    { key: 'case_visited_at', kind: 'instant', width: 19, value: metAt(1) },
    { key: 'minutes_after', kind: 'number', width: 9, value: (row) => row.minutesAfter },
    ...(options.depth === 2 ? steps : []),
  ];
}
