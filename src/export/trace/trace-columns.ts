import { matchColumns } from '../near-rows.ts';
import { type Column, type VisitColumnOptions, visitColumns } from '../visit-columns.ts';
import type { CaseVisit, TracedVisit } from './case-visits.ts';
import type { Contact } from './find-contacts.ts';

/** A row of a trace: a visit of a case, or a visit of somebody who met one there. */
export interface TraceRow extends TracedVisit {
  readonly caseNumber: number;
  readonly caseVisit: number;
  /** Null on the rows of the cases themselves, like what follows. */
  readonly contactNumber: number | null;
  readonly metAtMs: number | null;
  readonly minutesAfter: number | null;
}

/** The cases' own rows, then the contacts one after the other, each with every meeting. */
export function* traceRows(
  caseVisits: readonly CaseVisit[],
  contacts: readonly Contact[],
): Generator<TraceRow> {
  const none = { contactNumber: null, metAtMs: null, minutesAfter: null };
  for (const { visit, caseNumber, visitNumber } of caseVisits)
    yield { ...visit, caseNumber, caseVisit: visitNumber, ...none };
  for (const { contactNumber, meetings } of contacts)
    for (const { visit, met, minutesAfter } of meetings)
      yield {
        ...visit,
        caseNumber: met.caseNumber,
        caseVisit: met.visitNumber,
        contactNumber,
        metAtMs: met.visit.visitedAtMs,
        minutesAfter,
      };
}

interface TraceColumnOptions extends VisitColumnOptions {
  /** Mistyped numbers were followed too: which rows rest on one. */
  readonly near: boolean;
}

/**
 * The columns of a trace: those of every export, then which case and which of its visits, which contact (people whose
 * masked numbers are alike are told apart by it), when the case was there, and how many minutes after that the contact
 * came; negative when before. The place of a meeting is the row's own.
 */
export function traceColumns(options: TraceColumnOptions): readonly Column<TraceRow>[] {
  return [
    ...visitColumns(options),
    ...(options.near ? matchColumns(options) : []),
    { key: 'case', kind: 'number', width: 6, value: (row) => row.caseNumber },
    { key: 'case_visit', kind: 'number', width: 10, value: (row) => row.caseVisit },
    { key: 'contact', kind: 'number', width: 8, value: (row) => row.contactNumber },
    { key: 'case_visited_at', kind: 'instant', width: 20, value: (row) => row.metAtMs },
    { key: 'minutes_after', kind: 'number', width: 13, value: (row) => row.minutesAfter },
  ];
}
