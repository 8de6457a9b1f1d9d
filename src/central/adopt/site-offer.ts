import { fault } from '../../base/errors.ts';
import type { HolderPin } from '../../store/holder/holder-pin.ts';
import { verifyPublishedHour } from '../../store/holder/published-hour.ts';
import type { Venue } from '../../store/records.ts';
import type { CentralAddress } from '../connect.ts';
import { gatewayCalls } from '../gateway-calls.ts';
import type { Ask } from '../records/central-reader.ts';
import { type CentralSession, centralSession } from '../records/central-session.ts';
import { type VenueRow, venueFrom } from '../records/central-venues.ts';
import { formatOffer } from './offered-places.ts';
import { type AdoptionPlan, planAdoption } from './plan-adoption.ts';

/** What a site asks the central register about its own register, and tells it. Errors of every call: `central.…`. */
export interface SiteOffer {
  /** What taking over these places would change there. */
  plan(venues: readonly Venue[]): Promise<AdoptionPlan>;
  /** Offers these places to the holders; false if they were offered before. */
  offer(venues: readonly Venue[]): Promise<boolean>;
  /** Of these hours, those that no pinned holder has published a key for: rows of them do not leave. */
  withoutKeys(hours: readonly number[]): Promise<readonly number[]>;
  close(): Promise<void>;
}

interface Site {
  readonly address: CentralAddress;
  /** Its name at the central register. */
  readonly gateway: string;
  readonly pins: readonly HolderPin[];
}

/** Errors: those of `centralSession`, `central.other-name`. */
export async function openSiteOffer({ address, gateway, pins }: Site): Promise<SiteOffer> {
  const session = centralSession(address);
  const { ask, close } = session;
  try {
    await checkName(session, address, gateway);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    plan: async (venues) => planAdoption(await counterparts(ask, venues), venues, null),
    async offer(venues) {
      const [row] = await ask<{ readonly isNew: boolean }>('SELECT visitlog.offer_places($1) AS "isNew"', [
        formatOffer(venues),
      ]);
      return row?.isNew === true;
    },
    async withoutKeys(hours) {
      const published = await gatewayCalls(ask).publishedHours(hours);
      const there = new Set(
        published.flatMap((each) => (pins.some((pin) => verifyPublishedHour(each, pin)) ? each.hour : [])),
      );
      return hours.filter((hour) => !there.has(hour));
    },
    close,
  };
}

/** What the central register has of the numbers of these places, removed ones too: no more of it is shown to a gateway. */
async function counterparts(ask: Ask, venues: readonly Venue[]): Promise<Venue[]> {
  const rows = await ask<VenueRow>(
    `SELECT number, name, address, issued, branches, removed_at::float8 AS "removedAtMs"
     FROM visitlog.places_among($1)`,
    [venues.map(({ number }) => number)],
  );
  return rows.flatMap((row) => venueFrom(row) ?? []);
}

async function checkName({ ask }: CentralSession, { url }: CentralAddress, gateway: string): Promise<void> {
  const [row] = await ask<{ readonly name: string }>('SELECT visitlog.my_gateway() AS name');
  const named = row?.name ?? '';
  const host = url.hosts.map((each) => `${each.host}:${each.port}`).join(', ');
  if (named !== gateway) throw fault('central.other-name', { host, asked: gateway, named });
}
