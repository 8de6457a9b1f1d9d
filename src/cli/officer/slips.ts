import type { Config } from '../../config/config.ts';
import type { VisitQuery } from '../../store/register-types.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { auditedVenue } from './audited.ts';

/** What was asked for, and what there is. */
export interface Question {
  readonly query: Pick<VisitQuery, 'venues' | 'line'>;
  readonly config: Pick<Config, 'lines'>;
  /** Whether a place is registered under that number. */
  readonly isRegistered: (venue: string) => boolean;
}

/** The facts of `export.nothing` and its like. */
export interface Slip {
  readonly venues?: string;
  readonly line?: string;
}

/** What may be a slip where nothing was found: whoever mistyped a number must not believe that nobody was there. */
export function slipIn(question: Question): Slip {
  const { query, config } = question;
  const venues = strangeVenues(question);
  if (venues !== '') return { venues };
  const { line } = query;
  return line === undefined || config.lines.some(({ name }) => name === line) ? {} : { line };
}

/** The numbers asked for that no place has, as the audit log may hold them. */
export function strangeVenues({ query, isRegistered }: Omit<Question, 'config'>): string {
  return (query.venues ?? [])
    .filter((venue) => !isRegistered(venue))
    .map((venue) => formatNational(auditedVenue(null, venue)))
    .join(', ');
}
