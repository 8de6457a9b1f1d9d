import { hourEndMs, hourStartMs } from '../../store/hour.ts';
import type { Records, RegisterHealth } from '../../store/records.ts';
import { countedAs } from '../../store/tables/texts.ts';
import { rowsByHour } from './central-counts.ts';
import type { CentralReader } from './central-reader.ts';
import { textsByDay } from './central-texts.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';

const everyHour = 0x7fff_ffff;

/**
 * The numbers of the central register as this holder reads it. Rows whose hour has ended here lie there until their day is
 * dropped; they are not counted. `pastMs`: what is past its retention then is expired.
 */
export async function centralHealth(
  reader: CentralReader,
  own: Pick<Records, 'health'>,
  lines: LinesOfGateways,
  pastMs: number,
): Promise<RegisterHealth> {
  const { ring, retentionMs } = reader;
  const held = new Set(ring.hours());
  const isGone = (hour: number) => !held.has(hour) && hourEndMs(hour) + retentionMs <= pastMs;
  const rows = [...(await rowsByHour(reader, 0, everyHour))].filter(([hour]) => !isGone(hour));
  const hours = new Set(rows.map(([hour]) => hour));
  const texts = { unresolved: 0, undecodable: 0, notices: 0 };
  for await (const day of textsByDay(reader, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }, lines))
    for (const { hour, fields } of day) {
      if (isGone(hour.hour)) continue;
      hours.add(hour.hour);
      if (fields?.kind !== 'note') texts[fields === null ? 'undecodable' : countedAs[fields.kind]] += 1;
    }
  const first = [...hours].reduce((least, hour) => Math.min(least, hour), Number.POSITIVE_INFINITY);
  return {
    ...(await own.health()),
    ...texts,
    visits: rows.reduce((sum, [, visits]) => sum + visits, 0),
    oldestHourMs: hours.size === 0 ? null : hourStartMs(first),
    keylessHours: [...hours].filter((hour) => !held.has(hour)).length,
    keys: held.size,
    slots: ring.slots,
  };
}
