import type { ExitCode } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import type { StoredText } from '../../store/register-types.ts';
import { maskText } from '../../visits/mask-text.ts';
import type { NearMiss } from '../../visits/near-miss.ts';
import { formatNational, maskNumber } from '../../visits/phone-number.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { hideNumbers } from '../officer/officer-text.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { minuteOf, nearJson, nearMissesOf, nearText, whyText } from './unresolved-list.ts';
import { parseIds, textOf, type UnresolvedSession, unresolvedDeed } from './unresolved-session.ts';

interface ShowFlags {
  readonly reason?: string;
  readonly reveal?: boolean;
  readonly json?: boolean;
}

export async function showUnresolved(
  invocation: Invocation,
  typed: string,
  flags: ShowFlags,
): Promise<ExitCode> {
  const [id = 0] = parseIds([typed]);
  const revealed = flags.reveal ?? false;
  const deed = { command: 'unresolved show', role: 'reader', reason: flags.reason } as const;
  return unresolvedDeed(
    invocation,
    { ...deed, scope: { revealed, visitor: true } },
    async (session, doing) => {
      const text = textOf(session.register, id);
      const near = nearMissesOf(session.register, session.config.numbering.areaCode);
      doing.row(revealed ? text.sender : null, text.atMs);
      // Whose number was shown is on disk before it is.
      doing.flush(doing.rows);
      const shown = { ...(await shownOf(text, revealed)), near: near.of(text.text ?? '', text.sender) };
      await (flags.json ? writeJson(session, text, shown) : writeText(session, text, shown));
      return { rows: 1, complete: true };
    },
  );
}

interface Shown {
  readonly sender: string | null;
  readonly words: string | null;
  /** Whether the words are masked, because somebody's number is among them. */
  readonly masked: boolean;
  readonly near: readonly NearMiss[];
}

/** What a mobile number is typed as between friends: without its 010. */
const shortForm = 8;

/** The words whole, but for what is a telephone number for certain: only --reveal shows those. */
async function shownOf({ sender, text }: StoredText, revealed: boolean): Promise<Omit<Shown, 'near'>> {
  const format = revealed ? formatNational : maskNumber;
  const own = sender?.slice(-shortForm) ?? '';
  const mask =
    text?.normalize('NFKC').replace(/\D/g, '').includes(own) && own !== '' ? maskText : hideNumbers;
  const words = revealed || text === null ? text : mask(text);
  return { sender: sender === null ? null : format(sender), words, masked: words !== text };
}

async function writeJson(
  { shell, zone, register }: UnresolvedSession,
  { id, atMs, receivedAtMs, line, kind, reason, expiresAtMs }: StoredText,
  { sender, words, near }: Shown,
): Promise<void> {
  const json = {
    id,
    at: zone.format(atMs),
    received_at: zone.format(receivedAtMs),
    line,
    kind,
    why: reason,
    sender,
    text: words,
    nearest: near.map((miss) => nearJson(miss, register)),
    expires_at: zone.format(expiresAtMs),
  };
  await writeLine(shell.stdout, JSON.stringify(json));
}

async function writeText(
  { shell, zone, register }: UnresolvedSession,
  text: StoredText,
  { sender, words: body, masked, near }: Shown,
): Promise<void> {
  const { show: words, noText } = unresolvedWords[shell.language];
  const { labels } = words;
  const proposals = near.map((miss) => nearText(miss, register, shell.language));
  const lines = (body ?? noText).split(/\r\n|\r|\n/).map(printable);
  const rows = [
    [labels.at, minuteOf(zone, text.atMs)],
    [labels.received, minuteOf(zone, text.receivedAtMs)],
    [labels.line, text.line],
    [labels.why, whyText(text, shell.language)],
    [labels.sender, printable(sender ?? words.none)],
    ...lines.map((line, at) => [at === 0 ? labels.text : '', line]),
    [labels.expires, minuteOf(zone, text.expiresAtMs)],
    ...(proposals.length === 0 ? [words.none] : proposals).map((line, at) => [
      at === 0 ? labels.near : '',
      line,
    ]),
  ];
  await writeLine(shell.stdout, formatTable(['', ''], rows).slice(1).join('\n'));
  if (masked) await writeLine(shell.stderr, `visitlog: ${words.hidden}`);
}
