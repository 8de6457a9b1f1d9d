import { type ExitCode, exitCode } from '../../base/errors.ts';
import { registerOptionsOf } from '../../daemon/register-options.ts';
import { actorOf, systemProbe } from '../../store/audit/audit-actor.ts';
import { checkRegister } from '../../store/check/check.ts';
import { restoreDatabase } from '../../store/restore.ts';
import type { SweptRows } from '../../store/sweep/sweep-tally.ts';
import { restoreWords } from '../../words/commands/backup.ts';
import { type Configured, configured } from '../configured.ts';
import { copiedMegabytes, copyProgress } from '../copy-progress.ts';
import { type ActResult, recordAct } from '../officer/act.ts';
import { withOwnRegister } from '../register-of.ts';
import { type Invocation, writeLine } from '../shell.ts';

interface RestoreFlags {
  readonly reason: string;
}

export async function restore(given: Invocation, file: string, flags: RestoreFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  const { shell, config } = invocation;
  const words = restoreWords[shell.language];
  const restored = await restoreDatabase({
    ...registerOptionsOf(config, shell.clock, 'tool'),
    file,
    signal: shell.signal,
    onProgress: copyProgress(shell, words.progress),
  });
  try {
    await writeLine(shell.stdout, words.restored(copiedMegabytes(restored.bytes), file));
    if (restored.aside !== null) await writeLine(shell.stdout, words.aside(restored.aside));
    // Recorded in the log that goes on from here: the one of the register that was in use is set aside.
    await recordAct(
      invocation,
      { command: 'restore', scope: { revealed: false }, purpose: { reason: flags.reason } },
      () => bringToday(invocation),
    );
    return await report(invocation);
  } finally {
    restored.release();
  }
}

/**
 * What has expired since the backup was made has no key any more; its rows go too. On a register host that is its own register
 * alone, whether or not the central one answers.
 */
async function bringToday({ config, shell }: Configured): Promise<ActResult> {
  const words = restoreWords[shell.language];
  return withOwnRegister({ config, shell }, 'tool', async (register) => {
    const { rows, hours, clock, finished } = await register.sweep({
      maxShare: config.retention.sweepMaxShare,
      who: actorOf(systemProbe(shell.env)),
      command: 'restore',
      signal: shell.signal,
    });
    if (hours.length > 0) await writeLine(shell.stdout, words.swept(total(rows), hours.length));
    if (clock.waiting || !finished) await writeLine(shell.stderr, `visitlog: ${words.sweepWaits}`);
    const { visits } = await register.health();
    return { rows: visits, complete: true };
  });
}

function total(rows: Readonly<SweptRows>): number {
  return Object.values(rows).reduce((all, count) => all + count, 0);
}

async function report({ shell, config, configFile }: Configured): Promise<ExitCode> {
  const words = restoreWords[shell.language];
  const { findings, database, audit } = checkRegister({
    ...registerOptionsOf(config, shell.clock, 'reader'),
    configFile,
    sweepIntervalMs: config.retention.sweepIntervalMs,
    full: false,
  });
  const isHolder = config.holder.name !== null;
  if (isHolder && audit !== null) await writeLine(shell.stdout, words.holdsLog(audit.rows));
  else if (database !== null) {
    const { visits, unresolved, undecodable, notices } = database;
    await writeLine(shell.stdout, words.holds(visits, unresolved + undecodable + notices));
  }
  // The log of an older copy has lost its end: `words.next` says so.
  const others = findings.filter(({ id }) => id !== 'check.audit').length;
  await writeLine(shell.stdout, words.checked(others));
  for (const line of isHolder ? words.nextOfHolder : words.next) await writeLine(shell.stdout, line);
  return others === 0 ? exitCode.done : exitCode.failed;
}
