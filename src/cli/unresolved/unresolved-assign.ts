import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import type { Register, StoredText } from '../../store/register-types.ts';
import { isIssuedCodeForm } from '../../visits/issued-code.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { stripWebMark } from '../../visits/spelled-digits.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { confirm, requireConfirmable } from '../ask.ts';
import { configured } from '../configured.ts';
import { type ActSession, act, type Purpose, readNothing } from '../officer/act.ts';
import { auditedPlaces, type IsRegistered, placeNumber, unknownPlace } from '../officer/places.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { parseIds, textOf, textsLike } from './unresolved-text.ts';

interface AssignFlags extends Purpose {
  readonly allLike?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export async function assignUnresolved(
  invocation: Invocation,
  targets: readonly string[],
  flags: AssignFlags,
): Promise<ExitCode> {
  const { dryRun = false, yes = false } = flags;
  const ids = parseIds(targets.slice(0, -1));
  const [like] = flags.allLike === undefined ? [] : parseIds([flags.allLike]);
  if (ids.length === 0 && like === undefined) throw fault('unresolved.targets');
  const many = ids.length > 1 || like !== undefined;
  if (many && !dryRun) requireConfirmable(invocation.shell, { command: 'unresolved', yes });
  const office = await configured(invocation);
  const venue = placeNumber(targets.at(-1) ?? '', office.config.numbering.areaCode);
  const request = {
    command: dryRun ? 'unresolved assign --dry-run' : 'unresolved assign',
    role: dryRun ? 'reader' : 'tool',
    reason: 'always',
    reveals: false,
    purpose: flags,
    read: readNothing,
    scope: async (isRegistered: IsRegistered) => ({
      revealed: false,
      venues: await auditedPlaces([venue], isRegistered),
    }),
  } as const;
  await act(office, request, async (session) => {
    const { register, shell } = session;
    requireIssued(register, venue);
    const texts = textsFor(register, ids, like);
    await writeCountToAssign(session, texts, venue);
    if (dryRun) return { rows: texts.length, complete: true };
    if (many) await confirm(shell, { command: 'unresolved', word: 'assign', yes });
    const correctedBy = personOf(session.start.who);
    const rows = assign(register, texts, venue, correctedBy);
    await writeLine(shell.stdout, unresolvedWords[shell.language].assign.done(rows, correctedBy));
    return { rows, complete: true };
  });
  return exitCode.done;
}

/** A text can be assigned to any number that a place can have, but only to a code that was issued. */
function requireIssued(register: Register, venue: string): void {
  if (isIssuedCodeForm(venue) && !register.isIssuedCode(venue)) throw unknownPlace(venue);
}

/** The texts of these ids, and those that say the same as `like`. Error: `unresolved.no-sender`. */
function textsFor(register: Register, ids: readonly number[], like: number | undefined): StoredText[] {
  const named = ids.map((id) => textOf(register, id));
  const alike = like === undefined ? [] : textsLike(register, like);
  const texts = [...named, ...alike.filter(({ id }) => !ids.includes(id))];
  const nameless = texts.find(({ sender }) => sender === null);
  if (nameless !== undefined) throw fault('unresolved.no-sender', { id: nameless.id });
  return texts;
}

async function writeCountToAssign(
  { shell, register }: ActSession,
  texts: readonly StoredText[],
  venue: string,
): Promise<void> {
  const words = unresolvedWords[shell.language].assign;
  const known = register.venueOf(venue);
  const what = known === null ? words.unregistered : printable(known.name ?? '');
  const title = what === '' ? formatNational(venue) : `${formatNational(venue)} (${what})`;
  await writeLine(shell.stdout, words.found(texts.length, title));
}

/** Turns texts into visits in one transaction; returns how many of them were still there. */
function assign(
  register: Register,
  texts: readonly StoredText[],
  venue: string,
  correctedBy: string,
): number {
  return register.transact((unit) => {
    let assigned = 0;
    for (const text of texts) {
      if (text.sender === null || !unit.removeText(text)) continue;
      const { atMs, source, receivedAtMs, line, sender: visitor } = text;
      const { webSent } = stripWebMark(text.text ?? '');
      const when = { atMs, source, receivedAtMs };
      unit.addVisit({ visitor, venue, ...when, line, webSent, callback: false, correctedBy });
      assigned += 1;
    }
    return assigned;
  });
}
