import { AppError } from '../base/errors.ts';
import type { PublishedHour } from '../store/holder/published-hour.ts';
import { type WrappingGateway, wrapHour } from '../store/holder/wrap-hour.ts';
import type { Outbox } from '../store/outbox/outbox.ts';
import type { OpenedHour } from './gateway-calls.ts';

/** An hour that may go, or the code of why none of its rows may. */
export type SealedHour = { readonly opened: OpenedHour } | { readonly refused: string };

/** An hour with its key sealed to its readers (store/holder/wrap-hour.ts); null if the hour's key is gone. */
export function sealHour(
  outbox: Outbox,
  gateway: WrappingGateway,
  hour: number,
  published: readonly PublishedHour[],
): SealedHour | null {
  const keyId = outbox.keyId(hour);
  if (keyId === null) return null;
  return outbox.withKey(hour, ({ key, algorithm }): SealedHour => {
    try {
      const hourKey = { algorithm, key: Buffer.from(key.buffer, key.byteOffset, key.byteLength) };
      const { envelopes } = wrapHour(hourKey, gateway, hour, published);
      return { opened: { hour, keyId, algorithm, tagBits: outbox.tagBits(hour), envelopes } };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { refused: error.code };
    }
  });
}
