import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { openZone, type Zone } from '../../base/zone.ts';
import { loadConfig } from '../../config/load.ts';
import type { Window } from '../../export/window.ts';
import type { Register, StoredText } from '../../store/register-types.ts';
import { maskText } from '../../visits/mask-text.ts';
import { type NearMiss, type NearMissIndex, nearMissIndex } from '../../visits/near-miss.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { openWindow, type WindowFlags } from '../audit/audit-session.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { type UnresolvedSession, unresolvedDeed } from './unresolved-session.ts';

/** The registered venues, by what a text may nearly name. */
export function nearMissesOf(register: Register, areaCode: string): NearMissIndex {
  return nearMissIndex(
    register.venues().map(({ number }) => number),
    areaCode,
  );
}

/** Why a text is no visit. */
export function whyText({ kind, reason }: StoredText, language: Language): string {
  const words = unresolvedWords[language];
  return kind === 'undecodable' ? words.undecodable(reason) : (words.why[reason] ?? reason);
}

const longest = 40;

/** The words on one line, masked. */
export function maskedLine({ text }: StoredText, language: Language): string {
  if (text === null) return unresolvedWords[language].noText;
  const line = printable(maskText(text).replace(/\s+/g, ' '));
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** `031-324-2114 City Hall: a digit off` */
export function nearText({ venue, reason }: NearMiss, register: Register, language: Language): string {
  const name = register.venueOf(venue)?.name ?? null;
  const title = name === null ? formatNational(venue) : `${formatNational(venue)} ${printable(name)}`;
  return `${title}: ${unresolvedWords[language].near[reason]}`;
}

export function nearJson({ venue, reason }: NearMiss, register: Register): object {
  return { venue: formatNational(venue), venue_name: register.venueOf(venue)?.name ?? null, why: reason };
}

export const minuteOf = (zone: Zone, epochMs: number): string =>
  zone.format(epochMs).slice(0, 16).replace('T', ' ');

interface ListFlags extends WindowFlags {
  readonly json?: boolean;
}

export async function listUnresolved(invocation: Invocation, flags: ListFlags): Promise<ExitCode> {
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
  const { heads } = unresolvedWords[shell.language].list;
  await writeLine(shell.stdout, formatTable(heads, rows).join('\n'));
}

function nothing(): AppError {
  return new WordedError('unresolved.nothing', 'there is no unresolved text in that time', {
    exit: exitCode.nothing,
  });
}
