import { parseWindow, type Window } from '../../export/window.ts';
import type { AuditScope } from '../../store/audit/audit-types.ts';
import type { VisitQuery } from '../../store/records.ts';
import type { Configured } from '../configured.ts';
import type { OfficerFile } from './officer-file.ts';
import { withoutNumbers } from './officer-text.ts';
import { auditedPlaces, type IsRegistered, placeNumber } from './places.ts';
import { sayWindow } from './said-window.ts';

/** The options that say which visits an officer asks for. */
export interface QueryFlags {
  readonly from: string;
  readonly to: string;
  readonly venue?: readonly string[];
  readonly line?: string;
}

/** Errors: `window.…`, `venue.number`. */
export function visitQuery({ shell, config, zone }: Configured, flags: QueryFlags): VisitQuery {
  const window = parseWindow(flags.from, flags.to, { zone, nowMs: shell.clock.wallMs() });
  const venues = flags.venue?.map((typed) => placeNumber(typed, config.numbering.areaCode));
  return {
    ...window,
    ...(venues === undefined ? {} : { venues }),
    ...(flags.line === undefined ? {} : { line: flags.line }),
  };
}

/** The options of a window that may both be left out. */
export interface WindowFlags {
  readonly from?: string;
  readonly to?: string;
}

/**
 * From the beginning and to the end unless they say otherwise; says how what they say was understood. Errors: `window.…`.
 */
export async function optionalWindow(configured: Configured, { from, to }: WindowFlags): Promise<Window> {
  const { shell, zone } = configured;
  const nowMs = shell.clock.wallMs();
  const window = parseWindow(from ?? '1970-01-02', to ?? '9999-01-01', { zone, nowMs });
  if (from !== undefined || to !== undefined)
    await sayWindow(configured, {
      fromMs: from === undefined ? null : window.fromMs,
      toMs: to === undefined ? null : window.toMs,
    });
  return { fromMs: from === undefined ? 0 : window.fromMs, toMs: window.toMs };
}

interface VisitScope {
  readonly query: VisitQuery;
  readonly file: OfficerFile;
  readonly format: string;
  readonly revealed: boolean;
}

/** What an act on visits reaches, for the audit log. */
export async function visitScope(
  { query, file, format, revealed }: VisitScope,
  isRegistered: IsRegistered,
): Promise<AuditScope> {
  const { fromMs, toMs, venues, line } = query;
  return {
    ...(venues === undefined ? {} : { venues: await auditedPlaces(venues, isRegistered) }),
    ...(line === undefined ? {} : { line: withoutNumbers(line) }),
    from: fromMs,
    to: toMs,
    revealed,
    format,
    output: file.kind,
    ...(file.encrypted ? { encrypted: true as const } : {}),
  };
}
