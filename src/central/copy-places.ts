import { isDeepStrictEqual } from 'node:util';
import { minuteMs } from '../base/amounts.ts';
import type { Clock } from '../base/clock.ts';
import { codeOf } from '../base/errors.ts';
import type { PlaceCopy, PlaceCopyState } from '../store/tables/place-copy.ts';
import type { PlaceList, SitePlaces } from './site-places.ts';

/** What a site has of the places of the central register, at one moment. */
export interface PlacesReport extends PlaceCopyState {
  /** Of what the last attempt ended with; null if it succeeded, or there was none. */
  readonly code: string | null;
}

export interface PlaceCopierOptions {
  readonly copy: PlaceCopy;
  /** The register's. */
  readonly clock: Clock;
  /** A list was fetched, and so many places of this site are others now. */
  readonly onCopied?: (places: number, changed: number) => void;
  readonly onFailure?: (error: unknown) => void;
}

/** Fetches the list of places whenever it is another one. */
export interface PlaceCopier {
  /**
   * Asks, unless that was just done, or fetches one page; true if there is another one. Never rejects: what goes wrong
   * here holds up no text, and a link that is broken is found by whatever is asked of it next.
   */
  step(places: SitePlaces): Promise<boolean>;
  /** When the list was known to be the latest is told to the second; on disk it is up to ten minutes older. */
  report(): PlacesReport;
}

/** Officers register a place, and a minute later somebody texts it. */
const askMs = 5_000;
const retryMs = minuteMs;
/** Of text some hundred octets each: what a slow link carries between two batches of rows. */
const pagePlaces = 500;
/** How often that nothing has changed is written down. */
const noteMs = 10 * minuteMs;

interface Fetching extends PlaceList {
  readonly after: string;
  readonly changed: number;
}

export function placeCopier({ copy, clock, onCopied, onFailure }: PlaceCopierOptions): PlaceCopier {
  let dueMs = Number.NEGATIVE_INFINITY;
  let fetching: Fetching | null = null;
  let code: string | null = null;
  let checkedAtMs: number | null = null;
  /** What was compared last, and how many places were this site's alone then; null: nothing was since the start. */
  let compared: (PlaceList & { readonly here: number }) | null = null;

  async function ask(places: SitePlaces): Promise<boolean> {
    const now = await places.list();
    const { list, here } = copy.state();
    // A place that was removed here makes room for that of the centre.
    if (list === null || !isDeepStrictEqual({ ...now, here }, compared)) {
      fetching = { ...now, after: '', changed: 0 };
      return true;
    }
    checkedAtMs = clock.wallMs();
    if (checkedAtMs - list.checkedAtMs >= noteMs) copy.checked(checkedAtMs);
    dueMs = clock.monotonicMs() + askMs;
    return false;
  }

  async function fetch(
    places: SitePlaces,
    { version, isDecided, after, changed }: Fetching,
  ): Promise<boolean> {
    const page = await places.page(after, pagePlaces);
    if (page.version !== version) {
      fetching = { version: page.version, isDecided, after: '', changed };
      return true;
    }
    const last = page.places.length < pagePlaces ? null : (page.places.at(-1)?.number ?? null);
    const changedNow = changed + copy.put({ after, upTo: last }, page.places, isDecided);
    if (last !== null) {
      fetching = { version, isDecided, after: last, changed: changedNow };
      return true;
    }
    fetching = null;
    checkedAtMs = clock.wallMs();
    copy.taken(version, checkedAtMs);
    const { copied, here } = copy.state();
    compared = { version, isDecided, here };
    if (changedNow > 0) onCopied?.(copied, changedNow);
    dueMs = clock.monotonicMs() + askMs;
    return false;
  }

  return {
    async step(places) {
      if (fetching === null && clock.monotonicMs() < dueMs) return false;
      try {
        const hasMore = await (fetching === null ? ask(places) : fetch(places, fetching));
        code = null;
        return hasMore;
      } catch (error) {
        if (codeOf(error) !== code) onFailure?.(error);
        code = codeOf(error);
        fetching = null;
        dueMs = clock.monotonicMs() + retryMs;
        return false;
      }
    },
    report() {
      const { list, ...counts } = copy.state();
      if (list === null) return { list, ...counts, code };
      return { list: { ...list, checkedAtMs: checkedAtMs ?? list.checkedAtMs }, ...counts, code };
    },
  };
}
