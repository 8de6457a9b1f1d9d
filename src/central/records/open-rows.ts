import { hourStartMs } from '../../store/hour.ts';
import {
  flagsAt,
  lineAt,
  openedBytes,
  openInto,
  type RowFilter,
  setLineAt,
  sortOpened,
} from '../../store/sealing/opened-rows.ts';
import { sieveRows } from '../../store/sealing/row-sieve.ts';
import { notedBit, rowBytes } from '../../store/sealing/visit-row.ts';
import type { HourKeysOfGateways } from './gateway-hours.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';
import type { SealedRows } from './sealed-rows.ts';

/** Which rows are wanted; the line by its name. */
export interface VisitFilter extends Omit<RowFilter, 'line'> {
  readonly line?: string;
}

/** Memory of so many octets for opened rows. */
export type Room = (bytes: number) => Buffer;

interface HourOfGateways {
  /** As `openRows` gives them, of all gateways, in order of time. The number of a line is that of `LinesOfGateways`. */
  readonly octets: Buffer;
  /** Some row has a note. */
  readonly isNoted: boolean;
  readonly unreadable: number;
}

/** Opens rows of one hour, of all gateways, and puts them in order. Sealed rows may be overwritten. */
export function openHourOfGateways(
  hour: number,
  sealed: readonly SealedRows[],
  keys: HourKeysOfGateways,
  lines: LinesOfGateways,
  { line, ...filter }: VisitFilter,
  room: Room = Buffer.allocUnsafe,
): HourOfGateways {
  const count = sealed.reduce((sum, { rows }) => sum + rows.length / rowBytes, 0);
  const opened = room(count * openedBytes);
  const startMs = hourStartMs(hour);
  let end = 0;
  let unreadable = 0;
  for (const { hour: its, rows } of sealed) {
    const subkeys = keys.of(its);
    if (subkeys === null) {
      unreadable += rows.length / rowBytes;
      continue;
    }
    const wanted = filter.visitor === undefined ? rows : sieveRows(subkeys, rows, filter.visitor);
    const ofLine = line === undefined ? {} : { line: lines.find(its.gatewayNo, line) ?? -1 };
    const opening = { keys: subkeys, hour, startMs, filter: { ...filter, ...ofLine } };
    const found = openInto(opened, end, opening, wanted);
    for (let at = end; at < found.end; at += openedBytes)
      setLineAt(opened, at, lines.numberOf(its.gatewayNo, lineAt(opened, at)));
    end = found.end;
    unreadable += found.unreadable;
  }
  const octets = opened.subarray(0, end);
  sortOpened(octets);
  return { octets, unreadable, isNoted: hasNote(octets) };
}

function hasNote(octets: Buffer): boolean {
  for (let at = 0; at < octets.length; at += openedBytes)
    if ((flagsAt(octets, at) & notedBit) !== 0) return true;
  return false;
}
