import type { ExitCode } from '../../base/errors.ts';
import type { StoredText } from '../../store/register-types.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { confirm, requireConfirmable } from '../ask.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { maskedLine, minuteOf } from './unresolved-list.ts';
import { parseIds, textOf, type UnresolvedSession, unresolvedDeed } from './unresolved-session.ts';

interface DiscardFlags {
  readonly reason?: string;
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
  const deed = {
    command: dryRun ? 'unresolved discard --dry-run' : 'unresolved discard',
    role: dryRun ? 'reader' : 'tool',
    scope: { revealed: false, visitor: true, visitors: ids.length },
    reason: flags.reason,
  } as const;
  return unresolvedDeed(invocation, deed, async (session) => {
    const { register, shell, start } = session;
    const texts = ids.map((id) => textOf(register, id));
    await writeTextsToDiscard(session, texts);
    if (dryRun) return { rows: texts.length, complete: true };
    await confirm(shell, { command: 'unresolved', word: 'discard', yes });
    const rows = register.discard(texts, start.who);
    await writeLine(shell.stdout, unresolvedWords[shell.language].discard.done(rows));
    return { rows, complete: true };
  });
}

async function writeTextsToDiscard(
  { shell, zone }: UnresolvedSession,
  texts: readonly StoredText[],
): Promise<void> {
  const rows = texts.map((text) => [text.id, minuteOf(zone, text.atMs), maskedLine(text, shell.language)]);
  const { found } = unresolvedWords[shell.language].discard;
  const table = formatTable(['', '', ''], rows).slice(1);
  await writeLine(shell.stdout, [found(texts.length), ...table.map((line) => `  ${line}`)].join('\n'));
}
