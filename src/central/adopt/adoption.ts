import { fault } from '../../base/errors.ts';
import type { Venue } from '../../store/records.ts';
import type { Ask } from '../records/central-reader.ts';
import { applyList, lockVenues, readVenues, type Transact } from '../records/central-venues.ts';
import { parseOffer } from './offered-places.ts';
import { type AdoptionPlan, type Decision, planAdoption } from './plan-adoption.ts';

/** A gateway that has offered its places. */
export interface PlaceOffer {
  readonly gateway: string;
  readonly offeredAtMs: number;
  /** Null while no holder has taken them over. */
  readonly adoptedAtMs: number | null;
}

/** What a holder takes over of what gateways offer. Errors of every call: `central.…`. */
export interface Adoptions {
  offers(): Promise<readonly PlaceOffer[]>;
  /** What `adopt` would change. Error of its own: `central.offer-damaged`. */
  plan(gateway: string, decision: Decision | null): Promise<AdoptionPlan>;
  /**
   * Takes the places over, in one transaction that can be undone as a list can. Null: nothing is offered any more. Errors of
   * its own: `central.offer-damaged`; `central.places-differ` if nothing is decided and something would have to be.
   */
  adopt(gateway: string, decision: Decision | null): Promise<AdoptionPlan | null>;
}

export function adoptionsOver(ask: Ask, transact: Transact, wallMs: () => number): Adoptions {
  return {
    offers: () =>
      ask<PlaceOffer>(
        `SELECT g.name AS gateway, (extract(epoch FROM o.offered_at) * 1000)::float8 AS "offeredAtMs",
           (extract(epoch FROM o.adopted_at) * 1000)::float8 AS "adoptedAtMs"
         FROM visitlog.offered_places o JOIN visitlog.gateways g ON g.id = o.gateway ORDER BY g.name COLLATE "C"`,
      ),
    async plan(gateway, decision) {
      const offered = await offeredBy(ask, gateway);
      return planAdoption(await readVenues(ask), offered ?? [], decision);
    },
    adopt: (gateway, decision) =>
      transact(async (inside) => {
        await lockVenues(inside);
        const offered = await offeredBy(inside, gateway);
        if (offered === null) return null;
        const plan = planAdoption(await readVenues(inside), offered, decision);
        if (plan.differences.length > 0 && decision === null)
          throw fault('central.places-differ', { gateway, places: plan.differences.length });
        if (plan.changes.length > 0) await applyList(inside, plan.changes, wallMs());
        await inside(
          `UPDATE visitlog.offered_places o SET places = NULL, adopted_at = clock_timestamp()
           FROM visitlog.gateways g WHERE g.id = o.gateway AND g.name = $1`,
          [gateway],
        );
        return plan;
      }),
  };
}

/** Null if there is nothing to take over. */
async function offeredBy(ask: Ask, gateway: string): Promise<readonly Venue[] | null> {
  const [row] = await ask<{ readonly places: string | null }>(
    `SELECT o.places FROM visitlog.offered_places o JOIN visitlog.gateways g ON g.id = o.gateway
     WHERE g.name = $1`,
    [gateway],
  );
  if (row === undefined || row.places === null) return null;
  const venues = parseOffer(row.places);
  if (venues === null) throw fault('central.offer-damaged', { gateway });
  return venues;
}
