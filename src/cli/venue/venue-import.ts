import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { Records } from '../../store/records.ts';
import { type ImportPlan, planImport } from '../../visits/venue-list/plan-import.ts';
import { configured } from '../configured.ts';
import { requireOutside } from '../officer/officer-file.ts';
import { withRegister } from '../register-of.ts';
import type { Invocation } from '../shell.ts';
import { readVenueList, type VenueList } from './list-file.ts';
import { writeRejects } from './list-rejects.ts';
import { type ImportReportFlags, writeReport } from './venue-import-report.ts';
import { receivingNumbers, recordChange } from './venue-record.ts';

interface ImportFlags extends ImportReportFlags {
  readonly columns?: string;
  readonly branch?: boolean;
  readonly includeClosed?: boolean;
  readonly force?: boolean;
}

export async function importVenues(given: Invocation, file: string, flags: ImportFlags): Promise<ExitCode> {
  const { shell } = given;
  const list = await readVenueList(shell, file, { needed: 'number and name', columns: flags.columns });
  const invocation = await configured(given);
  const { config, zone } = invocation;
  await requireOutside(shell, config.dataDir, flags.rejects ?? '-');
  return withRegister(invocation, flags.dryRun ? 'reader' : 'tool', async (register) => {
    const plan = await planOf(list, config, register, flags);
    if (flags.rejects !== undefined && plan.doubtful.length > 0)
      await writeRejects(shell, { ...flags, rejects: flags.rejects, zone }, list, plan);
    const venues = plan.changes.map(({ after }) => after);
    if (venues.length > 0 && !flags.dryRun)
      await recordChange(invocation, {
        command: 'venue import',
        change: () => register.putVenues(venues),
        rows: venues.length,
      });
    await writeReport(shell, flags, list, plan);
    return plan.numbers.size === 0 ? exitCode.nothing : exitCode.done;
  });
}

async function planOf(
  list: VenueList,
  config: Config,
  records: Records,
  { branch = false, includeClosed = false }: ImportFlags,
): Promise<ImportPlan> {
  const known = new Map((await records.venues('all')).map((venue) => [venue.number, venue]));
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
