import type { Zone } from '../../base/zone.ts';
import type { Config, LineConfig } from '../../config/config.ts';
import type { Arrival, ListingScope } from '../../modem/receive/arrival.ts';
import { registerError } from '../../store/database/errors.ts';
import type { Intake } from '../../store/intake.ts';
import { parseTypedNumber } from '../../visits/sender.ts';
import type { GatewayWatcher } from '../gateway-watcher.ts';
import { failureFields, type Log } from '../log/log.ts';
import { fullRubbishAllowance, hasRoom, type RubbishAllowance, rubbishAllowanceAt } from './rubbish-limit.ts';
import {
  type IntakeLine,
  type IntakeRules,
  type ListingOutcome,
  type TakenListing,
  type TakenText,
  takeListing,
  takeOverdue,
} from './take-listing.ts';

interface TextIntakeOptions {
  readonly intake: Intake;
  /** The configuration in use. */
  readonly settings: () => Pick<Config, 'lines' | 'numbering' | 'retention'>;
  /** In which days are counted. */
  readonly zone: Pick<Zone, 'offsetMsAt'>;
  /** False if the free space is the sweep's and the audit log's. */
  readonly takesTexts: () => boolean;
  readonly log: Log;
  readonly watcher: Pick<Required<GatewayWatcher>, 'onText' | 'onListing' | 'onRefused' | 'onTransaction'>;
}

/** Takes texts into the register, logs them and notifies the watcher. */
export interface TextIntake {
  /**
   * Returns once the texts are on disk, all but those that the line is to keep because it brought too much rubbish.
   * @throws what the register refuses them with
   */
  accept(line: IntakeLine, listing: readonly Arrival[], scope: ListingScope | null): ListingOutcome;
  /** Whether the line of this name has brought as much that cannot be decoded as it may. */
  isFlooded(lineName: string): boolean;
  /** The same for texts that came directly to the line of this name. */
  acceptDirect(lineName: string, arrivals: readonly Arrival[]): ListingOutcome;
  /** Makes texts of sets of parts that have waited too long. After a refusal the next call tries again. */
  acceptOverdue(): void;
  /** Logs and counts at once what was accepted and has yet to be logged: before the log ends. */
  flush(): void;
}

export function createTextIntake({
  intake,
  settings,
  zone,
  takesTexts,
  log,
  watcher,
}: TextIntakeOptions): TextIntake {
  /** What was accepted and has yet to be logged and counted. */
  const pending: (() => void)[] = [];
  const allowances = new Map<string, RubbishAllowance>();

  function allowanceOf(lineName: string): RubbishAllowance {
    const nowMs = intake.clock.monotonicMs();
    return rubbishAllowanceAt(allowances.get(lineName) ?? fullRubbishAllowance(nowMs), nowMs);
  }

  function accept(line: IntakeLine, listing: readonly Arrival[], scope: ListingScope | null): ListingOutcome {
    const begunMs = intake.clock.monotonicMs();
    let taken: ListingOutcome;
    try {
      checkRoom();
      taken = takeListing(intake, line, listing, rulesOf(), scope, allowanceOf(line.name));
      allowances.set(line.name, taken.allowance);
    } catch (error) {
      const code = logRefusal(error, { line: line.name, texts: listing.length });
      watcher.onRefused(line.name, code, listing.length);
      throw error;
    }
    const tookMs = intake.clock.monotonicMs() - begunMs;
    watcher.onTransaction(null);
    // The modem's next command goes first: texts wait for that, and nothing waits for this.
    pending.push(() => {
      logListing(line.name, taken);
      watcher.onListing(line.name, taken, tookMs);
    });
    setImmediate(flush);
    return taken;
  }

  function flush(): void {
    for (const report of pending.splice(0)) report();
  }

  function rulesOf(): IntakeRules {
    const { numbering, retention } = settings();
    return { areaCode: numbering.areaCode, retentionMs: retention.periodMs, zone };
  }

  /** @throws AppError `register.disk-full` although there is space left */
  function checkRoom(): void {
    if (!takesTexts())
      throw registerError(Object.assign(new Error('only the reserve is left'), { code: 'ENOSPC' }));
  }

  function logListing(line: string, { texts, parts, known }: TakenListing): void {
    for (const text of texts) logText(text);
    if (parts > 0) log.write('info', 'part.accepted', { line, parts });
    if (known > 0) log.write('info', 'text.known', { line, texts: known });
  }

  /** Counts and kinds, never a number or words. */
  function logText(taken: TakenText): void {
    const { line, stamp, verdict } = taken;
    log.write('info', 'text.accepted', {
      line,
      kind: verdict.kind,
      venues: verdict.kind === 'visit' ? verdict.venues.length : undefined,
      reason: 'reason' in verdict ? verdict.reason : undefined,
      code: 'code' in verdict ? verdict.code : undefined,
      time_source: stamp.source,
    });
    watcher.onText(taken);
  }

  function logRefusal(error: unknown, facts: { readonly line?: string; readonly texts?: number }): string {
    const failure = failureFields(error);
    log.write('error', 'register.refused', { ...facts, ...failure });
    watcher.onTransaction(failure.code);
    return failure.code;
  }

  return {
    accept,
    flush,
    isFlooded: (lineName) => !hasRoom(allowanceOf(lineName)),
    acceptDirect: (lineName, arrivals) => accept(intakeLineNamed(settings(), lineName), arrivals, null),
    acceptOverdue() {
      const config = settings();
      try {
        checkRoom();
        const texts = takeOverdue(intake, (name) => intakeLineNamed(config, name), rulesOf());
        watcher.onTransaction(null);
        for (const text of texts) logText(text);
      } catch (error) {
        logRefusal(error, {});
      }
    },
  };
}

/** Also of a line that is not configured any more. */
function intakeLineNamed({ lines }: Pick<Config, 'lines'>, name: string): IntakeLine {
  return intakeLineOf(lines.find((line) => line.name === name) ?? { name, number: null });
}

export function intakeLineOf({ name, number }: Pick<LineConfig, 'name' | 'number'>): IntakeLine {
  return { name, receiving: number === null ? null : (parseTypedNumber(number)?.canonical ?? null) };
}
