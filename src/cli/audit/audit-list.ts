import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import type { Act, Upkeep } from '../../store/audit/audit-acts.ts';
import { askWords } from '../../words/commands/ask.ts';
import { auditWords } from '../../words/commands/audit.ts';
import type { Invocation } from '../invocation.ts';
import { audited, startOf } from '../officer/audited.ts';
import { type Shell, writeLine } from '../shell.ts';
import { actJson, actText, upkeepJson, upkeepText } from './act-text.ts';
import { type AuditSession, openWindow, readingAudit, type WindowFlags } from './audit-session.ts';

export interface ListFlags extends WindowFlags {
  readonly visitor?: string;
  readonly json?: boolean;
  readonly raw?: boolean;
}

/**
 * Lists acts. The list itself shows no visitor's data and is not recorded. Asking for one visitor is: the answer says
 * whether that number was in the register, and whoever can ask that can ask it of anyone.
 */
export function listActs(invocation: Invocation, flags: ListFlags): Promise<ExitCode> {
  return readingAudit(invocation, async (session) => {
    if (flags.raw) return listRaw(invocation.shell, session);
    const { fromMs, toMs } = await openWindow(flags, session.zone, invocation.shell.clock.wallMs());
    const within = ({ atMs }: { readonly atMs: number }) => atMs >= fromMs && atMs < toMs;
    if (flags.visitor !== undefined)
      return listVisitor(invocation.shell, session, flags, flags.visitor, within);
    const { acts, upkeep } = session.reader.contents();
    const items = [...acts, ...upkeep].filter(within).sort((a, b) => a.seq - b.seq);
    for (const item of items) await writeItem(invocation.shell, session, flags, item);
    if (items.length === 0) throw nothing('list', 'no act is recorded in that time');
    return exitCode.done;
  });
}

async function listRaw({ stdout }: Shell, { reader }: AuditSession): Promise<ExitCode> {
  for (const { seq, atMs, text, prev, hash, mac } of reader.rows()) {
    const bytes = { prev: prev.toString('hex'), hash: hash.toString('hex'), mac: mac.toString('hex') };
    await writeLine(stdout, JSON.stringify({ seq, at_ms: atMs, entry: text, ...bytes }));
  }
  return exitCode.done;
}

async function listVisitor(
  shell: Shell,
  session: AuditSession,
  flags: ListFlags,
  typed: string,
  within: (act: Act) => boolean,
): Promise<ExitCode> {
  const { openAudit } = await import('../../store/audit/audit.ts');
  const visitor = await visitorOf(shell, typed);
  const scope = { revealed: false, visitor: true };
  const start = await startOf(shell, { command: 'audit list', scope });
  const audit = openAudit(session.options);
  try {
    await audited(audit, start, async () => {
      const shown = session.reader.thatShowed(visitor);
      const acts = session.reader.contents().acts.filter(within);
      const found = acts.filter(({ seq }) => shown.has(seq));
      for (const act of found) await writeItem(shell, session, flags, act);
      await tellUnfinished(shell, acts, shown);
      if (found.length === 0)
        throw nothing('visitor', 'no act showed this number, of the visits that are still kept');
      return { rows: found.length, complete: true };
    });
    return exitCode.done;
  } finally {
    audit.close();
  }
}

/** An act whose process died had told most of the numbers it showed, and perhaps not the last. */
async function tellUnfinished(
  shell: Shell,
  acts: readonly Act[],
  shown: ReadonlyMap<number, unknown>,
): Promise<void> {
  const open = acts.filter(
    ({ outcome, scope, seq }) => outcome === 'unfinished' && scope.revealed && !shown.has(seq),
  );
  if (open.length === 0) return;
  const list = open.map(({ seq }) => `#${seq}`).join(', ');
  await writeLine(shell.stderr, `visitlog: ${auditWords[shell.language].unfinished(list)}`);
}

async function visitorOf(shell: Shell, typed: string): Promise<string> {
  const { ask, atTerminal, readLine } = await import('../ask.ts');
  const { parseTypedNumber } = await import('../../visits/sender.ts');
  const asked = () =>
    atTerminal(shell) ? ask(shell, askWords[shell.language].visitor, true) : readLine(shell);
  const number = parseTypedNumber((typed === '-' ? await asked() : typed).trim());
  if (number !== null) return number.canonical;
  throw new WordedError('audit.visitor', 'what was given as --visitor is no telephone number', {
    hint: 'Type it as 010-5550-0123, or with + and its country.',
    exit: exitCode.usage,
  });
}

function writeItem(
  { stdout, language }: Shell,
  { zone }: AuditSession,
  { json }: ListFlags,
  item: Act | Upkeep,
): Promise<void> {
  if ('entry' in item)
    return writeLine(
      stdout,
      json ? JSON.stringify(upkeepJson(item, zone)) : upkeepText(item, zone, language),
    );
  return writeLine(stdout, json ? JSON.stringify(actJson(item, zone)) : actText(item, zone, language));
}

function nothing(of: 'list' | 'visitor', message: string): AppError {
  return new WordedError('audit.nothing', message, { context: { of }, exit: exitCode.nothing });
}
