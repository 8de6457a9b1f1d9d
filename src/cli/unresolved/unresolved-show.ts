import { type ExitCode, exitCode } from '../../base/errors.ts';
import { printable, printableJson } from '../../base/printable.ts';
import { formatMinute } from '../../base/zone.ts';
import type { StoredText } from '../../store/records.ts';
import { maskText } from '../../visits/mask-text.ts';
import type { NearMiss } from '../../visits/near-miss.ts';
import { formatNational, maskNumber, type ShownDigits } from '../../visits/phone-number.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { configured } from '../configured.ts';
import { type ActResult, type ActSession, act, type Purpose, readNothing } from '../officer/act.ts';
import { hideNumbers } from '../officer/officer-text.ts';
import { whyText } from '../officer/why-no-visit.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { nearJson, nearMissesOf, nearText, parseIds, textOf } from './unresolved-text.ts';

interface ShowFlags extends Purpose {
  readonly reveal?: boolean;
  readonly json?: boolean;
}

export async function showUnresolved(
  invocation: Invocation,
  typed: string,
  flags: ShowFlags,
): Promise<ExitCode> {
  const [id = 0] = parseIds([typed]);
  const { reveal = false, json = false } = flags;
  const request = {
    command: 'unresolved show',
    role: 'reader',
    reason: 'always',
    purpose: flags,
    read: readNothing,
    scope: async () => ({ revealed: reveal, visitor: true }),
  } as const;
  await act(await configured(invocation), request, (session) => writeShown(session, id, reveal, json));
  return exitCode.done;
}

async function writeShown(
  session: ActSession,
  id: number,
  reveal: boolean,
  json: boolean,
): Promise<ActResult> {
  const { register, act, config, shell } = session;
  const text = await textOf(register, id);
  const near = await nearMissesOf(register, config.numbering.areaCode);
  act.row(reveal ? text.sender : null, text.atMs);
  // The audit log knows whose number is shown before it is shown.
  act.flush(act.rows);
  const shown = { ...shownOf(text, reveal, shell.maskedDigits), near: near.of(text.text ?? '', text.sender) };
  await (json ? writeJson(session, text, shown) : writeText(session, text, shown));
  return { rows: 1, complete: true };
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

/** The whole words, except telephone numbers: only --reveal shows those. */
function shownOf(
  { sender, text }: StoredText,
  revealed: boolean,
  digits: ShownDigits | undefined,
): Omit<Shown, 'near'> {
  const format = revealed ? formatNational : (number: string) => maskNumber(number, digits);
  const own = sender?.slice(-shortForm) ?? '';
  const mask =
    text?.normalize('NFKC').replace(/\D/g, '').includes(own) && own !== ''
      ? (words: string) => maskText(words, digits)
      : hideNumbers;
  const words = revealed || text === null ? text : mask(text);
  return { sender: sender === null ? null : format(sender), words, masked: words !== text };
}

async function writeJson(
  { shell, zone, register }: ActSession,
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
    nearest: await Promise.all(near.map((miss) => nearJson(miss, register))),
    expires_at: zone.format(expiresAtMs),
  };
  await writeLine(shell.stdout, printableJson(json));
}

async function writeText(
  { shell, zone, register }: ActSession,
  text: StoredText,
  { sender, words: body, masked, near }: Shown,
): Promise<void> {
  const { show: words, noText } = unresolvedWords[shell.language];
  const { labels } = words;
  const proposals = await Promise.all(near.map((miss) => nearText(miss, register, shell.language)));
  const lines = (body ?? noText).split(/\r\n|\r|\n/).map(printable);
  const rows = [
    [labels.at, formatMinute(zone, text.atMs)],
    [labels.received, formatMinute(zone, text.receivedAtMs)],
    [labels.line, text.line],
    [labels.why, whyText(text, shell.language)],
    [labels.sender, printable(sender ?? words.none)],
    ...lines.map((line, at) => [at === 0 ? labels.text : '', line]),
    [labels.expires, formatMinute(zone, text.expiresAtMs)],
    ...(proposals.length === 0 ? [words.none] : proposals).map((line, at) => [
      at === 0 ? labels.near : '',
      line,
    ]),
  ];
  await writeLine(shell.stdout, formatTable(['', ''], rows).slice(1).join('\n'));
  if (masked) await writeLine(shell.stderr, `visitlog: ${words.hidden}`);
}
