import { type ExitCode, exitCode } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import { openDraft } from '../../export/to/draft.ts';
import { openAudit } from '../../store/audit/audit.ts';
import { copyDatabase } from '../../store/backup.ts';
import { backupWords } from '../../words/commands/backup.ts';
import { audited, startOf } from '../officer/audited.ts';
import { openRegisterOf, registerOptionsOf } from '../register-of.ts';
import { type Invocation, isTerminal, type Shell, writeLine } from '../shell.ts';

interface BackupFlags {
  readonly force?: boolean;
}

export async function backup(
  { shell, globals }: Invocation,
  file: string,
  flags: BackupFlags,
): Promise<ExitCode> {
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const draft = await openDraft(file, flags.force ?? false, 'backup');
  try {
    const audit = openAudit(registerOptionsOf(config, shell.clock, 'tool'));
    try {
      const register = openRegisterOf(config, shell.clock, 'reader');
      const { visits } = register.health();
      register.close();
      const scope = { revealed: false, format: 'sqlite', output: 'file' } as const;
      await audited(audit, await startOf(shell, { command: 'backup', scope }), async () => {
        const { bytes } = await copyDatabase({
          dataDir: config.dataDir,
          draft: draft.path,
          signal: shell.signal,
          onProgress: progressAt(shell),
        });
        await draft.publish();
        await writeLine(
          shell.stderr,
          `visitlog: ${backupWords[shell.language].written(megabytes(bytes), file)}`,
        );
        return { rows: visits, complete: true };
      });
    } finally {
      audit.close();
    }
  } finally {
    await draft.abandon();
  }
  return exitCode.done;
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
