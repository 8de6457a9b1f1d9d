import { type Clock, sleep } from '../../base/clock.ts';
import { fault } from '../../base/errors.ts';
import type { Transport } from './transport.ts';

/** Waits for the end of `work`, good or bad, but no longer than `limitMs`. */
export async function within(work: Promise<unknown>, clock: Clock, limitMs: number): Promise<void> {
  const enough = new AbortController();
  await Promise.race([work.catch(() => {}), sleep(clock, limitMs, enough.signal)]);
  enough.abort();
}

/** @throws AppError `port.open-timeout` after `limitMs`; a transport that opens later still is closed. */
export async function openWithin(
  open: () => Promise<Transport>,
  clock: Clock,
  limitMs: number,
): Promise<Transport> {
  const opening = open();
  let opened: Transport | null = null;
  let late = false;
  const noted = opening.then(async (transport) => {
    if (late) await transport.close();
    else opened = transport;
  });
  await within(noted, clock, limitMs);
  if (opened) return opened;
  late = true;
  // Settled by now unless it is late; then its end is nobody's business any more.
  noted.catch(() => {});
  return Promise.race([opening, timeout()]);
}

async function timeout(): Promise<never> {
  throw fault('port.open-timeout');
}
