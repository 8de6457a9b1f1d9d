import { type Clock, sleep } from '../../base/clock.ts';
import { fault } from '../../base/errors.ts';
import type { Transport } from './transport.ts';

/** What `work` resolves to; null if it rejects or takes longer than `limitMs`. Nobody hears of a later end. */
export async function within<T>(work: Promise<T>, clock: Clock, limitMs: number): Promise<T | null> {
  const done = new AbortController();
  const limit = sleep(clock, limitMs, done.signal).then(() => null);
  const first = await Promise.race([work.catch(() => null), limit]);
  done.abort();
  return first;
}

/** @throws AppError `port.open-timeout` after `limitMs`; a transport that opens later is closed */
export async function openWithin(
  open: () => Promise<Transport>,
  clock: Clock,
  limitMs: number,
): Promise<Transport> {
  const opening = open().then(
    (transport) => ({ transport }),
    (cause: unknown) => ({ cause }),
  );
  const end = await within(opening, clock, limitMs);
  if (end === null) {
    opening.then((late) => ('transport' in late ? late.transport.close() : undefined)).catch(() => {});
    throw fault('port.open-timeout');
  }
  if ('cause' in end) throw end.cause;
  return end.transport;
}
