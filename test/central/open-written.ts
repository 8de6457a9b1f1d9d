import type { WrittenHour } from '../../src/store/holder/opened-hours.ts';
import { hourStartMs } from '../../src/store/hour.ts';
import {
  fieldsAt,
  openedBytes,
  openRows,
  type RowFilter,
  rowNameAt,
} from '../../src/store/sealing/opened-rows.ts';
import { venueTag, visitorTag } from '../../src/store/sealing/tags.ts';
import { rowBytes, type VisitFields } from '../../src/store/sealing/visit-row.ts';
import type { EnvelopeKeys } from './envelope-keys.ts';

/** A visit of a gateway's hour. */
export interface OpenedVisit extends VisitFields {
  /** Venue's tag and id in hexadecimal: what a note of the visit names it by. */
  readonly name: string;
}

export interface OpenedHour {
  /** In order of time. */
  readonly visits: readonly OpenedVisit[];
  /** Rows that did not open: the hour has ended here, or row or envelope are not what was written. */
  readonly unreadable: number;
}

/** Opens rows of one gateway's hour, one behind the other as the gateway sealed them. They are overwritten. */
export function openWrittenRows(
  keys: EnvelopeKeys,
  written: WrittenHour,
  rows: Buffer,
  filter: RowFilter,
): OpenedHour {
  const { hour } = written;
  const subkeys = keys.of(written);
  if (subkeys === null) return { visits: [], unreadable: rows.length / rowBytes };
  const { octets, unreadable } = openRows({ keys: subkeys, hour, startMs: hourStartMs(hour), filter }, rows);
  const opened = Buffer.from(octets.buffer, octets.byteOffset, octets.length);
  const visits = Array.from({ length: opened.length / openedBytes }, (_, index) => ({
    name: rowNameAt(opened, index * openedBytes),
    ...fieldsAt(opened, index * openedBytes),
  }));
  return { visits, unreadable };
}

/** The tag by which a place's rows of one gateway's hour are found; null if the hour has ended here. */
export function venueTagIn(keys: EnvelopeKeys, written: WrittenHour, venue: string): Buffer | null {
  const subkeys = keys.of(written);
  return subkeys && Buffer.from(venueTag(subkeys, venue));
}

/** The same of a visitor. `tagBits`: how many bits of it that hour uses. */
export function visitorTagIn(
  keys: EnvelopeKeys,
  written: WrittenHour,
  visitor: string,
  tagBits: number,
): Buffer | null {
  const subkeys = keys.of(written);
  return subkeys && Buffer.from(visitorTag(subkeys, visitor, tagBits));
}
