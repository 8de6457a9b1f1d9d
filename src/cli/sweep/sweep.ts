import type { Command } from 'commander';
import { sleep } from '../../base/clock.ts';
import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import type { Language } from '../../words/bilingual.ts';
import { summaries } from '../../words/commands/summaries.ts';
import { sweepWords } from '../../words/commands/sweep.ts';
import type { Invocation, Runner } from '../invocation.ts';
import { writeLine } from '../shell.ts';

interface SweepFlags {
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Between two steps, so that a gateway that waits for its turn gets it: SQLite asks again within that time. */
const pauseMs = 25;

export function defineSweep(program: Command, run: Runner, language: Language): void {
  const words = sweepWords[language];
  program
    .command('sweep')
    .description(summaries[language].sweep)
    .option('--dry-run', words.dryRun)
    .option('--force', words.force)
    .option('--json', words.json)
    .addHelpText('after', words.after)
    .action(run(sweep));
}

async function sweep(invocation: Invocation, flags: SweepFlags): Promise<ExitCode> {
  const { shell, globals } = invocation;
  const { loadConfig } = await import('../../config/load.ts');
  const { openRegisterOf } = await import('../register-of.ts');
  const { actorOf, systemProbe } = await import('../../store/audit/audit-actor.ts');
  const { openZone } = await import('../../base/zone.ts');
  const { planLines, resultLines } = await import('./sweep-text.ts');
  const { planObject, resultObject } = await import('./sweep-json.ts');
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const zone = openZone(config.timeZone);
  const options = { force: flags.force ?? false, maxShare: config.retention.sweepMaxShare };
  const print = (lines: readonly string[]) => writeLine(shell.stdout, lines.join('\n'));
  const register = openRegisterOf(config, shell.clock, flags.dryRun ? 'reader' : 'tool');
  try {
    if (flags.dryRun) {
      const plan = register.planSweep(options);
      await print(
        flags.json ? [JSON.stringify(planObject(plan, zone))] : planLines(plan, zone, shell.language),
      );
      return exitCode.done;
    }
    const result = await register.sweep({
      ...options,
      who: actorOf(systemProbe(shell.env)),
      command: 'sweep',
      pause: (tookMs) => sleep(shell.clock, Math.max(pauseMs, tookMs)),
      signal: shell.signal,
    });
    await print(
      flags.json ? [JSON.stringify(resultObject(result, zone))] : resultLines(result, zone, shell.language),
    );
    if (!result.finished) throw stopped();
    if (result.clock.waiting) throw waiting(result.clock);
    return exitCode.done;
  } finally {
    register.close();
  }
}

function stopped(): AppError {
  return new WordedError('sweep.stopped', 'the sweep was stopped before its end', {
    hint: 'The next one goes on from there.',
  });
}

function waiting({ doubtful, living }: { readonly doubtful: number; readonly living: number }): AppError {
  return new WordedError(
    'sweep.waiting',
    `by the machine's clock ${doubtful} of ${living} living hours are past, and nothing confirms that clock`,
    {
      hint: 'If `date` shows the right time, run: visitlog sweep --force',
      context: { doubtful, living },
      exit: exitCode.refused,
    },
  );
}
