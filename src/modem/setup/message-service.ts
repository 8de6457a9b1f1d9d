import { listAll, readSlot } from '../../at/command.ts';
import { meaningOf, unsupported } from '../../at/final-result.ts';
import { minuteMs } from '../../base/amounts.ts';
import type { ModemFamily } from '../families.ts';
import type { LineStatus } from '../line-report.ts';
import { askAgainMs } from '../recover/recovery.ts';
import type { Resets } from '../recover/reset.ts';
import type { CommandReply } from '../talk/channel.ts';
import { readIndication } from '../talk/read-settings.ts';
import type { Session } from '../talk/session.ts';

/** A plain refusal that lasts so long while the SIM is ready is a no. */
const refusedMs = minuteMs;
/** What a question takes that is not answered. */
const unansweredMs = 15_000;
/** How long a modem whose message service refuses everything is left alone. */
const againMs = 30_000;

export interface ServiceParts {
  readonly status: LineStatus;
  readonly resets: Resets;
}

/** Says that the modem does not do this, and nothing of a service that is still starting. */
function isPlainRefusal(reply: CommandReply): boolean {
  return !reply.ok && reply.error !== null && meaningOf(reply.error) === 'refused';
}

/** How the message service takes a command that it does not carry out; `unsupported` will not change. */
type Refusal = 'refused' | 'not-ready' | 'unsupported' | 'unanswered';

export function refusalOf(reply: CommandReply): Refusal {
  if (!reply.ok && reply.error === null) return 'unanswered';
  if (!reply.ok && reply.error?.text === unsupported) return 'unsupported';
  return isPlainRefusal(reply) ? 'refused' : 'not-ready';
}

/**
 * Asks until the message service, which is the last to start, takes part (fault A2): waits without limit for one that
 * is busy. Null if it refuses for good, or never answers. @throws LineReset
 */
export async function askService<T>(
  session: Session,
  { status, resets }: ServiceParts,
  ask: () => Promise<T | Refusal>,
): Promise<T | null> {
  let refusedForMs = 0;
  for (let attempt = 0; ; attempt += 1) {
    const answer = await ask();
    if (answer === 'unsupported') return null;
    if (answer !== 'refused' && answer !== 'not-ready' && answer !== 'unanswered') return answer;
    if (answer === 'not-ready') refusedForMs = 0;
    if (refusedForMs >= refusedMs) return null;
    status.waitForSim('sms.not-ready');
    await resets.resetIfDue(session, 'service');
    refusedForMs += askAgainMs(attempt) + (answer === 'unanswered' ? unansweredMs : 0);
    await session.pause(askAgainMs(attempt));
  }
}

/**
 * Waits while the modem refuses to list and to read: no reset helps against that. One that hands its texts over directly
 * needs neither.
 */
export async function untilReadable(
  session: Session,
  { listSilenceMs }: ModemFamily,
  status: LineStatus,
): Promise<void> {
  for (;;) {
    if (!isPlainRefusal(await session.run(listAll(listSilenceMs)))) return;
    if (!isPlainRefusal(await session.run(readSlot(0)))) return;
    const [, mt = 0] = (await readIndication(session)) ?? [];
    if (mt >= 2) return;
    status.waitForSim('sms.refused');
    await session.pause(againMs);
  }
}
