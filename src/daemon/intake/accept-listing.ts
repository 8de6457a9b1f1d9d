import type { Config, LineConfig } from '../../config/config.ts';
import type { Arrival, ListingScope } from '../../modem/receive/arrival.ts';
import { registerError } from '../../store/database/errors.ts';
import { parseTypedNumber } from '../../visits/sender.ts';
import type { GatewayContext } from '../gateway-context.ts';
import { failureFields } from '../log/log.ts';
import {
  type IntakeLine,
  type IntakeRules,
  type Outcome,
  type TakenListing,
  takeListing,
  takeOverdue,
} from './intake.ts';

type Ears = Pick<GatewayContext, 'log' | 'watcher'>;

/** Tells of a listing that is on disk: counts and kinds, never a number or words. */
export function tellIntake(ears: Ears, line: string, taken: TakenListing): void {
  for (const outcome of taken.texts) tellOutcome(ears, outcome);
  if (taken.parts > 0) ears.log.write('info', 'part.accepted', { line, parts: taken.parts });
  if (taken.known > 0) ears.log.write('info', 'text.known', { line, texts: taken.known });
}

/** Tells of one text that is on disk. */
export function tellOutcome({ log, watcher }: Ears, outcome: Outcome): void {
  const { line, stamp, disposition } = outcome;
  log.write('info', 'text.accepted', {
    line,
    kind: disposition.kind,
    venues: disposition.kind === 'visit' ? disposition.venues.length : undefined,
    reason: 'reason' in disposition ? disposition.reason : undefined,
    code: 'code' in disposition ? disposition.code : undefined,
    time_source: stamp.source,
  });
  watcher.onOutcome(outcome);
}

/** Takes a line's listing into the register and tells of it. @throws what the register refuses it with */
export function acceptListing(
  context: GatewayContext,
  line: IntakeLine,
  listing: readonly Arrival[],
  scope: ListingScope | null,
): void {
  const { intake, settings, watcher } = context;
  const begunMs = intake.clock.monotonicMs();
  let taken: TakenListing;
  try {
    checkRoom(context);
    taken = takeListing(intake, line, listing, rulesOf(settings()), scope);
  } catch (error) {
    const code = tellRefusal(context, error, { line: line.name, texts: listing.length });
    watcher.onRefused(line.name, code, listing.length);
    throw error;
  }
  const tookMs = intake.clock.monotonicMs() - begunMs;
  watcher.onTransaction(null);
  // The modem's next command goes first: a text waits for that, and nobody for this.
  setImmediate(() => {
    tellIntake(context, line.name, taken);
    watcher.onIntake(line.name, taken, tookMs);
  });
}

/** Makes texts of the sets of parts that have waited too long. What the register refuses is tried another time. */
export function acceptOverdue(context: GatewayContext): void {
  const { intake, settings, watcher } = context;
  const config = settings();
  try {
    checkRoom(context);
    const outcomes = takeOverdue(intake, (name) => intakeLineNamed(config, name), rulesOf(config));
    watcher.onTransaction(null);
    for (const outcome of outcomes) tellOutcome(context, outcome);
  } catch (error) {
    tellRefusal(context, error, {});
  }
}

/** @throws AppError `register.disk-full` though there is room, for what has to go first */
function checkRoom({ takesTexts }: GatewayContext): void {
  if (!takesTexts())
    throw registerError(Object.assign(new Error('no room but the reserve'), { code: 'ENOSPC' }));
}

/** Also of a line that is not configured any more. */
export function intakeLineNamed({ lines }: Pick<Config, 'lines'>, name: string): IntakeLine {
  return intakeLineOf(lines.find((line) => line.name === name) ?? { name, number: null });
}

export function intakeLineOf({ name, number }: Pick<LineConfig, 'name' | 'number'>): IntakeLine {
  return { name, receiving: number === null ? null : (parseTypedNumber(number)?.canonical ?? null) };
}

function rulesOf(config: Config): IntakeRules {
  return { areaCode: config.numbering.areaCode, retentionMs: config.retention.periodMs };
}

function tellRefusal(
  { log, watcher }: GatewayContext,
  error: unknown,
  facts: { readonly line?: string; readonly texts?: number },
): string {
  const failure = failureFields(error);
  log.write('error', 'register.refused', { ...facts, ...failure });
  watcher.onTransaction(failure.code);
  return failure.code;
}
