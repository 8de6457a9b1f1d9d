import { fault } from '../../base/errors.ts';
import { hourStartMs } from '../hour.ts';
import type { HolderPin } from './holder-pin.ts';
import { type HourKey, wrapHourKey } from './hour-envelope.ts';
import { type PublishedHour, verifyPublishedHour } from './published-hour.ts';

/** A gateway's key of an hour, sealed to those who may read: what goes ahead of the hour's first row. */
export interface WrappedHour {
  readonly envelopes: readonly { readonly holder: string; readonly envelope: Buffer }[];
  /** Pinned holders that have published no key for this hour. */
  readonly unpublished: readonly string[];
  /** Pinned holders in whose name a key is there that they have not signed, or that nothing may be sealed to. */
  readonly forged: readonly string[];
}

/** Of a gateway's configuration. */
export interface WrappingGateway {
  readonly gateway: string;
  readonly pins: readonly HolderPin[];
}

/**
 * Seals the key of an hour to each pinned holder that has signed a public key for it, and to no other. One is enough; who
 * is missing is named. Errors: `central.hour-forged`, `central.hour-unpublished`, if there is none to seal it to.
 */
export function wrapHour(
  hourKey: HourKey,
  { gateway, pins }: WrappingGateway,
  hour: number,
  published: readonly PublishedHour[],
): WrappedHour {
  const keys = pins.map((pin) => keyFor(pin, hour, published));
  const envelopes = keys.flatMap(({ holder, publicKey }) => {
    const envelope = publicKey && wrapHourKey(hourKey, publicKey, { gateway, holder, hour });
    return envelope === null ? [] : { holder, envelope };
  });
  const sealedTo = new Set(envelopes.map(({ holder }) => holder));
  const unpublished = keys.flatMap(({ holder, isThere }) => (isThere ? [] : holder));
  const forged = keys.flatMap(({ holder, isThere }) => (isThere && !sealedTo.has(holder) ? holder : []));
  if (envelopes.length === 0) refuse(hour, pins, forged);
  return { envelopes, unpublished, forged };
}

interface FoundKey {
  readonly holder: string;
  readonly isThere: boolean;
  /** Null unless its holder has signed it. */
  readonly publicKey: Buffer | null;
}

function keyFor(pin: HolderPin, hour: number, published: readonly PublishedHour[]): FoundKey {
  const { holder } = pin;
  const found = published.filter((each) => each.holder === holder && each.hour === hour);
  const signed = found.find((each) => verifyPublishedHour(each, pin));
  return { holder, isThere: found.length > 0, publicKey: signed?.publicKey ?? null };
}

function refuse(hour: number, pins: readonly HolderPin[], forged: readonly string[]): never {
  const at = `${new Date(hourStartMs(hour)).toISOString().slice(0, 16)}Z`;
  if (forged.length > 0) throw fault('central.hour-forged', { hour: at, holders: forged.join(', ') });
  throw fault('central.hour-unpublished', {
    hour: at,
    holders: pins.map(({ holder }) => holder).join(', '),
  });
}
