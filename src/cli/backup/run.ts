import { type ExitCode, exitCode } from '../../base/errors.ts';
import { type Draft, openDraft } from '../../export/to/draft.ts';
import { copyDatabase } from '../../store/backup.ts';
import { backupWords } from '../../words/commands/backup.ts';
import { configured } from '../configured.ts';
import { type ActResult, type ActSession, act, readNothing } from '../officer/act.ts';
import { type Invocation, isTerminal, type Shell, writeLine } from '../shell.ts';

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
  const { visits } = await register.health();
  const { bytes } = await copyDatabase({
    dataDir: config.dataDir,
    draft: draft.path,
    signal: shell.signal,
    onProgress: progressAt(shell),
  });
  await draft.publish();
  const { written } = backupWords[shell.language];
  await writeLine(shell.stderr, `visitlog: ${written(megabytes(bytes), file)}`);
  return { rows: visits, complete: true };
}

/** At a terminal a line that is written over; elsewhere nothing. */
function progressAt({ stderr, language }: Shell): (copied: number, pages: number) => void {
  if (!isTerminal(stderr)) return () => {};
  let shown = -1;
  return (copied, pages) => {
    const percent = Math.floor((100 * copied) / Math.max(1, pages));
    if (percent === shown) return;
    shown = percent;
    stderr.write(`\r${backupWords[language].progress(percent)}\u001b[K${percent === 100 ? '\n' : ''}`);
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 });
}
