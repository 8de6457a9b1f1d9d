import type { Missed } from '../../store/database/row-batches.ts';
import type { Subkeys } from '../../store/keyring/hour-keys.ts';
import { ever } from '../../store/sealing/opened-rows.ts';
import { TagTable } from '../../store/sealing/tag-table.ts';
import { tagNumbers, venueBlocks, venueTagBytes } from '../../store/sealing/tags.ts';
import type { PlaceIndex, VenueSums } from '../../store/tables/venue-sums.ts';
import { visitsIn } from '../../store/tables/visits.ts';
import type { CentralReader } from './central-reader.ts';
import { openFetched } from './fetched-hours.ts';
import type { GatewayHour, HourKeysOfGateways } from './gateway-hours.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';
import { rowsWithTags, type TagCounts, type TagSearch, tagCountBytes } from './sealed-rows.ts';

/**
 * Visits by place, of rows that were counted by tag. Which place a tag stands for is known of the registered places and of those
 * that were met before; of any other tag rows are opened.
 */
export class PlaceCounts {
  readonly #reader: CentralReader;
  readonly #lines: LinesOfGateways;
  readonly #missed: Missed;
  readonly #places: PlaceIndex;
  #blocks: Buffer;
  readonly #table = new TagTable();

  constructor(reader: CentralReader, lines: LinesOfGateways, missed: Missed, places: PlaceIndex) {
    this.#reader = reader;
    this.#lines = lines;
    this.#missed = missed;
    this.#places = places;
    this.#blocks = venueBlocks(places.numbers);
  }

  /** Adds what one gateway's hour has to the sums of its hour. */
  async add(sums: VenueSums, { hour, counts }: TagCounts, keys: HourKeysOfGateways): Promise<void> {
    const subkeys = keys.of(hour);
    if (subkeys === null) return this.#missed(hour.visits);
    this.#table.fill(tagNumbers(subkeys, this.#blocks));
    const unknown: Buffer[] = [];
    for (let at = 0; at < counts.length; at += tagCountBytes) {
      const place = this.#table.find(counts.readUIntBE(at, venueTagBytes));
      if (place === null) unknown.push(counts.subarray(at, at + tagCountBytes));
      else sums.add(place, counts.readInt32BE(at + venueTagBytes));
    }
    if (unknown.length > 0) await this.#addUnknown(sums, { hour, keys, subkeys }, unknown);
  }

  async #addUnknown(
    sums: VenueSums,
    { hour, keys, subkeys }: OpenedKeysOfHour,
    unknown: readonly Buffer[],
  ): Promise<void> {
    const met = await this.#placesOf(hour, keys, unknown);
    const added = venueBlocks(met);
    const numbers = tagNumbers(subkeys, added);
    for (const each of unknown) {
      const venue = met[numbers.indexOf(each.readUIntBE(0, venueTagBytes))];
      const visits = each.readInt32BE(venueTagBytes);
      if (venue === undefined) this.#missed(visits);
      else sums.add(this.#places.indexOf(venue), visits);
    }
    this.#blocks = venueBlocks(this.#places.numbers);
  }

  /** The places of rows that have these tags; of rows that do not open, none. */
  async #placesOf(
    hour: GatewayHour,
    keys: HourKeysOfGateways,
    counted: readonly Buffer[],
  ): Promise<readonly string[]> {
    const tags = Buffer.concat(counted.map((each) => each.subarray(0, venueTagBytes)));
    const search: TagSearch = {
      column: 'venue_tag',
      bytes: venueTagBytes,
      count: counted.length,
      tags: () => tags,
    };
    const sealed = await rowsWithTags(this.#reader, [hour], keys, search);
    const fetched = { hour: hour.hour, gateways: [hour], sealed, keys, keyless: 0 };
    const { octets, notes } = await openFetched(this.#reader, fetched, this.#lines, ever);
    const visits = visitsIn(hour.hour, octets, { of: (_, row) => notes.get(row) }, () => {});
    return [...new Set([...visits].map(({ venue }) => venue))];
  }
}

interface OpenedKeysOfHour {
  readonly hour: GatewayHour;
  readonly keys: HourKeysOfGateways;
  readonly subkeys: Subkeys;
}
