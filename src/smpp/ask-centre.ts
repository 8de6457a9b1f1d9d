import type { Clock } from '../base/clock.ts';
import { fault } from '../base/errors.ts';
import { createLineStatus } from '../modem/line-report.ts';
import { openWithin } from '../modem/port/deadline.ts';
import type { OpenTransport } from '../modem/port/transport.ts';
import { AnswerMemory } from './answer-memory.ts';
import { type Bind, CarrierSession } from './session.ts';

const openMs = 15_000;

/**
 * Binds to a carrier once and takes leave. A text that comes meanwhile is refused for now, so that it comes again.
 * @throws what opening the link and binding throw
 */
export async function askCentre(open: OpenTransport, bind: Bind, clock: Clock): Promise<void> {
  const ignore = () => {};
  const session = new CarrierSession(await openWithin(open, clock, openMs), {
    clock,
    status: createLineStatus(() => clock.wallMs(), ignore, ignore),
    alphabet: 'gsm7',
    window: 1,
    memory: new AnswerMemory({ resendMs: 0, earlier: [], nowMs: clock.monotonicMs(), newSlot: () => 0 }),
    accept: () => {
      throw fault('port.probed');
    },
    release: () => null,
    findEarlier: () => [],
    forget: ignore,
  });
  try {
    await session.bind(bind);
  } finally {
    await session.close();
  }
}
