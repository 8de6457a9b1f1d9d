import { byVenue } from './case-visits.ts';
import type { Trace } from './find-contacts.ts';
import { isNear } from './meetings.ts';

/** The numbers of a trace: they identify nobody. */
export interface TraceSummary {
  /** Visits of each case, in the order given. */
  readonly visitsOfCases: readonly number[];
  readonly contacts: number;
  readonly meetings: number;
  /** Contacts all of whose meetings rest on a mistyped number or text. */
  readonly nearContacts: number;
  /** Whom the contacts met. */
  readonly secondary: { readonly contacts: number; readonly meetings: number };
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
  { caseVisits, contacts, secondary }: Pick<Trace, 'caseVisits' | 'contacts' | 'secondary'>,
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
    secondary: {
      contacts: secondary.length,
      meetings: secondary.reduce((sum, contact) => sum + contact.meetings.length, 0),
    },
    venues: venues.sort((a, b) => b.meetings - a.meetings || (a.venue < b.venue ? -1 : 1)),
  };
}
