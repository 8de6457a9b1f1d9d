import type { Command } from 'commander';
import type { ExitCode } from '../../base/errors.ts';
import type { StoredText } from '../../store/register-types.ts';
import type { Language } from '../../words/bilingual.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import type { Invocation, Runner } from '../invocation.ts';
import { writeLine } from '../shell.ts';
import type { UnresolvedSession } from './unresolved-session.ts';

interface DiscardFlags {
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export function defineUnresolvedDiscard(unresolved: Command, run: Runner, language: Language): void {
  const { discard: words, id, reason, dryRun, yes } = unresolvedWords[language];
  unresolved
    .command('discard')
    .description(words.summary)
    .argument('<id...>', id)
    .option('--reason <text>', reason)
    .option('--dry-run', dryRun)
    .option('--yes', yes)
    .addHelpText('after', words.examples)
    .action(run(discardUnresolved));
}

async function discardUnresolved(
  invocation: Invocation,
  typed: readonly string[],
  flags: DiscardFlags,
): Promise<ExitCode> {
  const { parseIds, textOf, unresolvedDeed } = await import('./unresolved-session.ts');
  const { confirm, requireConfirmable } = await import('../ask.ts');
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
    await tellFound(session, texts);
    if (dryRun) return { rows: texts.length, complete: true };
    await confirm(shell, { command: 'unresolved', word: 'discard', yes });
    const rows = register.discard(texts, start.who);
    await writeLine(shell.stdout, unresolvedWords[shell.language].discard.done(rows));
    return { rows, complete: true };
  });
}

async function tellFound({ shell, zone }: UnresolvedSession, texts: readonly StoredText[]): Promise<void> {
  const { maskedLine, minuteOf } = await import('./unresolved-text.ts');
  const { formatTable } = await import('../text-table.ts');
  const rows = texts.map((text) => [text.id, minuteOf(zone, text.atMs), maskedLine(text, shell.language)]);
  const { found } = unresolvedWords[shell.language].discard;
  const table = formatTable(['', '', ''], rows).slice(1);
  await writeLine(shell.stdout, [found(texts.length), ...table.map((line) => `  ${line}`)].join('\n'));
}
