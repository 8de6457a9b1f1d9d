import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { formatMinute } from '../../base/zone.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import type { AssignedText, Records } from '../../store/records.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { confirm, requireConfirmable } from '../ask.ts';
import { configured } from '../configured.ts';
import { type ActSession, act, type Purpose, readNothing } from '../officer/act.ts';
import { parseIds } from '../officer/kept-texts.ts';
import { auditedPlaces, type IsRegistered, placeNumber } from '../officer/places.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { placeText } from './list-assigned.ts';
import { requirePlace } from './unresolved-assign.ts';

interface ChangeFlags extends Purpose {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** `unresolved reassign ID… VENUE`: what was assigned wrongly becomes a visit to another place. */
export async function reassign(
  given: Invocation,
  targets: readonly string[],
  flags: ChangeFlags,
): Promise<ExitCode> {
  if (targets.length < 2) throw fault('unresolved.targets');
  const { config } = await configured(given);
  const venue = placeNumber(targets.at(-1) ?? '', config.numbering.areaCode);
  return change(given, flags, {
    word: 'reassign',
    ids: parseIds(targets.slice(0, -1)),
    venue,
    work: async ({ register, start, shell }, assigned) => {
      const correctedBy = personOf(start.who);
      const rows = await register.reassign(assigned, { venue, correctedBy });
      await writeLine(shell.stdout, unresolvedWords[shell.language].assign.done(rows, correctedBy));
      return rows;
    },
  });
}

/** `unresolved unassign ID…`: what was assigned wrongly becomes a text without a place again. */
export function unassign(given: Invocation, typed: readonly string[], flags: ChangeFlags): Promise<ExitCode> {
  return change(given, flags, {
    word: 'unassign',
    ids: parseIds(typed),
    venue: null,
    work: async ({ register, shell }, assigned) => {
      const ids = await register.unassign(assigned);
      await writeLine(
        shell.stdout,
        unresolvedWords[shell.language].assigned.undone(ids.length, ids.join(', ')),
      );
      return ids.length;
    },
  });
}

interface Change {
  readonly word: 'reassign' | 'unassign';
  readonly ids: readonly number[];
  /** The new place; null for none. */
  readonly venue: string | null;
  readonly work: (session: ActSession, assigned: readonly AssignedText[]) => Promise<number>;
}

/** Both are in the audit log with the places that the visits left and the one that they go to. */
async function change(given: Invocation, flags: ChangeFlags, { word, ids, venue, work }: Change) {
  const { dryRun = false, yes = false } = flags;
  const many = ids.length > 1;
  if (many && !dryRun) requireConfirmable(given.shell, { command: 'unresolved', yes });
  const invocation = await configured(given);
  const request = {
    command: `unresolved ${word}${dryRun ? ' --dry-run' : ''}`,
    role: dryRun ? 'reader' : 'tool',
    reason: 'always',
    purpose: flags,
    read: readNothing,
    scope: async (isRegistered: IsRegistered) => ({
      revealed: false,
      visitor: true,
      visitors: ids.length,
      ...(venue === null ? {} : { venues: await auditedPlaces([venue], isRegistered) }),
    }),
  } as const;
  await act(invocation, request, async (session) => {
    const { register, shell, zone, act: open } = session;
    if (venue !== null) await requirePlace(register, venue);
    const assigned = await assignedOf(register, ids);
    const there = assigned.find(({ visit }) => visit.venue === venue);
    if (there !== undefined) throw fault('unresolved.same-place', { id: there.text.id });
    for (const { text } of assigned) open.row(null, text.atMs);
    open.flush(open.rows);
    const to = venue === null ? null : await placeText(register, venue);
    const words = unresolvedWords[shell.language].assigned;
    for (const { text, visit } of assigned) {
      const from = await placeText(register, visit.venue);
      const when = formatMinute(zone, text.atMs);
      await writeLine(shell.stdout, `${text.id}  ${when}  ${from} -> ${to ?? words.noPlace}`);
    }
    if (dryRun) return { rows: assigned.length, complete: true };
    if (many) await confirm(shell, { command: 'unresolved', word, yes });
    const rows = await work(session, assigned);
    const left = await auditedPlaces(
      [...new Set(assigned.map(({ visit }) => visit.venue))],
      async (number) => (await register.venueOf(number)) !== null,
    );
    return { rows, complete: true, venues: venue === null ? left : [...left, venue] };
  });
  return exitCode.done;
}

/** The assigned texts of these ids, in that order. Error: `unresolved.not-assigned`. */
async function assignedOf(register: Records, ids: readonly number[]): Promise<AssignedText[]> {
  const found = await register.assignedTexts({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, ids });
  return ids.map((id) => {
    const assigned = found.find(({ text }) => text.id === id);
    if (assigned === undefined) throw fault('unresolved.not-assigned', { id });
    return assigned;
  });
}
