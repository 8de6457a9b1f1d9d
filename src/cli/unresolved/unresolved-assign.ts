import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import type { Assignment, Records, StoredText } from '../../store/records.ts';
import { isIssuedCodeForm } from '../../visits/issued-code.ts';
import { isPrivateNumber } from '../../visits/numbering-plan.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { stripWebMark } from '../../visits/spelled-digits.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { confirm, requireConfirmable } from '../ask.ts';
import { configured } from '../configured.ts';
import { type ActSession, act, type Purpose, readNothing } from '../officer/act.ts';
import { nearestPlacesOf, nearText, parseIds, textOf } from '../officer/kept-texts.ts';
import { auditedPlaces, type IsRegistered, placeNumber, unknownPlace } from '../officer/places.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { textsLike } from './texts-like.ts';

interface AssignFlags extends Purpose {
  readonly allLike?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export async function assignUnresolved(
  given: Invocation,
  targets: readonly string[],
  flags: AssignFlags,
): Promise<ExitCode> {
  const { dryRun = false, yes = false } = flags;
  const ids = parseIds(targets.slice(0, -1));
  const [like] = flags.allLike === undefined ? [] : parseIds([flags.allLike]);
  if (ids.length === 0 && like === undefined) throw fault('unresolved.targets');
  const many = ids.length > 1 || like !== undefined;
  if (many && !dryRun) requireConfirmable(given.shell, { command: 'unresolved', yes });
  const invocation = await configured(given);
  const venue = placeNumber(targets.at(-1) ?? '', invocation.config.numbering.areaCode);
  const request = {
    command: dryRun ? 'unresolved assign --dry-run' : 'unresolved assign',
    role: dryRun ? 'reader' : 'tool',
    reason: 'always',
    purpose: flags,
    read: readNothing,
    scope: async (isRegistered: IsRegistered) => ({
      revealed: false,
      venues: await auditedPlaces([venue], isRegistered),
    }),
  } as const;
  await act(invocation, request, async (session) => {
    const { register, shell } = session;
    await requirePlace(register, venue);
    const texts = await textsFor(register, ids, like);
    await writeCountToAssign(session, texts, venue);
    await writeNearest(session, texts, venue);
    if (dryRun) return { rows: texts.length, complete: true };
    if (many) await confirm(shell, { command: 'unresolved', word: 'assign', yes });
    const correctedBy = personOf(session.start.who);
    const rows = await register.assign(texts.map((text) => assignmentOf(text, venue, correctedBy)));
    await writeLine(shell.stdout, unresolvedWords[shell.language].assign.done(rows, correctedBy));
    return { rows, complete: true };
  });
  return exitCode.done;
}

/**
 * A text can be assigned to any number that a place can have, but only to a code that was issued, and to a private number
 * only if a place is registered under it.
 */
export async function requirePlace(records: Records, venue: string): Promise<void> {
  const isCode = isIssuedCodeForm(venue);
  if (!isCode && !isPrivateNumber(venue)) return;
  const known = await records.venueOf(venue);
  if (known === null || known.removedAtMs !== null || (isCode && !known.issued)) throw unknownPlace(venue);
}

/** A text of which it is known who sent it. */
type SentText = StoredText & { readonly sender: string };

/** The texts of these ids, and those that say the same as `like`. Error: `unresolved.no-sender`. */
async function textsFor(
  records: Records,
  ids: readonly number[],
  like: number | undefined,
): Promise<SentText[]> {
  const texts: SentText[] = [];
  const add = (text: StoredText) => {
    const { id, sender } = text;
    if (sender === null) throw fault('unresolved.no-sender', { id });
    texts.push({ ...text, sender });
  };
  for (const id of ids) add(await textOf(records, id));
  const alike = like === undefined ? [] : await textsLike(records, like);
  for (const text of alike) if (!ids.includes(text.id)) add(text);
  return texts;
}

async function writeCountToAssign(
  { shell, register }: ActSession,
  texts: readonly StoredText[],
  venue: string,
): Promise<void> {
  const words = unresolvedWords[shell.language].assign;
  const known = await register.venueOf(venue);
  const what = known === null ? words.unregistered : printable(known.name ?? '');
  const title = what === '' ? formatNational(venue) : `${formatNational(venue)} (${what})`;
  await writeLine(shell.stdout, words.found(texts.length, title));
}

/** What else a single text may mean, before it becomes a visit to `venue`. */
async function writeNearest(
  { shell, register, config }: ActSession,
  [text, ...others]: readonly StoredText[],
  venue: string,
): Promise<void> {
  if (text === undefined || others.length > 0) return;
  const places = await nearestPlacesOf(register, config.numbering.areaCode);
  const nearest = places.of(text.text ?? '', text.sender);
  if (nearest.length === 0 || nearest[0]?.venue === venue) return;
  const { near } = unresolvedWords[shell.language].show.labels;
  for (const place of nearest.filter((each) => each.venue !== venue))
    await writeLine(shell.stdout, `  ${near}: ${await nearText(place, register, shell.language)}`);
}

function assignmentOf(text: SentText, venue: string, correctedBy: string): Assignment {
  const { atMs, source, receivedAtMs, line, sender: visitor } = text;
  const { webSent } = stripWebMark(text.text ?? '');
  const when = { atMs, source, receivedAtMs };
  return { text, visit: { visitor, venue, ...when, line, webSent, callback: false, correctedBy } };
}
