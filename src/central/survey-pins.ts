import type { HolderPin } from '../store/holder/holder-pin.ts';
import { type PublishedHour, verifyPublishedHour } from '../store/holder/published-hour.ts';
import { type CentralAddress, connectToPrimary } from './connect.ts';
import { centralError } from './errors.ts';

/** What the latest published hour of each holder says of the pins that a host has; names of holders. */
export interface PinSurvey {
  /** It is signed by the pinned key. */
  readonly right: readonly string[];
  /** It is signed by another key. */
  readonly wrong: readonly string[];
  /** Pinned, and nothing is published in its name. */
  readonly silent: readonly string[];
  /** Has published, and is not pinned. */
  readonly unnamed: readonly string[];
}

/** Errors: those of `connectToPrimary`, `central.…`. */
export async function surveyPins(address: CentralAddress, pins: readonly HolderPin[]): Promise<PinSurvey> {
  const { client, host, close } = await connectToPrimary(address);
  try {
    const { rows } = await client.query<PublishedHour>(
      `SELECT DISTINCT ON (holder) holder, hour, public_key AS "publicKey", signature FROM visitlog.hour_keys
       ORDER BY holder, hour DESC`,
    );
    const latest = new Map(rows.map((row) => [row.holder, row]));
    const states = pins.map((pin) => ({ holder: pin.holder, state: stateOf(pin, latest.get(pin.holder)) }));
    const named = (state: ReturnType<typeof stateOf>) =>
      states.flatMap((each) => (each.state === state ? each.holder : []));
    const known = new Set(pins.map(({ holder }) => holder));
    return {
      ...{ right: named('right'), wrong: named('wrong'), silent: named('silent') },
      unnamed: [...latest.keys()].filter((holder) => !known.has(holder)).sort(),
    };
  } catch (error) {
    throw centralError(error, host);
  } finally {
    await close();
  }
}

function stateOf(pin: HolderPin, published: PublishedHour | undefined): 'right' | 'wrong' | 'silent' {
  if (published === undefined) return 'silent';
  return verifyPublishedHour(published, pin) ? 'right' : 'wrong';
}
