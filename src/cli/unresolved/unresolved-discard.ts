import { type ExitCode, exitCode } from '../../base/errors.ts';
import { formatMinute } from '../../base/zone.ts';
import type { StoredText } from '../../store/records.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { confirm, requireConfirmable } from '../ask.ts';
import { configured } from '../configured.ts';
import { type ActSession, act, type Purpose, readNothing } from '../officer/act.ts';
import { maskedLine, parseIds, textOf } from '../officer/kept-texts.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';

interface DiscardFlags extends Purpose {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export async function discardUnresolved(
  invocation: Invocation,
  typed: readonly string[],
  flags: DiscardFlags,
): Promise<ExitCode> {
  const { dryRun = false, yes = false } = flags;
  const ids = parseIds(typed);
  if (!dryRun) requireConfirmable(invocation.shell, { command: 'unresolved', yes });
  const request = {
    command: dryRun ? 'unresolved discard --dry-run' : 'unresolved discard',
    role: dryRun ? 'reader' : 'tool',
    reason: 'always',
    purpose: flags,
    read: readNothing,
    scope: async () => ({ revealed: false, visitor: true, visitors: ids.length }),
  } as const;
  await act(await configured(invocation), request, async (session) => {
    const { register, shell, start, act } = session;
    const texts = await Promise.all(ids.map((id) => textOf(register, id)));
    for (const { atMs } of texts) act.row(null, atMs);
    act.flush(act.rows);
    await writeTextsToDiscard(session, texts);
    if (dryRun) return { rows: texts.length, complete: true };
    await confirm(shell, { command: 'unresolved', word: 'discard', yes });
    const rows = await register.discard(texts, start.who);
    await writeLine(shell.stdout, unresolvedWords[shell.language].discard.done(rows));
    return { rows, complete: true };
  });
  return exitCode.done;
}

async function writeTextsToDiscard({ shell, zone }: ActSession, texts: readonly StoredText[]): Promise<void> {
  const rows = texts.map((text) => [text.id, formatMinute(zone, text.atMs), maskedLine(text, shell)]);
  const { found } = unresolvedWords[shell.language].discard;
  const table = formatTable(['', '', ''], rows).slice(1);
  await writeLine(shell.stdout, [found(texts.length), ...table.map((line) => `  ${line}`)].join('\n'));
}
