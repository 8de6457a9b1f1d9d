import type { GatewayContext } from '../gateway-context.ts';
import type { Intake, Outcome } from './intake.ts';

type Ears = Pick<GatewayContext, 'log' | 'watcher'>;

/** Tells of a listing that is on disk: counts and kinds, never a number or words. */
export function tellIntake(ears: Ears, line: string, intake: Intake): void {
  for (const outcome of intake.texts) tellOutcome(ears, outcome);
  if (intake.parts > 0) ears.log.write('info', 'part.accepted', { line, parts: intake.parts });
  if (intake.known > 0) ears.log.write('info', 'text.known', { line, texts: intake.known });
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
