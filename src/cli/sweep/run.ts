import { formatDuration, hourMs } from '../../base/amounts.ts';
import { sleep } from '../../base/clock.ts';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import type { Zone } from '../../base/zone.ts';
import { actorOf, systemProbe } from '../../store/audit/audit-actor.ts';
import type { SweepClock, SweepPlan, SweepResult, SweptRows } from '../../store/sweep/sweep-tally.ts';
import type { Language } from '../../words/bilingual.ts';
import { type SweepWords, sweepWords } from '../../words/commands/sweep.ts';
import { formatCount } from '../../words/counted.ts';
import { configured } from '../configured.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, writeLine } from '../shell.ts';

function planObject(plan: SweepPlan, zone: Zone): object {
  return { dry_run: true, ...common(plan, zone) };
}

function resultObject(result: SweepResult, zone: Zone): object {
  return {
    dry_run: false,
    ...common(result, zone),
    misdated_hours: result.misdated,
    freed_pages: result.freedPages,
    wal_truncated: result.walTruncated,
    finished: result.finished,
    steps: result.steps,
    longest_step_ms: Math.round(result.longestStepMs),
    duration_ms: Math.round(result.durationMs),
  };
}

function common(
  { clock, rows, hours, keys }: Pick<SweepPlan, 'clock' | 'rows' | 'hours' | 'keys'>,
  zone: Zone,
) {
  const at = (hour: number | undefined) => (hour === undefined ? null : zone.format(hour * hourMs));
  return {
    past_at: zone.format(clock.cutMs),
    rows,
    hours: { count: hours.length, first: at(hours[0]), last: at(hours.at(-1)) },
    keys,
    clock: clockObject(clock, zone),
  };
}

function clockObject({ standing, clockMs, leapMs, doubtful, living, waiting }: SweepClock, zone: Zone) {
  return {
    standing,
    machine: zone.format(clockMs),
    leap_seconds: Math.round(leapMs / 1_000),
    doubtful_hours: doubtful,
    living_hours: living,
    waiting,
  };
}

function planLines(plan: SweepPlan, zone: Zone, language: Language): string[] {
  const words = sweepWords[language];
  return [
    words.plan(zone.format(plan.clock.cutMs)),
    ...rowLines(plan.rows, words),
    hoursLine(plan, zone, words),
    ...clockLines(plan.clock, zone, words),
  ];
}

function resultLines(result: SweepResult, zone: Zone, language: Language): string[] {
  const words = sweepWords[language];
  const { freedPages, walTruncated, misdated, durationMs } = result;
  const lines = [
    words.result(zone.format(result.clock.cutMs)),
    ...rowLines(result.rows, words),
    hoursLine(result, zone, words),
    words.freed(freedPages, (durationMs / 1_000).toFixed(1)),
  ];
  if (!walTruncated) lines.push(words.walInUse);
  if (misdated > 0) lines.push(words.misdated(misdated));
  return [...lines, ...clockLines(result.clock, zone, words)];
}

function rowLines(rows: Readonly<SweptRows>, words: SweepWords): string[] {
  const kinds = Object.keys(words.rows) as (keyof SweptRows)[];
  const width = Math.max(...kinds.map((kind) => formatCount(rows[kind]).length));
  return kinds.map((kind) => words.row(formatCount(rows[kind]).padStart(width), words.rows[kind]));
}

function hoursLine(
  { hours, keys }: Pick<SweepPlan, 'hours' | 'keys'>,
  zone: Zone,
  words: SweepWords,
): string {
  const first = hours[0];
  const last = hours.at(-1);
  if (first === undefined || last === undefined) return words.noHour;
  const span = first === last ? at(zone, first) : words.span(at(zone, first), at(zone, last));
  return words.hours(hours.length, span, keys);
}

function at(zone: Zone, hour: number): string {
  return zone.format(hour * hourMs);
}

function clockLines(
  { standing, clockMs, leapMs, doubtful, waiting }: SweepClock,
  zone: Zone,
  words: SweepWords,
): string[] {
  if (standing === 'sound') return [];
  const clock = zone.format(clockMs);
  const leap = formatDuration(Math.round(Math.abs(leapMs) / hourMs) * hourMs);
  const waits = waiting ? [words.waits(doubtful)] : [];
  if (standing === 'behind') return [words.behind(clock), ...waits];
  if (standing === 'contradicted') return [words.contradicted(clock, leap), ...waits];
  return [waiting ? words.waiting(clock, leap, doubtful) : words.leapt(clock, leap)];
}

interface SweepFlags {
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** The pause between two steps: within it, SQLite tries again for a gateway that waits for the write lock. */
const pauseMs = 25;

export async function sweep(given: Invocation, flags: SweepFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  const { shell, config, zone } = invocation;
  const options = { force: flags.force ?? false, maxShare: config.retention.sweepMaxShare };
  const print = (object: () => object, lines: () => readonly string[]) =>
    writeLine(shell.stdout, flags.json ? printableJson(object()) : lines().join('\n'));
  return withRegister(invocation, flags.dryRun ? 'reader' : 'tool', async (register) => {
    if (flags.dryRun) {
      const plan = await register.planSweep(options);
      await print(
        () => planObject(plan, zone),
        () => planLines(plan, zone, shell.language),
      );
      return exitCode.done;
    }
    const result = await register.sweep({
      ...options,
      who: actorOf(systemProbe(shell.env)),
      command: 'sweep',
      pause: (tookMs) => sleep(shell.clock, Math.max(pauseMs, tookMs)),
      signal: shell.signal,
    });
    await print(
      () => resultObject(result, zone),
      () => resultLines(result, zone, shell.language),
    );
    if (!result.finished) throw fault('sweep.stopped');
    const { waiting, doubtful, living } = result.clock;
    if (waiting) throw fault('sweep.waiting', { doubtful, living });
    return exitCode.done;
  });
}
