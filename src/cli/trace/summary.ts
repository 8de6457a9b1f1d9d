import { formatDuration, minuteMs } from '../../base/amounts.ts';
import { printable } from '../../base/printable.ts';
import type { Zone } from '../../base/zone.ts';
import type { Covered } from '../../export/covered.ts';
import type { TraceQuery } from '../../export/trace/find-contacts.ts';
import type { TraceSummary } from '../../export/trace/trace-summary.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { traceWords } from '../../words/commands/trace.ts';
import { formatTable } from '../text-table.ts';

/** What a trace found, in numbers, for a person. */
export function summaryText(
  summary: TraceSummary,
  { margin, depth }: TraceQuery,
  language: Language,
): string[] {
  const words = traceWords[language];
  const { heads } = words;
  const cases = summary.visitsOfCases.map((visits, index) => words.caseLine(index + 1, words.visits(visits)));
  const table = formatTable(
    [heads.venue, heads.name, heads.caseVisits, heads.contacts, heads.meetings],
    summary.venues.map(({ venue, venueName, caseVisits, contacts, meetings }) => [
      formatNational(venue),
      printable(venueName ?? ''),
      caseVisits,
      contacts,
      meetings,
    ]),
  );
  const sum = words.sumLine(
    words.contacts(summary.contacts),
    words.meetings(summary.meetings),
    words.margins(formatDuration(margin.beforeMs), formatDuration(margin.afterMs)),
  );
  const { contacts, meetings } = summary.secondary;
  const second = depth === 2 ? [words.secondLine(words.contacts(contacts), words.meetings(meetings))] : [];
  return [...cases, sum, ...second, '', ...table];
}

/** The same for programs. */
export function summaryJson(
  summary: TraceSummary,
  { query, covered, zone }: { readonly query: TraceQuery; readonly covered: Covered; readonly zone: Zone },
): object {
  return {
    from: zone.format(query.fromMs),
    to: zone.format(query.toMs),
    records_from: zone.format(covered.fromMs),
    records_to: zone.format(covered.toMs),
    cases: summary.visitsOfCases.map((visits, index) => ({ case: index + 1, visits })),
    margin_minutes: query.margin.beforeMs / minuteMs,
    margin_after_minutes: query.margin.afterMs / minuteMs,
    contacts: summary.contacts,
    meetings: summary.meetings,
    near_contacts: summary.nearContacts,
    ...(query.depth === 2
      ? { second_contacts: summary.secondary.contacts, second_meetings: summary.secondary.meetings }
      : {}),
    venues: summary.venues.map(({ venue, venueName, caseVisits, contacts, meetings }) => ({
      venue: formatNational(venue),
      venue_name: venueName,
      case_visits: caseVisits,
      contacts,
      meetings,
    })),
  };
}
