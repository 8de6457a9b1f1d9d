import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../base/errors.ts';
import type { Language } from '../words/bilingual.ts';
import { backupWords } from '../words/commands/backup.ts';
import { summaries } from '../words/commands/program.ts';
import { parseFileName } from './option-values.ts';
import { type Invocation, isTerminal, type Runner, type Shell, writeLine } from './shell.ts';

interface BackupFlags {
  readonly force?: boolean;
}

export function defineBackup(program: Command, run: Runner, language: Language): void {
  const words = backupWords[language];
  program
    .command('backup')
    .description(summaries[language].backup)
    .argument('<file>', words.file, parseFileName)
    .option('--force', words.force)
    .addHelpText('after', words.after)
    .action(run(backup));
}

async function backup({ shell, globals }: Invocation, file: string, flags: BackupFlags): Promise<ExitCode> {
  const { loadConfig } = await import('../config/load.ts');
  const { openRegisterOf, registerOptionsOf } = await import('./register-of.ts');
  const { openAudit } = await import('../store/audit/audit.ts');
  const { audited, startOf } = await import('./officer/audited.ts');
  const { openDraft } = await import('../export/to/draft.ts');
  const { copyDatabase } = await import('../store/backup.ts');
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
