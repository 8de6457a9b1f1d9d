import { formatHex } from '../../base/bytes.ts';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import { printable, printableJson } from '../../base/printable.ts';
import { formatMinute } from '../../base/zone.ts';
import { type PartlyRead, readPartly } from '../../sms/read-partly.ts';
import { formatTimestamp } from '../../sms/scts.ts';
import { maskText } from '../../visits/mask-text.ts';
import type { NearestPlace } from '../../visits/nearest-places.ts';
import { formatNational, maskNumber, type ShownDigits } from '../../visits/phone-number.ts';
import { keptTextWords } from '../../words/commands/kept-texts.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { configured } from '../configured.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { type ActResult, type ActSession, act, type Purpose, readNothing } from './act.ts';
import { type KeptText, nearestPlacesOf, nearJson, nearText, type TextCommand } from './kept-texts.ts';
import { whyText } from './why-no-visit.ts';

export interface ShowFlags extends Purpose {
  readonly reveal?: boolean;
  readonly json?: boolean;
}

/** `command show`: one text with all that is known of it, numbers masked unless `--reveal`. */
export async function showText(
  given: Invocation,
  flags: ShowFlags,
  command: TextCommand,
  find: (session: ActSession) => Promise<KeptText>,
): Promise<ExitCode> {
  const { reveal = false, json = false } = flags;
  const request = {
    command: `${command} show`,
    role: 'reader',
    reason: 'always',
    purpose: flags,
    read: readNothing,
    scope: async () => ({ revealed: reveal, visitor: true }),
  } as const;
  await act(await configured(given), request, async (session) => {
    const text = await find(session);
    return writeShown(session, text, command, { reveal, json });
  });
  return exitCode.done;
}

async function writeShown(
  session: ActSession,
  text: KeptText,
  command: TextCommand,
  { reveal, json }: { readonly reveal: boolean; readonly json: boolean },
): Promise<ActResult> {
  const { register, act, config, shell } = session;
  const places = command === 'unresolved' ? await nearestPlacesOf(register, config.numbering.areaCode) : null;
  act.row(reveal ? text.sender : null, text.atMs);
  // The audit log knows whose number is shown before it is shown.
  act.flush(act.rows);
  const near = places === null ? null : places.of(text.text ?? '', text.sender);
  const shown = { ...shownOf(text, reveal, shell.maskedDigits), near };
  await (json ? writeJson(session, text, shown) : writeText(session, text, shown));
  return { rows: 1, complete: true };
}

interface Shown {
  readonly sender: string | null;
  readonly words: string | null;
  /** Whether the words are masked, because somebody's number is among them. */
  readonly masked: boolean;
  /** What the modem printed, one line for each part; null unless it may be shown, because it holds the number. */
  readonly pdu: readonly string[] | null;
  readonly read: PartlyRead | null;
  /** Null if no place is looked for. */
  readonly near: readonly NearestPlace[] | null;
}

/** An area code and too few digits behind it: what staff look for is a place's number with a digit missing. */
const isUnfinished = (digits: string) => /^0(?:2|[3-6]\d)\d{4,6}$/.test(digits);

/** The whole words, except what could be a person's number: only --reveal shows that. */
function shownOf(kept: KeptText, revealed: boolean, digits: ShownDigits | undefined): Omit<Shown, 'near'> {
  const { sender, text } = kept;
  const format = revealed ? formatNational : (number: string) => maskNumber(number, digits);
  const words = revealed || text === null ? text : maskText(text, digits, isUnfinished);
  return {
    sender: sender === null ? null : format(sender),
    words,
    masked: words !== text,
    // An erasure of a number in somebody else's text leaves no PDU.
    pdu: !revealed ? null : kept.pdu === '' ? [] : kept.pdu.split('\n'),
    read: readingOf(kept),
  };
}

/** The fields of the text, or of its first part, as far as they can be read; the sender decides between two readings. */
function readingOf({ pdu, announcedLength = null, text }: KeptText): PartlyRead | null {
  const print = pdu.startsWith('+') ? pdu : (pdu.split('\n')[0] ?? '');
  const readings = readPartly(print, { tpduLength: announcedLength });
  const reached = readings.filter(({ sender }) => sender !== null);
  return reached.find((read) => read.text === text) ?? reached[0] ?? null;
}

async function writeJson(
  { shell, zone, register }: ActSession,
  text: KeptText,
  { sender, words, pdu, read, near }: Shown,
): Promise<void> {
  const json = {
    id: text.id,
    at: zone.format(text.atMs),
    received_at: zone.format(text.receivedAtMs),
    line: text.line,
    kind: text.kind,
    why: text.reason,
    sender,
    text: words,
    sent_at: read?.sentAt ? formatTimestamp(read.sentAt) : null,
    pid: read?.pid ?? null,
    dcs: read?.dcs?.octet ?? null,
    alphabet: read?.dcs?.alphabet ?? null,
    pdu,
    ...(near === null ? {} : { nearest: await Promise.all(near.map((miss) => nearJson(miss, register))) }),
    expires_at: zone.format(text.expiresAtMs),
  };
  await writeLine(shell.stdout, printableJson(json));
}

async function writeText(
  { shell, zone, register }: ActSession,
  text: KeptText,
  { sender, words: body, masked, pdu, read, near }: Shown,
): Promise<void> {
  const { language } = shell;
  const { show: words, noText } = unresolvedWords[language];
  const { labels } = words;
  const { raw, coding, sentAt, ownFault } = keptTextWords[language];
  const proposals = await Promise.all((near ?? []).map((miss) => nearText(miss, register, language)));
  const lines = (body ?? noText).split(/\r\n|\r|\n/).map(printable);
  const sent = read?.sentAt ? formatTimestamp(read.sentAt) : null;
  const rows = [
    [labels.at, formatMinute(zone, text.atMs)],
    [labels.received, formatMinute(zone, text.receivedAtMs)],
    [labels.line, text.line],
    [labels.why, whyText(text, language)],
    [labels.sender, printable(sender ?? words.none)],
    ...behind(labels.text, lines),
    ...(sent === null ? [] : [[sentAt, sent]]),
    ...(read?.dcs ? [[coding, `${formatHex(Uint8Array.of(read.dcs.octet))} (${read.dcs.alphabet})`]] : []),
    ...behind(raw, (pdu ?? []).map(printable)),
    [labels.expires, formatMinute(zone, text.expiresAtMs)],
    ...(near === null ? [] : behind(labels.near, proposals.length === 0 ? [words.none] : proposals)),
  ];
  await writeLine(shell.stdout, formatTable(['', ''], rows).slice(1).join('\n'));
  if (masked) await writeLine(shell.stderr, `visitlog: ${words.hidden}`);
  else if (pdu === null && text.kind === 'undecodable')
    await writeLine(shell.stderr, `visitlog: ${ownFault}`);
}

/** Lines of which the first has a label. */
function behind(label: string, lines: readonly string[]): string[][] {
  return lines.map((line, at) => [at === 0 ? label : '', line]);
}
