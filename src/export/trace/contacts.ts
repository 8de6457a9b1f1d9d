import type { Meeting } from './meetings.ts';

/** Somebody who met a case, with every meeting in order of time. Numbered from 1 by the first of them. */
export interface Contact {
  readonly contactNumber: number;
  readonly visitor: string;
  readonly meetings: readonly Meeting[];
}

/** Who met a case, once each, in order of their first meeting. */
export function contactsOf(meetings: readonly Meeting[]): Contact[] {
  const people = new Map<string, Meeting[]>();
  for (const meeting of meetings.toSorted(inOrder)) {
    const known = people.get(meeting.visit.visitor);
    if (known === undefined) people.set(meeting.visit.visitor, [meeting]);
    else known.push(meeting);
  }
  return [...people].map(([visitor, own], index) => ({ contactNumber: index + 1, visitor, meetings: own }));
}

function inOrder(a: Meeting, b: Meeting): number {
  return (
    a.visit.visitedAtMs - b.visit.visitedAtMs ||
    a.visit.id - b.visit.id ||
    a.met.caseNumber - b.met.caseNumber
  );
}
