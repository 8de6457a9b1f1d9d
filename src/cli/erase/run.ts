import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { formatMinute, type Zone } from '../../base/zone.ts';
import type { Erased, Traces } from '../../store/erase/erase-types.ts';
import { countTraces } from '../../store/erase/traces.ts';
import { hourEndMs, hourStartMs } from '../../store/hour.ts';
import { maskNumber } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { eraseWords } from '../../words/commands/erase.ts';
import { confirm, requireConfirmable } from '../ask.ts';
import { configured } from '../configured.ts';
import { type ActResult, type ActSession, act, type Purpose } from '../officer/act.ts';
import { typedVisitor } from '../officer/typed-visitors.ts';
import { type Invocation, writeLine } from '../shell.ts';

interface EraseFlags extends Purpose {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export async function erase(given: Invocation, flags: EraseFlags): Promise<ExitCode> {
  const { dryRun = false, yes = false } = flags;
  const invocation = await configured(given);
  const request = {
    command: dryRun ? 'erase --dry-run' : 'erase',
    role: dryRun ? 'reader' : 'tool',
    reason: 'always',
    purpose: flags,
    read: async () => {
      if (!dryRun) requireConfirmable(invocation.shell, { command: 'erase', yes });
      const visitor = await typedVisitor(invocation.shell);
      if (visitor === null) throw fault('erase.visitor');
      return visitor;
    },
    scope: async () => ({ revealed: false, visitor: true }),
  } as const;
  await act(invocation, request, (session, visitor) => eraseVisitor(session, visitor, { dryRun, yes }));
  return exitCode.done;
}

async function eraseVisitor(
  { shell, config, zone, register, act, start }: ActSession,
  visitor: string,
  { dryRun, yes }: { readonly dryRun: boolean; readonly yes: boolean },
): Promise<ActResult> {
  const print = (lines: readonly string[]) => writeLine(shell.stdout, lines.join('\n'));
  const masked = maskNumber(visitor);
  const traces = await register.tracesOf(visitor);
  const { rows, mentions, asVenue } = traces;
  if (rows.length === 0) throw fault('erase.nothing', { visitor: masked, mentions, as_venue: asVenue });
  for (const hour of new Set(rows.map((row) => row.hour))) act.reveal(visitor, hourStartMs(hour));
  await print(foundLines(traces, masked, zone, shell.language));
  if (dryRun) return { rows: rows.length, complete: true };
  await confirm(shell, { command: 'erase', word: 'erase', yes });
  act.flush(rows.length);
  const erased = await register.erase(visitor, start.who);
  await print(erasedLines(erased, config.retention.periodMs, zone, shell.language));
  return { rows: Object.values(erased.rows).reduce((sum, count) => sum + count, 0), complete: true };
}

function foundLines(traces: Traces, masked: string, zone: Zone, language: Language): string[] {
  const words = eraseWords[language];
  const { rows, mentions, asVenue } = traces;
  const hours = [...new Set(rows.map(({ hour }) => hour))];
  const from = formatMinute(zone, hourStartMs(Math.min(...hours)));
  const to = formatMinute(zone, hourEndMs(Math.max(...hours)));
  return [
    words.found(masked, words.rows(countTraces(rows)), words.span(hours.length, from, to)),
    ...(mentions + asVenue > 0 ? [words.elsewhere({ mentions, asVenue })] : []),
  ];
}

function erasedLines(
  { rows, hours, walTruncated }: Erased,
  retentionMs: number,
  zone: Zone,
  language: Language,
): string[] {
  const words = eraseWords[language];
  const goneBy = formatMinute(zone, hourEndMs(Math.max(...hours)) + retentionMs);
  return [words.erased(words.rows(rows)), ...words.left(goneBy), ...(walTruncated ? [] : [words.walInUse])];
}
