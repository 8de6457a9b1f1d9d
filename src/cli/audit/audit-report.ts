import { type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import type { Zone } from '../../base/zone.ts';
import type { Window } from '../../export/window.ts';
import type { Act } from '../../store/audit/audit-acts.ts';
import type { Invocation } from '../invocation.ts';
import { writeLine } from '../shell.ts';
import { actJson } from './act-text.ts';
import { reviewText } from './audit-report-text.ts';
import { type MonthReport, reviewOf, type Sums } from './audit-review.ts';
import { readingAudit } from './audit-session.ts';

export interface ReportFlags {
  readonly month: string;
  readonly json?: boolean;
}

/** The month's acts for review. A month without any is a report too. */
export function report(invocation: Invocation, { month, json }: ReportFlags): Promise<ExitCode> {
  const { shell } = invocation;
  return readingAudit(invocation, async ({ config, reader, zone }) => {
    const { fromMs, toMs } = await monthWindow(month, zone);
    const acts = reader.contents().acts.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    const review = reviewOf(acts, zone);
    const made = { month, timeZone: config.timeZone, review, verification: reader.verify(), zone };
    if (json) await writeLine(shell.stdout, JSON.stringify(reportJson(made)));
    else for (const line of reviewText(made, shell.language)) await writeLine(shell.stdout, line);
    return exitCode.done;
  });
}

async function monthWindow(month: string, zone: Zone): Promise<Window> {
  const { parseWindow } = await import('../../export/window.ts');
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || number === undefined)
    throw new WordedError('audit.month', `--month ${JSON.stringify(month)} is no month`, {
      hint: 'Write it as 2026-11.',
      context: { month: month ?? null },
      exit: exitCode.usage,
    });
  const next =
    number === '12' ? `${Number(year) + 1}-01` : `${year}-${String(Number(number) + 1).padStart(2, '0')}`;
  return parseWindow(`${month}-01`, `${next}-01`, { zone, nowMs: 0 });
}

function reportJson({ month, timeZone, review, verification, zone }: MonthReport): object {
  const acts = (some: readonly Act[]) => some.map((act) => actJson(act, zone));
  return {
    month,
    time_zone: timeZone,
    log_whole: verification.findings.length === 0,
    total: sumsJson(review.total),
    by_person: review.byPerson.map(({ person, ...sums }) => ({ person, ...sumsJson(sums) })),
    by_purpose: review.byPurpose.map(({ reason, case: number, ...sums }) => ({
      reason: reason || null,
      case: number || null,
      ...sumsJson(sums),
    })),
    odd_hours: acts(review.oddHours),
    unfinished: acts(review.unfinished),
    interrupted: acts(review.interrupted),
    refused: acts(review.refused),
    disputed: acts(review.disputed),
    largest: acts(review.largest),
  };
}

function sumsJson({ acts, revealed, revealedRows, downloads, refused, oddHours }: Sums): object {
  return { acts, revealed, revealed_rows: revealedRows, downloads, refused, odd_hours: oddHours };
}
