import { collect } from '../../base/batches.ts';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { formatMinute } from '../../base/zone.ts';
import type { Window } from '../../export/window.ts';
import type { StoredText } from '../../store/records.ts';
import { maskText } from '../../visits/mask-text.ts';
import type { NearMissIndex } from '../../visits/near-miss.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { configured } from '../configured.ts';
import { type ActResult, type ActSession, act, type Purpose, readNothing } from '../officer/act.ts';
import { optionalWindow, type WindowFlags } from '../officer/visit-query.ts';
import { whyText } from '../officer/why-no-visit.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { maskedLine, nearJson, nearMissesOf, nearText } from './unresolved-text.ts';

interface ListFlags extends WindowFlags, Purpose {
  readonly json?: boolean;
}

export async function listUnresolved(given: Invocation, flags: ListFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  const window = optionalWindow(invocation, flags);
  const whole = flags.from === undefined && flags.to === undefined;
  const request = {
    command: 'unresolved list',
    role: 'reader',
    reason: 'always',
    purpose: flags,
    read: readNothing,
    scope: async () => ({ revealed: false, ...(whole ? {} : { from: window.fromMs, to: window.toMs }) }),
  } as const;
  await act(invocation, request, (session) => writeList(session, window, flags.json ?? false));
  return exitCode.done;
}

async function writeList(session: ActSession, window: Window, json: boolean): Promise<ActResult> {
  const { register, act, shell } = session;
  const near = await nearMissesOf(register, session.config.numbering.areaCode);
  const rows: (readonly (string | number)[])[] = [];
  // Read whole: a reader that pauses must not keep a statement open, and with it the write-ahead log.
  const texts = await collect(register.texts({ ...window, kinds: ['unresolved', 'undecodable'] }));
  for (const { atMs } of texts) act.row(null, atMs);
  // The audit log knows how many are shown before one is.
  act.flush(act.rows);
  for (const text of texts) {
    if (json) await writeLine(shell.stdout, printableJson(await listedJson(session, near, text)));
    else rows.push(await listedRow(session, near, text));
  }
  if (act.rows === 0) throw fault('unresolved.nothing');
  if (!json) {
    const { heads } = unresolvedWords[shell.language].list;
    await writeLine(shell.stdout, formatTable(heads, rows).join('\n'));
  }
  return { rows: act.rows, complete: true };
}

async function listedJson(
  { register, zone, shell }: ActSession,
  near: NearMissIndex,
  stored: StoredText,
): Promise<object> {
  const { id, atMs, receivedAtMs, line, kind, reason, text, sender, expiresAtMs } = stored;
  return {
    id,
    at: zone.format(atMs),
    received_at: zone.format(receivedAtMs),
    line,
    kind,
    why: reason,
    text: text === null ? null : maskText(text, shell.maskedDigits),
    nearest: await Promise.all(near.of(text ?? '', sender).map((miss) => nearJson(miss, register))),
    expires_at: zone.format(expiresAtMs),
  };
}

async function listedRow(
  { register, zone, shell }: ActSession,
  near: NearMissIndex,
  text: StoredText,
): Promise<readonly (string | number)[]> {
  const { language } = shell;
  const [first] = near.of(text.text ?? '', text.sender);
  return [
    text.id,
    formatMinute(zone, text.atMs),
    text.line,
    whyText(text, language),
    maskedLine(text, shell),
    first === undefined ? '' : await nearText(first, register, language),
  ];
}
