import { hourEndMs, hourStartMs } from '../../store/hour.ts';
import type { Records, RegisterHealth, Window } from '../../store/records.ts';
import { countedAs } from '../../store/tables/texts.ts';
import type { CentralReader } from './central-reader.ts';
import { textsOfHours } from './central-texts.ts';
import { byDay, byHour, type GatewayHour, gatewayHours, openKeys } from './gateway-hours.ts';
import type { LinesOfGateways } from './lines-of-gateways.ts';

type TextNumbers = Pick<RegisterHealth, 'unresolved' | 'undecodable' | 'notices'>;

interface CountedHour extends TextNumbers {
  /** How often texts of the hour had changed when they were counted. */
  readonly changes: number;
}

const ever: Window = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };

/**
 * The numbers of the central register as this holder reads it. Rows whose hour has ended here lie there until their day is
 * dropped; they are not counted. `pastMs`: what is past its retention then is expired. Of which kind a text is, is sealed: texts
 * are opened, and opened again only in hours in which any came or went.
 */
export function centralHealth(
  reader: CentralReader,
  own: Pick<Records, 'health'>,
  lines: () => Promise<LinesOfGateways>,
): (pastMs: number) => Promise<RegisterHealth> {
  const { ring, retentionMs } = reader;
  const counted = new Map<number, CountedHour>();
  return async (pastMs) => {
    const held = new Set(ring.hours());
    const isGone = (hour: number) => !held.has(hour) && hourEndMs(hour) + retentionMs <= pastMs;
    const written = (await gatewayHours(reader, ever)).filter(
      ({ hour, visits, texts }) => visits + texts > 0 && !isGone(hour),
    );
    const hours = byHour(written);
    const texts = await countTexts(reader, counted, written, lines);
    const [first] = hours.keys();
    return {
      ...(await own.health()),
      ...texts,
      visits: written.reduce((sum, { visits }) => sum + visits, 0),
      oldestHourMs: first === undefined ? null : hourStartMs(first),
      keylessHours: [...hours.keys()].filter((hour) => !held.has(hour)).length,
      keys: held.size,
      slots: ring.slots,
    };
  };
}

async function countTexts(
  reader: CentralReader,
  counted: Map<number, CountedHour>,
  written: readonly GatewayHour[],
  lines: () => Promise<LinesOfGateways>,
): Promise<TextNumbers> {
  const hours = byHour(written.filter(({ texts }) => texts > 0));
  for (const hour of counted.keys()) if (!hours.has(hour)) counted.delete(hour);
  const isCounted = (hour: number) => counted.get(hour)?.changes === changesOf(hours.get(hour) ?? []);
  const uncounted = [...hours.values()].flat().filter(({ hour }) => !isCounted(hour));
  for (const day of byDay(uncounted)) await countDay(reader, counted, day, await lines());
  const sum = { unresolved: 0, undecodable: 0, notices: 0 };
  for (const { unresolved, undecodable, notices } of counted.values()) {
    sum.unresolved += unresolved;
    sum.undecodable += undecodable;
    sum.notices += notices;
  }
  return sum;
}

function changesOf(gateways: readonly GatewayHour[]): number {
  return gateways.reduce((sum, { textChanges }) => sum + textChanges, 0);
}

async function countDay(
  reader: CentralReader,
  counted: Map<number, CountedHour>,
  day: readonly GatewayHour[],
  lines: LinesOfGateways,
): Promise<void> {
  const keys = await openKeys(reader, day);
  const texts = byHour(
    (await textsOfHours(reader, day, keys, lines).finally(keys.close)).map(({ hour, fields }) => ({
      hour: hour.hour,
      fields,
    })),
  );
  for (const [hour, gateways] of byHour(day)) {
    const numbers = { unresolved: 0, undecodable: 0, notices: 0, changes: changesOf(gateways) };
    for (const { fields } of texts.get(hour) ?? [])
      if (fields?.kind !== 'note') numbers[fields === null ? 'undecodable' : countedAs[fields.kind]] += 1;
    counted.set(hour, numbers);
  }
}
