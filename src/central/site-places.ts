import type { CopiedPlace } from '../store/tables/place-copy.ts';
import { parseBranches } from '../store/tables/venues.ts';
import type { Ask } from './records/central-reader.ts';

/** A part of a list of places. */
export interface PlacePage {
  /** Of the list as it was when this part was read. */
  readonly version: string;
  /** By number. Fewer than were asked for are the last. */
  readonly places: readonly CopiedPlace[];
}

export interface PlaceList {
  readonly version: string;
  readonly isDecided: boolean;
}

/** What a site asks of the places at the central register. Errors of every call: `central.…`. */
export interface SitePlaces {
  /**
   * Which list of places is there now, and whether a holder has taken over the places that this site offered: the list
   * decides then, whatever they are called here.
   */
  list(): Promise<PlaceList>;
  /** At most `limit` places, from the first number behind `after` on. */
  page(after: string, limit: number): Promise<PlacePage>;
}

type PlaceColumns = {
  readonly [K in 'number' | 'name' | 'address' | 'branches']: string | null;
} & { readonly issued: boolean | null; readonly version: string };

export function sitePlaces(ask: Ask): SitePlaces {
  return {
    async list() {
      const [row] = await ask<PlaceList>(
        'SELECT version, visitlog.is_offer_adopted() AS "isDecided" FROM visitlog.venues_version',
      );
      if (row === undefined) throw new Error('a table of one row has none');
      return row;
    },
    async page(after, limit) {
      // One statement sees one state of the database: these places are of that version.
      const rows = await ask<PlaceColumns>(
        `SELECT v.version, p.number, p.name, p.address, p.issued, p.branches FROM visitlog.venues_version v
         LEFT JOIN LATERAL (SELECT * FROM visitlog.places WHERE number COLLATE "C" > $1
           ORDER BY number COLLATE "C" LIMIT $2) p ON true ORDER BY p.number COLLATE "C"`,
        [after, limit],
      );
      const [first] = rows;
      if (first === undefined) throw new Error('a table of one row has none');
      const places = rows.flatMap(({ number, name, address, issued, branches }) =>
        number === null
          ? []
          : [{ number, name, address, issued: issued === true, branches: parseBranches(branches) }],
      );
      return { version: first.version, places };
    },
  };
}
