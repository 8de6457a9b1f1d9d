import { type ExitCode, fault } from '../../base/errors.ts';
import { type DecodedArrival, decodeArrival, messageFrom } from '../../daemon/intake/decode-arrival.ts';
import { decodeSpooled } from '../../daemon/intake/direct-texts.ts';
import { messageOfSet } from '../../daemon/intake/take-listing.ts';
import { contentOf } from '../../sms/content.ts';
import type { SpooledText } from '../../store/intake.ts';
import type { WaitingSet, Window } from '../../store/records.ts';
import type { ActSession } from '../officer/act.ts';
import type { KeptText } from '../officer/kept-texts.ts';
import { type ListFlags, listTexts } from '../officer/list-texts.ts';
import { shownTyped } from '../officer/places.ts';
import { type ShowFlags, showText } from '../officer/show-text.ts';
import type { Invocation } from '../shell.ts';

export function listWaiting(given: Invocation, flags: ListFlags): Promise<ExitCode> {
  return listTexts(given, flags, 'waiting', waitingTexts);
}

export async function showWaiting(given: Invocation, typed: string, flags: ShowFlags): Promise<ExitCode> {
  if (!/^d?\d{1,15}$/.test(typed)) throw fault('waiting.id', { typed: shownTyped(typed) });
  return showText(given, flags, 'waiting', async (session) => {
    const texts = await waitingTexts(session, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
    const found = texts.find(({ id }) => String(id) === typed);
    if (found === undefined) throw fault('waiting.unknown', { id: typed });
    return found;
  });
}

/** Parts, and what lies in the spool, by time. */
async function waitingTexts(
  { register, config, shell }: ActSession,
  window: Window,
): Promise<readonly KeptText[]> {
  const { fromMs, toMs } = window;
  const retentionMs = config.retention.periodMs;
  const sets = (await register.waitingSets(window)).map(keptSet);
  const { texts } = await register.spooled();
  const spooled = texts.map((text) => keptDirect(text, retentionMs));
  // Until the sweep has come by, the spool has what is past its time.
  const isShown = ({ atMs, expiresAtMs }: KeptText) =>
    atMs >= fromMs && atMs < toMs && expiresAtMs > shell.clock.wallMs();
  return [...sets, ...spooled.filter(isShown)].sort((one, other) => one.atMs - other.atMs);
}

function keptSet(set: WaitingSet): KeptText {
  const { message, pdu, stamp } = messageOfSet(set);
  return {
    id: set.id,
    kind: 'part',
    reason: `${set.parts.map(({ seq }) => seq).join(',')}/${set.total}`,
    sender: message.sender.reveal(),
    text: message.text,
    pdu,
    atMs: stamp.atMs,
    receivedAtMs: stamp.receivedAtMs,
    line: set.parts[0]?.line ?? '',
    expiresAtMs: set.expiresAtMs,
  };
}

/** `d` before its number: the spool counts for itself. */
function keptDirect(spooled: SpooledText, retentionMs: number): KeptText {
  const { line, arrival } = decodeSpooled(spooled);
  const decoded = decodeArrival(arrival, retentionMs);
  const { pdu, announcedLength } = arrival;
  const { atMs, receivedAtMs } = decoded.stamp;
  return {
    id: `d${spooled.id}`,
    kind: 'direct',
    reason: decoded.kind,
    ...wordsOf(decoded),
    ...{ pdu, announcedLength, atMs, receivedAtMs, line },
    // Its key is that of the hour in which it came.
    expiresAtMs: receivedAtMs + retentionMs,
  };
}

function wordsOf(decoded: DecodedArrival): Pick<KeptText, 'sender' | 'text'> {
  if (decoded.kind === 'undecodable') return { sender: decoded.sender, text: decoded.text };
  const { sender, text } =
    decoded.kind === 'message' ? decoded.message : messageFrom(decoded.deliver, contentOf(decoded.deliver));
  return { sender: sender.reveal(), text };
}
