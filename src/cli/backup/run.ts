import { type ExitCode, exitCode } from '../../base/errors.ts';
import { type Draft, openDraft } from '../../export/to/draft.ts';
import { copyDatabase } from '../../store/backup.ts';
import { backupWords } from '../../words/commands/backup.ts';
import { configured } from '../configured.ts';
import { copiedMegabytes, copyProgress } from '../copy-progress.ts';
import { type ActResult, type ActSession, act, readNothing } from '../officer/act.ts';
import { type Invocation, writeLine } from '../shell.ts';

interface BackupFlags {
  readonly force?: boolean;
}

export async function backup(given: Invocation, file: string, flags: BackupFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  const request = {
    command: 'backup',
    role: 'reader',
    reason: 'never',
    read: readNothing,
    scope: async () => ({ revealed: false, format: 'sqlite', output: 'file' as const }),
  } as const;
  const draft = await openDraft(file, flags.force ?? false, 'backup');
  try {
    await act(invocation, request, (session) => copyTo(session, draft, file));
  } finally {
    await draft.abandon();
  }
  return exitCode.done;
}

async function copyTo(
  { shell, config, register }: ActSession,
  draft: Draft,
  file: string,
): Promise<ActResult> {
  // On a register host it is the host's own: no visit is in it, and the central register is not asked.
  const isHolder = config.holder.name !== null;
  const visits = isHolder ? 0 : (await register.health()).visits;
  const { bytes } = await copyDatabase({
    dataDir: config.dataDir,
    draft: draft.path,
    signal: shell.signal,
    onProgress: copyProgress(shell, backupWords[shell.language].progress),
  });
  await draft.publish();
  const { written, ofHolder } = backupWords[shell.language];
  await writeLine(shell.stderr, `visitlog: ${written(copiedMegabytes(bytes), file)}`);
  if (isHolder) await writeLine(shell.stderr, `visitlog: ${ofHolder}`);
  return { rows: visits, complete: true };
}
