import type { Writable } from 'node:stream';
import type { AuditScope } from '../../store/audit/audit-types.ts';
import type { Register, VisitQuery } from '../../store/register-types.ts';
import { planRowOf } from '../../visits/numbering-plan.ts';
import { maskNumber } from '../../visits/phone-number.ts';
import { isTerminal } from '../shell.ts';
import { withoutNumbers } from './officer-text.ts';

export interface OutputFlags {
  readonly revealed: boolean;
  readonly format: string;
  /** A file's name, or `-`. */
  readonly output: string;
  readonly stdout: Writable;
  readonly encrypted?: boolean;
}

/** What an act on visits reaches, for the audit log. Null for the register: no venue is known to be one. */
export async function scopeOf(
  register: Register | null,
  { fromMs, toMs, venues, line }: VisitQuery,
  { revealed, format, output, stdout, encrypted = false }: OutputFlags,
): Promise<AuditScope> {
  return {
    ...(venues === undefined ? {} : { venues: venues.map((venue) => auditedVenue(register, venue)) }),
    ...(line === undefined ? {} : { line: await withoutNumbers(line) }),
    from: fromMs,
    to: toMs,
    revealed,
    format,
    output: outputKind(output, stdout),
    ...(encrypted ? { encrypted: true as const } : {}),
  };
}

/** A person's number can be asked for as if it were a place's: masked, unless a place of that number is registered. */
export function auditedVenue(register: Register | null, venue: string): string {
  const kind = planRowOf(venue)?.kind;
  const personal = kind === 'mobile' || kind === 'personal' || kind === 'machine';
  return personal && (register?.venueOf(venue) ?? null) === null ? maskNumber(venue) : venue;
}

function outputKind(output: string, stdout: Writable): NonNullable<AuditScope['output']> {
  if (output !== '-') return 'file';
  return isTerminal(stdout) ? 'terminal' : 'stdout';
}
