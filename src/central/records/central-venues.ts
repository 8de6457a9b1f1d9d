import type { Branch, NewVenue, PlaceChange, Records, Venue, VenueImport } from '../../store/records.ts';
import { PlaceNames } from '../../store/tables/place-names.ts';
import { isSame, mostRemembered } from '../../store/tables/venue-imports.ts';
import { formatBranches, parseBranches } from '../../store/tables/venues.ts';
import type { Ask } from './central-reader.ts';

/** Runs `work` in one transaction of the central register. */
export type Transact = <T>(work: (ask: Ask) => Promise<T>) => Promise<T>;

/** A place as the database has it. */
export interface VenueRow {
  readonly number: string;
  readonly name: string | null;
  readonly address: string | null;
  readonly issued: boolean;
  readonly branches: string | null;
  readonly removedAtMs: number | null;
}

/** Names of places, as far as they were learned. */
export interface CentralNames extends Pick<PlaceNames, 'namesAt'> {
  /** Those of every place. */
  learnAll(): Promise<void>;
  /** Those of these numbers. */
  learn(numbers: Iterable<string>): Promise<void>;
}

type VenueRecords = Pick<
  Records,
  | 'venueOf'
  | 'venues'
  | 'placeOf'
  | 'putVenues'
  | 'changeVenues'
  | 'lastImport'
  | 'undoImport'
  | 'removeVenue'
  | 'issueVenue'
  | 'issueVenues'
  | 'venueNumbers'
  | 'venuesWith'
>;

export interface CentralVenues extends VenueRecords {
  /** What places are called; each is asked for once. */
  names(): CentralNames;
  /** Whether a removed place has this number, or a list that is remembered. */
  isKnown(number: string): Promise<boolean>;
  /** Forgets a removed place under a person's number, and takes it out of the lists; false if there was none. */
  forget(number: string): Promise<boolean>;
}

const select = `SELECT number, name, address, issued, branches, removed_at::float8 AS "removedAtMs" FROM visitlog.venues`;

/** Writers wait for one another: a list and a code are each made of what is there. */
export async function lockVenues(inside: Ask): Promise<void> {
  await inside('LOCK TABLE visitlog.venues IN SHARE ROW EXCLUSIVE MODE');
}

/**
 * Places by number, also those that were removed; all of them unless `where` says which. As one text: to take over twenty
 * thousand rows costs more than to read a place's visits.
 */
export async function readVenues(ask: Ask, where = '', values: readonly unknown[] = []): Promise<Venue[]> {
  const [found] = await ask<{ readonly places: readonly VenueRow[] | null }>(
    `SELECT json_agg(v ORDER BY number COLLATE "C") AS places FROM (${select} ${where}) AS v`,
    values,
  );
  return (found?.places ?? []).flatMap((row) => venueFrom(row) ?? []);
}

export function centralVenues(ask: Ask, transact: Transact, wallMs: () => number): CentralVenues {
  const find = async (from: Ask, number: string) =>
    venueFrom((await from<VenueRow>(`${select} WHERE number = $1`, [number]))[0]);
  const writing = <T>(work: (inside: Ask) => Promise<T>) =>
    transact(async (inside) => {
      await lockVenues(inside);
      return work(inside);
    });

  function names(): CentralNames {
    const known = new Map<string, Venue | null>();
    const placeNames = new PlaceNames((number) => known.get(number) ?? null);
    let isAll = false;
    return {
      namesAt: (number, visitedAtMs) => placeNames.namesAt(number, visitedAtMs),
      async learnAll() {
        isAll = true;
        for (const venue of await readVenues(ask)) known.set(venue.number, venue);
      },
      async learn(numbers) {
        const unknown = isAll ? [] : [...new Set(numbers)].filter((number) => !known.has(number));
        if (unknown.length === 0) return;
        for (const number of unknown) known.set(number, null);
        for (const venue of await readVenues(ask, 'WHERE number = ANY ($1)', [unknown]))
          known.set(venue.number, venue);
      },
    };
  }

  function issue(places: readonly Branch[], codeAt: (index: number) => string): Promise<Venue[]> {
    return writing(async (inside) => {
      const [counted] = await inside<{ readonly issued: number }>(
        'SELECT count(*)::int AS issued FROM visitlog.venues WHERE issued',
      );
      const issued: Venue[] = [];
      for (let index = counted?.issued ?? 0; issued.length < places.length; ) {
        const place = places[issued.length] as Branch;
        while ((await find(inside, codeAt(index))) !== null) index += 1;
        const venue = { number: codeAt(index), ...place, issued: true, branches: [], removedAtMs: null };
        await put(inside, [venue]);
        issued.push(venue);
      }
      return issued;
    });
  }

  return {
    names,
    venueOf: (number) => find(ask, number),
    async venues(which = 'registered') {
      const all = await readVenues(ask);
      return which === 'all' ? all : all.filter(({ removedAtMs }) => removedAtMs === null);
    },
    async venueNumbers(which = 'registered', among) {
      const parts = [
        ...(which === 'all' ? [] : ['removed_at IS NULL']),
        ...(among === undefined ? [] : ['number = ANY ($1)']),
      ];
      const [found] = await ask<{ readonly numbers: string | null }>(
        `SELECT string_agg(number, ' ') AS numbers FROM visitlog.venues WHERE ${['true', ...parts].join(' AND ')}`,
        among === undefined ? [] : [among],
      );
      return found?.numbers?.split(' ') ?? [];
    },
    async venuesWith() {
      return (await readVenues(ask)).filter(({ removedAtMs }) => removedAtMs === null);
    },
    async placeOf(number, visitedAtMs) {
      const venue = await find(ask, number);
      return new PlaceNames(() => venue).namesAt(number, visitedAtMs);
    },
    putVenues: (venues) => writing((inside) => put(inside, venues)),
    removeVenue: (venue) => writing((inside) => put(inside, [{ ...venue, removedAtMs: wallMs() }])),
    changeVenues: (changes) => writing((inside) => applyList(inside, changes, wallMs())),
    lastImport: () => latestList(ask),
    undoImport: (last) =>
      writing((inside) => undoList(inside, last, wallMs(), (number) => find(inside, number))),
    issueVenue: async (place, codeAt) => (await issue([place], codeAt))[0] as Venue,
    issueVenues: issue,
    async isKnown(number) {
      const venue = await find(ask, number);
      return venue !== null || (await listsWith(ask, number)).length > 0;
    },
    forget: (number) =>
      writing(async (inside) => {
        const gone = await inside<VenueRow>(
          'DELETE FROM visitlog.venues WHERE number = $1 AND NOT issued AND removed_at IS NOT NULL RETURNING number',
          [number],
        );
        if ((await find(inside, number))?.removedAtMs === null) return gone.length > 0;
        const lists = await listsWith(inside, number);
        for (const { id, others } of lists)
          if (others.length === 0) await inside('DELETE FROM visitlog.venue_imports WHERE id = $1', [id]);
          else
            await inside('UPDATE visitlog.venue_imports SET changes = $1 WHERE id = $2', [
              JSON.stringify(others),
              id,
            ]);
        return gone.length + lists.length > 0;
      }),
  };
}

/** Null for a row that is not there. */
export function venueFrom(row: VenueRow | undefined): Venue | null {
  return row === undefined ? null : { ...row, branches: parseBranches(row.branches) };
}

async function put(inside: Ask, venues: readonly NewVenue[]): Promise<void> {
  // Of two with one number the later counts, as one after the other.
  const each = [...new Map(venues.map((venue) => [venue.number, venue])).values()];
  await inside(
    `INSERT INTO visitlog.venues (number, name, address, issued, branches, removed_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::text[], $6::bigint[])
     ON CONFLICT (number) DO UPDATE SET name = excluded.name, address = excluded.address, issued = excluded.issued,
       branches = excluded.branches, removed_at = excluded.removed_at`,
    [
      each.map(({ number }) => number),
      each.map(({ name }) => name),
      each.map(({ address }) => address),
      each.map(({ issued }) => issued),
      each.map(({ branches = [] }) => formatBranches(branches)),
      each.map(({ removedAtMs = null }) => removedAtMs),
    ],
  );
}

/** Stores what a list changes, and remembers it. Inside the transaction. */
export async function applyList(inside: Ask, changes: readonly PlaceChange[], atMs: number): Promise<void> {
  await put(
    inside,
    changes.map(({ after }) => after),
  );
  await inside('INSERT INTO visitlog.venue_imports (at, changes) VALUES ($1, $2)', [
    atMs,
    JSON.stringify(changes),
  ]);
  await inside(
    'DELETE FROM visitlog.venue_imports WHERE id <= (SELECT max(id) FROM visitlog.venue_imports) - $1',
    [mostRemembered],
  );
}

interface ListRow {
  readonly id: number;
  readonly atMs: number;
  readonly changes: string;
}

async function latestList(ask: Ask): Promise<VenueImport | null> {
  const [row] = await ask<ListRow>(
    'SELECT id, at::float8 AS "atMs", changes FROM visitlog.venue_imports ORDER BY id DESC LIMIT 1',
  );
  return row === undefined ? null : { ...row, changes: JSON.parse(row.changes) as PlaceChange[] };
}

async function undoList(
  inside: Ask,
  { id, changes }: VenueImport,
  atMs: number,
  find: (number: string) => Promise<Venue | null>,
): Promise<readonly PlaceChange[]> {
  const gone = await inside('DELETE FROM visitlog.venue_imports WHERE id = $1 RETURNING id', [id]);
  if (gone.length === 0) return changes;
  const kept: PlaceChange[] = [];
  for (const change of changes) {
    const { before, after } = change;
    if (!isSame(await find(after.number), after)) kept.push(change);
    else if (before !== null) await put(inside, [before]);
    else if (after.issued) await put(inside, [{ ...after, removedAtMs: atMs }]);
    else await inside('DELETE FROM visitlog.venues WHERE number = $1', [after.number]);
  }
  return kept;
}

async function listsWith(
  ask: Ask,
  number: string,
): Promise<{ readonly id: number; readonly others: PlaceChange[] }[]> {
  const rows = await ask<ListRow>('SELECT id, changes FROM visitlog.venue_imports ORDER BY id');
  return rows.flatMap(({ id, changes: text }) => {
    const changes = JSON.parse(text) as PlaceChange[];
    const others = changes.filter(({ after }) => after.number !== number);
    return others.length === changes.length ? [] : [{ id, others }];
  });
}
