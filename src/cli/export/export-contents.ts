import { collect } from '../../base/batches.ts';
import { begin } from '../../base/begun-ahead.ts';
import type { NearPlaces } from '../../export/near-places.ts';
import { amongVisits } from '../../export/near-rows.ts';
import { textsAsVisits, visitNear } from '../../export/trace/near-visits.ts';
import type { ExportRow } from '../../export/visit-columns.ts';
import type { Records, RowBatches, StoredText, StoredVisit, VisitQuery } from '../../store/records.ts';
import type { NearCount } from '../officer/said-near.ts';

interface RowOptions {
  readonly near: NearPlaces;
  /** False: near misses are counted only. */
  readonly shown: boolean;
  readonly count: { -readonly [Kind in keyof NearCount]: number };
}

/**
 * The rows of an export. By the rule of a trace, a visit to a number that nobody registered, and an unresolved text, is one
 * to the place from which it differs by one slip of the finger: to the places asked for, or, if none is, to the
 * likeliest, or to several alike.
 */
export function exportRows(records: Records, query: VisitQuery, options: RowOptions): RowBatches<ExportRow> {
  const { near, shown, count } = options;
  const texts = records.texts({ ...query, kinds: ['unresolved'] });
  let visits: RowBatches<StoredVisit> | null = null;
  return {
    async *[Symbol.asyncIterator]() {
      const meant = await meaningIn(query, near);
      visits = records.visits(meant.query);
      // These are read when the first row is asked for: the act is on disk by then.
      const begun = begin(visits);
      try {
        const own = (await collect(texts)).filter((text) => isOfLine(text, query));
        const rows = await collect(inOne(textsAsVisits(records, own, near, meant.among)));
        count.texts = new Set(rows.map(({ id }) => id)).size;
        yield* amongVisits(visitsAsMeant(records, begun.pieces, meant, options), shown ? rows : []);
      } finally {
        await begun.end();
      }
    },
    get unreadable() {
      return (visits?.unreadable ?? 0) + texts.unreadable;
    },
  };
}

const isOfLine = ({ line }: StoredText, query: VisitQuery) => query.line === undefined || line === query.line;

async function* inOne<T>(rows: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  for await (const row of rows) yield [row];
}

/** Which numbers are looked for, and which places a number may mean. */
interface Meaning {
  readonly query: VisitQuery;
  /** The places asked for; absent: all. */
  readonly among?: ReadonlySet<string>;
  /** Finds what the numbers of a batch may mean: a promise for each row would be a quarter of an export's time. */
  learn(batch: readonly Pick<StoredVisit, 'venue'>[]): Promise<void>;
  /** Of a number that nobody registered; none if it means itself. */
  placesOf(number: string): readonly string[];
  /** A row is one of those that were asked for by its own number. */
  isAsked(number: string): boolean;
}

async function meaningIn(query: VisitQuery, near: NearPlaces): Promise<Meaning> {
  if (query.venues === undefined) return { query, ...meaningOfAny(near), isAsked: () => true };
  const among = new Set(query.venues);
  const beside = new Map<string, string[]>();
  for (const place of among)
    for (const number of await near.numbersNear(place))
      if (!among.has(number)) beside.set(number, [...(beside.get(number) ?? []), place]);
  return {
    query: { ...query, venues: [...among, ...beside.keys()] },
    among,
    learn: async () => {},
    placesOf: (number) => beside.get(number) ?? [],
    isAsked: (number) => among.has(number),
  };
}

/** More mistyped numbers than a month has. */
const mostRemembered = 50_000;

/** What numbers mean of which no place was asked for. */
function meaningOfAny(near: NearPlaces): Pick<Meaning, 'learn' | 'placesOf'> {
  const meant = new Map<string, readonly string[]>();
  return {
    async learn(batch) {
      if (meant.size >= mostRemembered) meant.clear();
      for (const { venue } of batch) if (!meant.has(venue)) meant.set(venue, await near.meantBy(venue));
    },
    placesOf: (number) => meant.get(number) ?? [],
  };
}

/** The visits, those to unregistered numbers as visits to the places that they may mean. */
async function* visitsAsMeant(
  records: Records,
  visits: AsyncIterable<readonly StoredVisit[]>,
  { learn, placesOf, isAsked }: Meaning,
  { shown, count }: RowOptions,
): AsyncGenerator<readonly ExportRow[]> {
  for await (const batch of visits) {
    await learn(batch);
    const rows: ExportRow[] = [];
    for (const visit of batch) {
      const places = placesOf(visit.venue);
      if (places.length > 0) count.visits += 1;
      if (places.length > 0 && shown)
        for (const place of places) rows.push(await visitNear(records, visit, place));
      else if (isAsked(visit.venue)) rows.push(visit);
    }
    if (rows.length > 0) yield rows;
  }
}
