import { type AppError, type ExitCode, exitCode, WordedError } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { loadConfig } from '../../config/load.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import type { StoredText } from '../../store/register-types.ts';
import { isIssuedCodeForm } from '../../visits/issued-code.ts';
import { planRowOf } from '../../visits/numbering-plan.ts';
import { formatNational, maskNumber } from '../../visits/phone-number.ts';
import { stripWebMark } from '../../visits/spelled-digits.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { confirm, requireConfirmable } from '../ask.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { unknownVenue, venueNumber } from '../venue/venue-register.ts';
import { parseIds, textOf, textsLike, type UnresolvedSession, unresolvedDeed } from './unresolved-session.ts';

interface AssignFlags {
  readonly allLike?: string;
  readonly reason?: string;
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
  if (ids.length === 0 && like === undefined) throw noTargets();
  const many = ids.length > 1 || like !== undefined;
  if (many && !dryRun) requireConfirmable(invocation.shell, { command: 'unresolved', yes });
  const venue = await venueFor(invocation, targets.at(-1) ?? '');
  const deed = {
    command: dryRun ? 'unresolved assign --dry-run' : 'unresolved assign',
    role: dryRun ? 'reader' : 'tool',
    scope: { revealed: false, venues: [await auditedVenue(venue)] },
    reason: flags.reason,
  } as const;
  return unresolvedDeed(invocation, deed, async (session) => {
    await checkCode(session, venue);
    const texts = await textsFor(session, ids, like);
    await writeCountToAssign(session, texts, venue);
    if (dryRun) return { rows: texts.length, complete: true };
    if (many) await confirm(session.shell, { command: 'unresolved', word: 'assign', yes });
    const rows = await assign(session, texts, venue);
    return { rows, complete: true };
  });
}

async function venueFor({ shell, globals }: Invocation, typed: string): Promise<string> {
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  return venueNumber(typed, config.numbering.areaCode);
}

/** What may be a person's number is masked: the audit log outlives the visits. */
async function auditedVenue(venue: string): Promise<string> {
  const kind = planRowOf(venue)?.kind;
  return kind === 'mobile' || kind === 'personal' ? maskNumber(venue) : venue;
}

/** Any number that a place can have is one; a code only when it was given to a place that is registered. */
async function checkCode({ register }: UnresolvedSession, venue: string): Promise<void> {
  if (isIssuedCodeForm(venue) && !register.isIssuedCode(venue)) throw unknownVenue(venue);
}

async function textsFor(
  { register }: UnresolvedSession,
  ids: readonly number[],
  like: number | undefined,
): Promise<readonly StoredText[]> {
  const named = ids.map((id) => textOf(register, id));
  const alike = like === undefined ? [] : textsLike(register, like);
  const texts = [...named, ...alike.filter(({ id }) => !ids.includes(id))];
  const nameless = texts.find(({ sender }) => sender === null);
  if (nameless === undefined) return texts;
  throw new WordedError(
    'unresolved.no-sender',
    `nobody can tell who sent text ${nameless.id}, so it can be no visit`,
    {
      hint: 'Throw it away with `visitlog unresolved discard` if it is of no use.',
      context: { id: nameless.id },
      exit: exitCode.refused,
    },
  );
}

async function writeCountToAssign(
  { shell, register }: UnresolvedSession,
  texts: readonly StoredText[],
  venue: string,
): Promise<void> {
  const words = unresolvedWords[shell.language].assign;
  const known = register.venueOf(venue);
  const what = known === null ? words.unregistered : printable(known.name ?? '');
  const title = what === '' ? formatNational(venue) : `${formatNational(venue)} (${what})`;
  await writeLine(shell.stdout, words.found(texts.length, title));
}

/** The text goes and the visit comes in one transaction; how many texts were still there. */
async function assign(
  { shell, register, start }: UnresolvedSession,
  texts: readonly StoredText[],
  venue: string,
): Promise<number> {
  const correctedBy = personOf(start.who);
  const rows = register.transact((unit) => {
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
  await writeLine(shell.stdout, unresolvedWords[shell.language].assign.done(rows, correctedBy));
  return rows;
}

function noTargets(): AppError {
  return new WordedError('unresolved.targets', 'the ids of texts and the number of a place are wanted', {
    hint: 'Such as 12 031-324-2114, or --all-like 12 031-324-2114.',
    exit: exitCode.usage,
  });
}
