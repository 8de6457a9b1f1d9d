import { hourMs, minuteMs } from '../../base/amounts.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { HolderSweep } from '../../central/records/central-sweep.ts';
import type { CentralReason } from '../../central/survey.ts';
import type { Config } from '../../config/config.ts';
import type { Actor } from '../../store/audit/audit-types.ts';
import { hourStartMs } from '../../store/hour.ts';
import type { RegisterOptions } from '../../store/register-types.ts';
import { failureFields, type Log } from '../log/log.ts';
import { nextSweepMs } from '../sweep-loop.ts';
import { watchCentral } from './watch-central.ts';

/** What a holder did last for the central register. */
export interface HoldingReport {
  readonly name: string;
  /** `waiting`: for a second opinion on the clock. `failing`: the last pass ended with `code`. */
  readonly state: 'starting' | 'holding' | 'waiting' | 'failing';
  readonly code: string | null;
  /** The end of the last hour that gateways have a key of this holder for; null until a pass has told. */
  readonly publishedUntilMs: number | null;
  /** Hours for which a key is published in this holder's name that is not its own. */
  readonly foreignHours: number;
  /** When the last pass ended that did everything; null if none has. */
  readonly lastAtMs: number | null;
  /** Why the central register is not well; null until it was asked. */
  readonly central: readonly CentralReason[] | null;
}

/** What passes tell of it. */
type PassReport = Omit<HoldingReport, 'central'>;

export interface Holding {
  /** Null on a host that is not a holder. */
  report(): HoldingReport | null;
  /** Resolves when the pass under way has ended. */
  stop(): Promise<void>;
}

export interface HoldingOptions {
  readonly settings: () => Config;
  readonly registerOptions: RegisterOptions;
  readonly clock: Clock;
  readonly who: Actor;
  readonly log: Log;
}

const none: Holding = { report: () => null, stop: async () => {} };

/** After a pass that failed, and while one waits. */
const retryMs = minuteMs;

/**
 * On a holder's host: ends its hours that are past, publishes those to come, and keeps the keys of new ones, at once and on each
 * full hour. Elsewhere nothing of it is loaded.
 */
export function startHolding(options: HoldingOptions): Holding {
  const { name } = options.settings().holder;
  return name === null ? none : holdingOf(name, options);
}

function holdingOf(name: string, { settings, registerOptions, clock, who, log }: HoldingOptions): Holding {
  const stopping = new AbortController();
  let report: PassReport = {
    ...{ name, state: 'starting', code: null },
    ...{ publishedUntilMs: null, foreignHours: 0, lastAtMs: null },
  };
  const ended = loop();
  const watch = watchCentral({ settings, clock, signal: stopping.signal });

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const before = report;
      report = await passed();
      logChange(log, before, report);
      await sleep(clock, pauseMs(), stopping.signal);
    }
  }

  function pauseMs(): number {
    const nowMs = clock.wallMs();
    const nextMs = nextSweepMs(nowMs, hourMs) - nowMs;
    return Math.max(1, report.state === 'holding' ? nextMs : Math.min(retryMs, nextMs));
  }

  async function passed(): Promise<PassReport> {
    try {
      return afterPass(report, await pass(), clock.wallMs());
    } catch (error) {
      const failure = failureFields(error);
      if (report.code !== failure.code) log.write('warn', 'holder.failing', failure);
      return { ...report, state: 'failing', code: failure.code };
    }
  }

  async function pass(): Promise<HolderSweep> {
    const { openHolder } = await import('./open-holder.ts');
    const records = openHolder(settings(), { ...registerOptions, role: 'tool' });
    try {
      return await records.pass({
        ...{ who, command: 'run', signal: stopping.signal },
        maxShare: settings().retention.sweepMaxShare,
      });
    } finally {
      await records.close();
    }
  }

  return {
    report: () => ({ ...report, central: watch.reasons() }),
    async stop() {
      stopping.abort();
      await Promise.all([ended, watch.ended]);
    },
  };
}

function afterPass(before: PassReport, { clock, publication }: HolderSweep, nowMs: number): PassReport {
  const { lastHour, foreign } = publication;
  const isWaiting = clock.waiting || lastHour === null;
  return {
    name: before.name,
    state: isWaiting ? 'waiting' : 'holding',
    code: isWaiting ? 'holder.clock' : null,
    publishedUntilMs: lastHour === null ? before.publishedUntilMs : hourStartMs(lastHour + 1),
    foreignHours: foreign.length,
    lastAtMs: nowMs,
  };
}

function logChange(log: Log, before: PassReport, now: PassReport): void {
  if (now.state === 'holding' && before.state !== 'holding')
    log.write('info', 'holder.holding', { published_until: until(now) });
  if (now.state === 'waiting' && before.state !== 'waiting')
    log.write('warn', 'holder.waiting', { published_until: until(now) });
  if (now.foreignHours > before.foreignHours)
    log.write('error', 'holder.foreign', { hours: now.foreignHours });
}

function until({ publishedUntilMs }: PassReport): string | null {
  return publishedUntilMs === null ? null : new Date(publishedUntilMs).toISOString();
}
