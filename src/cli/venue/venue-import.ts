import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { PlaceChange, Venue } from '../../store/records.ts';
import { type ImportPlan, planImport } from '../../visits/venue-list/plan-import.ts';
import { confirm } from '../ask.ts';
import { configured } from '../configured.ts';
import { requireOutside } from '../officer/officer-file.ts';
import { withRegister } from '../register-of.ts';
import type { Invocation } from '../shell.ts';
import { readVenueList, type VenueList } from './list-file.ts';
import { writeRejects } from './list-rejects.ts';
import { type ImportReportFlags, writeReport } from './venue-import-report.ts';
import { receivingNumbers, recordChange, refuseOnSite } from './venue-record.ts';
import { removals } from './venue-remove.ts';
import { undoImport } from './venue-undo.ts';

interface ImportFlags extends ImportReportFlags {
  readonly columns?: string;
  readonly branch?: boolean;
  readonly includeClosed?: boolean;
  readonly force?: boolean;
  readonly replace?: boolean;
  readonly undo?: boolean;
  readonly yes?: boolean;
}

export async function importVenues(
  given: Invocation,
  file: string | undefined,
  flags: ImportFlags,
): Promise<ExitCode> {
  if ((file === undefined) !== (flags.undo ?? false)) throw fault('venue.import-what');
  if (file === undefined) return undoImport(given, flags);
  const { shell } = given;
  const list = await readVenueList(shell, file, { needed: 'number and name', columns: flags.columns });
  const invocation = await configured(given);
  const { config, zone } = invocation;
  refuseOnSite(invocation, 'venue import');
  await requireOutside(shell, config.dataDir, flags.rejects ?? '-');
  return withRegister(invocation, flags.dryRun ? 'reader' : 'tool', async (register) => {
    const known = new Map((await register.venues('all')).map((venue) => [venue.number, venue]));
    const plan = planOf(list, config, known, flags);
    const gone = flags.replace ? notListed([...known.values()], plan, shell.clock.wallMs()) : [];
    if (flags.rejects !== undefined && plan.doubtful.length > 0)
      await writeRejects(shell, { ...flags, rejects: flags.rejects, zone }, list, plan);
    const changes: PlaceChange[] = [
      ...plan.changes.map(({ after }) => ({ before: known.get(after.number) ?? null, after })),
      ...gone,
    ];
    if (flags.dryRun || gone.length > 0) await writeReport(shell, flags, list, plan, gone);
    if (flags.dryRun) return exitOf(plan);
    if (gone.length > 0) await confirm(shell, { command: 'venue', word: 'replace', yes: flags.yes ?? false });
    if (changes.length > 0)
      await recordChange(invocation, {
        command: 'venue import',
        change: () => register.changeVenues(changes),
        rows: changes.length,
      });
    if (gone.length === 0) await writeReport(shell, flags, list, plan, gone);
    return exitOf(plan);
  });
}

const exitOf = ({ numbers }: ImportPlan) => (numbers.size === 0 ? exitCode.nothing : exitCode.done);

/**
 * The registered places that a list does not have, removed. Places with an issued code stay: a list of telephone numbers has
 * none. So does a place whose number is in a doubtful line, and all of them if no line of the list is sure.
 */
function notListed(
  venues: readonly Venue[],
  { numbers, doubtfulNumbers }: ImportPlan,
  removedAtMs: number,
): PlaceChange[] {
  if (numbers.size === 0) return [];
  return removals(
    venues.filter(
      ({ number, issued, removedAtMs: removed }) =>
        !issued && removed === null && !numbers.has(number) && !doubtfulNumbers.has(number),
    ),
    removedAtMs,
  );
}

function planOf(
  list: VenueList,
  config: Config,
  known: ReadonlyMap<string, Venue>,
  { branch = false, includeClosed = false }: ImportFlags,
): ImportPlan {
  const plan = planImport(list.records, {
    columns: list.columns,
    areaCode: config.numbering.areaCode,
    receiving: receivingNumbers(config),
    keepBranches: branch,
    includeClosed,
    namesPeople: list.namesPeople,
    venueOf: (number) => known.get(number) ?? null,
  });
  if (plan.lines === 0) throw fault('venue.empty-list');
  return plan;
}
