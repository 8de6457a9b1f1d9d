import type { Command } from 'commander';
import { type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { Register } from '../../store/register-types.ts';
import type { ImportPlan } from '../../visits/venue-list/plan-import.ts';
import type { Language } from '../../words/bilingual.ts';
import { venueWords } from '../../words/commands/venue.ts';
import { venueImportWords } from '../../words/commands/venue-import.ts';
import { parseFileName } from '../option-values.ts';
import type { Invocation, Runner } from '../shell.ts';
import type { VenueList } from './venue-import-list.ts';
import type { ReportFlags } from './venue-import-report.ts';

interface ImportFlags extends ReportFlags {
  readonly columns?: string;
  readonly branch?: boolean;
  readonly force?: boolean;
}

export function defineVenueImport(venue: Command, run: Runner, language: Language): void {
  const words = venueImportWords[language];
  venue
    .command('import')
    .description(words.summary)
    .argument('<file>', words.file)
    .option('--columns <list>', words.columns)
    .option('--branch', words.branch)
    .option('--dry-run', venueWords[language].dryRun)
    .option('--rejects <file>', words.rejects, parseFileName)
    .option('--force', words.force)
    .option('--json', words.json)
    .addHelpText('after', words.examples)
    .action(run(importVenues));
}

async function importVenues(invocation: Invocation, file: string, flags: ImportFlags): Promise<ExitCode> {
  const { changingVenues, withRegister } = await import('./venue-register.ts');
  const { readVenueList } = await import('./venue-import-list.ts');
  const { writeReport, writeRejects } = await import('./venue-import-report.ts');
  const { requireOutside } = await import('../officer/officer-file.ts');
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
  const { planImport } = await import('../../visits/venue-list/plan-import.ts');
  const { receivingNumbers } = await import('./venue-register.ts');
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
