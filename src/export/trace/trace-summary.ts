import { byVenue, type CaseVisit } from './case-visits.ts';
import type { Contact, Meeting } from './find-contacts.ts';

/** The numbers of a trace: they identify nobody. */
export interface TraceSummary {
  /** Visits of each case, in the order given. */
  readonly visitsOfCases: readonly number[];
  readonly contacts: number;
  readonly meetings: number;
  /** Contacts all of whose meetings rest on a mistyped number or text. */
  readonly nearContacts: number;
  /** Where the cases were, most meetings first. */
  readonly venues: readonly VenueSummary[];
}

interface VenueSummary {
  readonly venue: string;
  readonly venueName: string | null;
  readonly caseVisits: number;
  readonly contacts: number;
  readonly meetings: number;
}

export function summarise(
  cases: number,
  caseVisits: readonly CaseVisit[],
  contacts: readonly Contact[],
): TraceSummary {
  const visitsOfCases = Array.from(
    { length: cases },
    (_, index) => caseVisits.filter(({ caseNumber }) => caseNumber === index + 1).length,
  );
  const meetings = contacts.flatMap((contact) => contact.meetings);
  const venues = [...byVenue(caseVisits)].map(([venue, own]) => {
    const here = meetings.filter(({ visit }) => visit.venue === venue);
    return {
      venue,
      venueName: own[0]?.visit.place.name ?? null,
      caseVisits: own.length,
      contacts: new Set(here.map(({ visit }) => visit.visitor)).size,
      meetings: here.length,
    };
  });
  return {
    visitsOfCases,
    contacts: contacts.length,
    meetings: meetings.length,
    nearContacts: contacts.filter((contact) => contact.meetings.every(isNear)).length,
    venues: venues.sort((a, b) => b.meetings - a.meetings || (a.venue < b.venue ? -1 : 1)),
  };
}

/** Whether the visit of the contact, or that of the case, is one to a number that nearly is the place's. */
export function isNear({ visit, met }: Meeting): boolean {
  return visit.nearMiss !== undefined || met.visit.nearMiss !== undefined;
}
