import type { Command } from 'commander';
import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import type { Window } from '../../export/window.ts';
import type { StoredText } from '../../store/register-types.ts';
import type { NearMissIndex } from '../../visits/near-miss.ts';
import type { Language } from '../../words/bilingual.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import type { WindowFlags } from '../audit/audit-session.ts';
import type { Invocation, Runner } from '../invocation.ts';
import { writeLine } from '../shell.ts';
import type { UnresolvedSession } from './unresolved-session.ts';

interface ListFlags extends WindowFlags {
  readonly json?: boolean;
}

export function defineUnresolvedList(unresolved: Command, run: Runner, language: Language): void {
  const { list: words, from, to } = unresolvedWords[language];
  unresolved
    .command('list')
    .description(words.summary)
    .option('--from <time>', from)
    .option('--to <time>', to)
    .option('--json', words.json)
    .addHelpText('after', words.examples)
    .action(run(listUnresolved));
}

async function listUnresolved(invocation: Invocation, flags: ListFlags): Promise<ExitCode> {
  const { loadConfig } = await import('../../config/load.ts');
  const { openZone } = await import('../../base/zone.ts');
  const { openWindow } = await import('../audit/audit-session.ts');
  const { unresolvedDeed } = await import('./unresolved-session.ts');
  const { nearMissesOf } = await import('./unresolved-text.ts');
  const { shell, globals } = invocation;
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const window = await openWindow(flags, openZone(config.timeZone), shell.clock.wallMs());
  const whole = flags.from === undefined && flags.to === undefined;
  const scope = { revealed: false, ...(whole ? {} : { from: window.fromMs, to: window.toMs }) };
  const deed = { command: 'unresolved list', role: 'reader', scope, reason: null } as const;
  return unresolvedDeed(invocation, deed, async (session, doing) => {
    const near = nearMissesOf(session.register, config.numbering.areaCode);
    const rows: (readonly (string | number)[])[] = [];
    for (const text of textsIn(session, window)) {
      doing.row(null, text.atMs);
      if (flags.json) await writeLine(shell.stdout, JSON.stringify(await listedJson(session, near, text)));
      else rows.push(await listedRow(session, near, text));
    }
    if (doing.rows === 0) throw nothing();
    if (!flags.json) await writeTable(session, rows);
    return { rows: doing.rows, complete: true };
  });
}

function textsIn({ register }: UnresolvedSession, window: Window): Iterable<StoredText> {
  return register.texts({ ...window, kinds: ['unresolved', 'undecodable'] });
}

async function listedJson(
  { register, zone }: UnresolvedSession,
  near: NearMissIndex,
  stored: StoredText,
): Promise<object> {
  const { maskText } = await import('../../visits/mask-text.ts');
  const { nearJson } = await import('./unresolved-text.ts');
  const { id, atMs, receivedAtMs, line, kind, reason, text, sender, expiresAtMs } = stored;
  return {
    id,
    at: zone.format(atMs),
    received_at: zone.format(receivedAtMs),
    line,
    kind,
    why: reason,
    text: text === null ? null : maskText(text),
    nearest: near.of(text ?? '', sender).map((miss) => nearJson(miss, register)),
    expires_at: zone.format(expiresAtMs),
  };
}

async function listedRow(
  { register, zone, shell }: UnresolvedSession,
  near: NearMissIndex,
  text: StoredText,
): Promise<readonly (string | number)[]> {
  const { maskedLine, minuteOf, nearText, whyText } = await import('./unresolved-text.ts');
  const { language } = shell;
  const [first] = near.of(text.text ?? '', text.sender);
  return [
    text.id,
    minuteOf(zone, text.atMs),
    text.line,
    whyText(text, language),
    maskedLine(text, language),
    first === undefined ? '' : nearText(first, register, language),
  ];
}

async function writeTable(
  { shell }: UnresolvedSession,
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  const { formatTable } = await import('../text-table.ts');
  const { heads } = unresolvedWords[shell.language].list;
  await writeLine(shell.stdout, formatTable(heads, rows).join('\n'));
}

function nothing(): AppError {
  return new WordedError('unresolved.nothing', 'there is no unresolved text in that time', {
    exit: exitCode.nothing,
  });
}
