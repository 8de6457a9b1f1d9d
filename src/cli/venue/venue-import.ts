import { type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { Register } from '../../store/register-types.ts';
import { type ImportPlan, planImport } from '../../visits/venue-list/plan-import.ts';
import { requireOutside } from '../officer/officer-file.ts';
import type { Invocation } from '../shell.ts';
import { readVenueList, type VenueList } from './venue-import-list.ts';
import { type ReportFlags, writeRejects, writeReport } from './venue-import-report.ts';
import { changingVenues, receivingNumbers, withRegister } from './venue-register.ts';

interface ImportFlags extends ReportFlags {
  readonly columns?: string;
  readonly branch?: boolean;
  readonly force?: boolean;
}

export async function importVenues(
  invocation: Invocation,
  file: string,
  flags: ImportFlags,
): Promise<ExitCode> {
  const { shell } = invocation;
  const list = await readVenueList(shell, file, flags.columns);
  return withRegister(invocation, flags.dryRun ? 'reader' : 'tool', async (session) => {
    const { config, register } = session;
    await requireOutside(config.dataDir, flags.rejects ?? '-');
    const plan = await planOf(list, config, register, flags.branch ?? false);
    if (flags.rejects !== undefined && plan.doubtful.length > 0)
      await writeRejects(shell, { ...flags, rejects: flags.rejects, timeZone: config.timeZone }, list, plan);
    if (plan.venues.length > 0 && !flags.dryRun)
      await changingVenues(invocation, session, {
        command: 'venue import',
        change: () => register.putVenues(plan.venues),
        rows: () => plan.venues.length,
      });
    await writeReport(shell, flags, list, plan);
    return plan.doubtful.length === plan.lines ? exitCode.nothing : exitCode.done;
  });
}

async function planOf(
  list: VenueList,
  config: Config,
  register: Register,
  keepBranches: boolean,
): Promise<ImportPlan> {
  const plan = planImport(list.records, {
    columns: list.columns,
    areaCode: config.numbering.areaCode,
    receiving: receivingNumbers(config),
    keepBranches,
    venueOf: (number) => register.venueOf(number),
  });
  if (plan.lines > 0) return plan;
  throw new WordedError('venue.empty-list', 'the list has no line with a place', { exit: exitCode.nothing });
}
