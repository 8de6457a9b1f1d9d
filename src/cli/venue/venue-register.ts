import { type AppError, exitCode, WordedError } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import { type Audit, openAudit } from '../../store/audit/audit.ts';
import type { Register, Role, Venue } from '../../store/register-types.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { parseVenue } from '../../visits/resolve.ts';
import { audited, startOf } from '../officer/audited.ts';
import { shownTyped } from '../option-values.ts';
import { openRegisterOf, registerOptionsOf } from '../register-of.ts';
import type { Invocation } from '../shell.ts';

export interface VenueSession {
  readonly config: Config;
  readonly register: Register;
}

/** Opens the configured register for as long as `work` takes. */
export async function withRegister<T>(
  { shell, globals }: Invocation,
  role: Role,
  work: (session: VenueSession) => Promise<T>,
): Promise<T> {
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const register = openRegisterOf(config, shell.clock, role);
  try {
    return await work({ config, register });
  } finally {
    register.close();
  }
}

/** A change of the venues: what it does, and how many of them it changed. */
export interface VenueChange<T> {
  readonly command: string;
  /** Canonical; absent when it is about many. */
  readonly venues?: readonly string[];
  readonly change: () => T;
  readonly rows: (result: T) => number;
  /** The codes that it gave. */
  readonly given?: (result: T) => readonly string[];
}

/**
 * Makes a change under the eyes of the audit log: a venue's name is what officers see of a visit, so it is on record
 * who changed it and when.
 */
export async function changingVenues<T>(
  { shell }: Invocation,
  { config }: VenueSession,
  { command, venues, change, rows, given }: VenueChange<T>,
): Promise<T> {
  const audit: Audit = openAudit(registerOptionsOf(config, shell.clock, 'tool'));
  try {
    const scope = { revealed: false, ...(venues ? { venues } : {}) };
    const start = await startOf(shell, { command, scope });
    let result: T | undefined;
    await audited(audit, start, async () => {
      result = change();
      return { rows: rows(result), complete: true, ...(given ? { venues: given(result) } : {}) };
    });
    return result as T;
  } finally {
    audit.close();
  }
}

/** The canonical number of what staff typed. Error: `venue.number`. */
export function venueNumber(typed: string, areaCode: string): string {
  const number = parseVenue(typed, areaCode);
  if (number !== null) return number;
  const shown = shownTyped(typed);
  throw new WordedError('venue.number', `${JSON.stringify(shown)} is no number of a place`, {
    hint: 'Type it as on its sign, 031-324-2114, or give its six-digit code.',
    context: { typed: shown },
    exit: exitCode.usage,
  });
}

/** Canonical: the numbers that visitors text to, which are no place's. */
export function receivingNumbers({ lines, numbering }: Config): string[] {
  return lines.flatMap(({ number }) => parseVenue(number ?? '', numbering.areaCode) ?? []);
}

/** The registered venue of that number. Error: `venue.unknown`. */
export function registeredVenue(register: Register, typed: string, areaCode: string): Venue {
  const venue = register.venueOf(venueNumber(typed, areaCode));
  if (venue !== null && venue.removedAtMs === null) return venue;
  throw unknownVenue(typed);
}

export function unknownVenue(typed: string): AppError {
  const venue = shownTyped(typed);
  return new WordedError('venue.unknown', `no place is registered under ${venue}`, {
    hint: '`visitlog venue list` shows those that are.',
    context: { venue },
    exit: exitCode.nothing,
  });
}

/** A venue as one object for programs. */
export function venueJson({ number, name, address, issued, branches }: Venue): object {
  return { number: formatNational(number), name, address, issued, branches };
}
