import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { formatMinute } from '../../base/zone.ts';
import { venueImportWords } from '../../words/commands/venue-import.ts';
import { confirm } from '../ask.ts';
import { configured } from '../configured.ts';
import { withRegister } from '../register-of.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { changeJson, changeLine } from './venue-change-text.ts';
import { recordChange, refuseOnSite } from './venue-record.ts';

interface UndoFlags {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const mostShown = 20;

/** `venue import --undo`: what the last list changed is as it was before, except what was changed since. */
export async function undoImport(given: Invocation, flags: UndoFlags): Promise<ExitCode> {
  const { dryRun = false, yes = false, json = false } = flags;
  const invocation = await configured(given);
  const { shell, zone } = invocation;
  refuseOnSite(invocation, 'venue import --undo');
  return withRegister(invocation, dryRun ? 'reader' : 'tool', async (register) => {
    const words = venueImportWords[shell.language].undo;
    const last = await register.lastImport();
    if (last === null) throw fault('venue.nothing-to-undo');
    const back = last.changes.map(({ before, after }) => ({ before: after, after: before }));
    if (!json) {
      const shown = back.slice(0, dryRun ? back.length : mostShown);
      const lines = shown.map((change) => `  ${changeLine(change, shell.language)}`);
      const further = back.length - shown.length;
      await writeLine(
        shell.stdout,
        [
          words.found(formatMinute(zone, last.atMs), back.length),
          ...lines,
          ...(further > 0 ? [`  ${venueImportWords[shell.language].furtherChanges(further)}`] : []),
        ].join('\n'),
      );
    }
    const told = { imported_at: zone.format(last.atMs), changes: back.map(changeJson) };
    if (dryRun) {
      if (json) await writeLine(shell.stdout, printableJson({ dry_run: true, ...told, kept: 0 }));
      return exitCode.done;
    }
    await confirm(shell, { command: 'venue', word: 'undo', yes });
    const kept = await recordChange(invocation, {
      command: 'venue import --undo',
      change: () => register.undoImport(last),
      rows: back.length,
    });
    if (json) await writeLine(shell.stdout, printableJson({ dry_run: false, ...told, kept: kept.length }));
    else await writeLine(shell.stdout, words.done(back.length - kept.length, kept.length));
    return exitCode.done;
  });
}
