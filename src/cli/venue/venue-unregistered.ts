import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { formatMinute } from '../../base/zone.ts';
import { isHidden, shownCount } from '../../export/counts/count-groups.ts';
import { wholeText } from '../../export/export.ts';
import type { Column } from '../../export/visit-columns.ts';
import { hourEndMs, hourOf } from '../../store/hour.ts';
import type { Records } from '../../store/records.ts';
import { isPrivateNumber } from '../../visits/numbering-plan.ts';
import { formatNational, maskNumber } from '../../visits/phone-number.ts';
import { venueWords } from '../../words/commands/venue.ts';
import type { Configured } from '../configured.ts';
import { type NearJson, nearestPlacesOf, nearJson, nearText } from '../officer/kept-texts.ts';
import { nearColumns } from '../officer/near-columns.ts';
import { rowObject } from '../officer/row-object.ts';
import { spokenCsv } from '../officer/spoken-csv.ts';
import { isTerminal, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';

/** A number that visitors texted and no place is or was registered under. */
interface Unregistered {
  readonly number: string;
  /** As it may be shown: a person's is masked. */
  readonly shown: string;
  readonly visits: number;
  /** The end of the hour of the last one. */
  readonly lastMs: number;
}

/** Lists what visitors texted and nobody registered, most visits first, with the place that each may mean. */
export async function listUnregistered(
  invocation: Configured,
  register: Records,
  format: 'table' | 'csv' | 'json',
): Promise<ExitCode> {
  const { shell, config, zone } = invocation;
  const numbers = await unregisteredNumbers(register);
  if (numbers.length === 0) throw fault('venue.none-unregistered');
  const near = await nearestPlacesOf(register, config.numbering.areaCode);
  const first = ({ number }: Unregistered) => near.of(number, null)[0];
  const smallest = format === 'table' && isTerminal(shell.stdout) ? 1 : config.export.smallCells;
  if (format === 'table') {
    const words = venueWords[shell.language].list.unregistered;
    const rows = numbers.map(async (each) => {
      const place = first(each);
      const nearest = place === undefined ? '' : await nearText(place, register, shell.language);
      return [each.shown, shownCount(each.visits, smallest), formatMinute(zone, each.lastMs), nearest];
    });
    await writeLine(shell.stdout, formatTable(words.heads, await Promise.all(rows)).join('\n'));
    await writeLine(shell.stderr, `visitlog: ${words.after}`);
    return exitCode.done;
  }
  const rows = await Promise.all(
    numbers.map(async (each) => {
      const place = first(each);
      return { ...each, near: place === undefined ? null : await nearJson(place, register) };
    }),
  );
  const columns = columnsOf(smallest);
  if (format === 'csv') {
    const writer = spokenCsv([...columns, ...nearColumns], invocation);
    shell.stdout.write(wholeText(writer, rows));
  } else
    for (const row of rows) {
      const visits = isHidden(row.visits, smallest) ? {} : { visits: row.visits };
      const object = { ...rowObject(columns, row, zone), ...visits, nearest: row.near };
      await writeLine(shell.stdout, printableJson(object));
    }
  return exitCode.done;
}

async function unregisteredNumbers(register: Records): Promise<Unregistered[]> {
  const registered = new Set(await register.venueNumbers('all'));
  const found = new Map<string, { visits: number; lastMs: number }>();
  for await (const counts of register.counts({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }))
    for (const { venue, visits, hourStartMs } of counts) {
      if (registered.has(venue)) continue;
      const known = found.get(venue) ?? { visits: 0, lastMs: 0 };
      const lastMs = Math.max(known.lastMs, hourEndMs(hourOf(hourStartMs)));
      found.set(venue, { visits: known.visits + visits, lastMs });
    }
  return [...found]
    .map(([number, { visits, lastMs }]) => ({
      ...{ number, visits, lastMs },
      shown: isPrivateNumber(number) ? maskNumber(number) : formatNational(number),
    }))
    .sort((a, b) => b.visits - a.visits || (a.number < b.number ? -1 : 1));
}

/** Of csv and JSON. */
function columnsOf(smallest: number): readonly Column<Unregistered & { readonly near: NearJson | null }>[] {
  return [
    { key: 'number', kind: 'text', width: 16, value: ({ shown }) => shown },
    { key: 'visits', kind: 'text', width: 10, value: ({ visits }) => shownCount(visits, smallest) },
    { key: 'last_before', kind: 'instant', width: 20, value: ({ lastMs }) => lastMs },
  ];
}
