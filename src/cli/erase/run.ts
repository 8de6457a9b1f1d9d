import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { formatMinute, type Zone } from '../../base/zone.ts';
import type { Erased, Traces } from '../../store/erase/erase-types.ts';
import { countTraces } from '../../store/erase/traces.ts';
import { hourEndMs, hourOf, hourStartMs } from '../../store/hour.ts';
import { maskNumber } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { eraseWords, type KeptTraces } from '../../words/commands/erase.ts';
import { confirm, requireConfirmable } from '../ask.ts';
import { configured } from '../configured.ts';
import { type ActResult, type ActSession, act, type Purpose } from '../officer/act.ts';
import { typedVisitor } from '../officer/typed-visitors.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { visitorFinder } from './visitor-finder.ts';

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
  const finder = visitorFinder(visitor);
  const traces = await register.tracesOf(finder);
  const { rows, mentions, pseudonyms, place } = traces;
  if (rows.length + mentions + pseudonyms === 0 && place !== 'removed')
    throw fault('erase.nothing', { visitor: masked, ...keptTraces(traces) });
  for (const hour of new Set(rows.map((row) => row.hour))) act.reveal(visitor, hourStartMs(hour));
  // Before anything of this person is shown.
  act.flush(rows.length);
  await print(foundLines(traces, masked, zone, shell.language));
  if (dryRun) return { rows: rows.length + mentions, complete: true };
  await confirm(shell, { command: 'erase', word: 'erase', yes });
  const erased = await register.erase(finder, start.who);
  const goneBy = formatMinute(zone, lastEndMs(erased, shell.clock.wallMs()) + config.retention.periodMs);
  await print(erasedLines(erased, goneBy, shell.language));
  const gone = Object.values(erased.rows).reduce((sum, count) => sum + count, 0);
  return { rows: gone + erased.starred, complete: true };
}

function keptTraces({ asVenue, waitingTexts, spooled, place }: Traces): KeptTraces {
  return { as_venue: asVenue, waiting: waitingTexts, spooled, registered: place === 'registered' };
}

function foundLines(traces: Traces, masked: string, zone: Zone, language: Language): string[] {
  const words = eraseWords[language];
  const { rows, mentions, pseudonyms, place } = traces;
  const kept = words.kept(keptTraces(traces));
  return [
    words.found(masked, words.rows(countTraces(rows)), spanOf(rows, zone, words)),
    ...(mentions > 0 ? [words.mentions(mentions)] : []),
    ...(pseudonyms > 0 ? [words.pseudonyms(pseudonyms)] : []),
    ...(place === 'removed' ? [words.removedPlace] : []),
    ...(kept === null ? [] : [kept]),
  ];
}

/** Null without rows. */
function spanOf(rows: Traces['rows'], zone: Zone, words: (typeof eraseWords)[Language]): string | null {
  const hours = [...new Set(rows.map(({ hour }) => hour))].sort((a, b) => a - b);
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) return null;
  const from = formatMinute(zone, hourStartMs(first));
  return words.span(hours.length, from, formatMinute(zone, hourEndMs(last)));
}

/** Texts of others are starred without regard to their hours: any of them may be the current one. */
function lastEndMs({ hours, starred }: Erased, nowMs: number): number {
  const last = hours.at(-1);
  return hourEndMs(starred > 0 || last === undefined ? hourOf(nowMs) : last);
}

function erasedLines(erased: Erased, goneBy: string, language: Language): string[] {
  const words = eraseWords[language];
  const { rows, starred, pseudonyms, forgotten, walTruncated, unreached = [] } = erased;
  return [
    words.erased(words.rows(rows)),
    ...(starred > 0 ? [words.starred(starred)] : []),
    ...(pseudonyms > 0 ? [words.becameNoise(pseudonyms)] : []),
    ...(forgotten ? [words.forgotten] : []),
    ...words.left(goneBy),
    ...(walTruncated ? [] : [words.walInUse]),
    ...(unreached.length > 0 ? [words.unreached(unreached)] : []),
  ];
}
