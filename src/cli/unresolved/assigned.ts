import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable, printableJson } from '../../base/printable.ts';
import { formatMinute } from '../../base/zone.ts';
import { csvWriter } from '../../export/csv.ts';
import type { Column } from '../../export/visit-columns.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import type { AssignedText, Records } from '../../store/records.ts';
import { maskText } from '../../visits/mask-text.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { confirm, requireConfirmable } from '../ask.ts';
import { configured } from '../configured.ts';
import { type ActSession, act, type Purpose, readNothing } from '../officer/act.ts';
import { maskedLine, parseIds } from '../officer/kept-texts.ts';
import type { ListFlags } from '../officer/list-texts.ts';
import { auditedPlaces, type IsRegistered, placeNumber } from '../officer/places.ts';
import { optionalWindow } from '../officer/visit-query.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { requirePlace } from './unresolved-assign.ts';

const always = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };

/** `unresolved list --assigned`: texts that staff made visits of, masked, with the place and who did it. */
export async function listAssigned(given: Invocation, flags: ListFlags): Promise<ExitCode> {
  const invocation = await configured(given);
  const window = await optionalWindow(invocation, flags);
  const format = flags.json ? 'json' : (flags.format ?? 'table');
  const request = {
    command: 'unresolved list --assigned',
    role: 'reader',
    reason: 'always',
    purpose: flags,
    read: readNothing,
    scope: async () => ({ revealed: false }),
  } as const;
  await act(invocation, request, async (session) => {
    const { register, shell, act: open } = session;
    const assigned = await register.assignedTexts(window);
    for (const { text } of assigned) open.row(null, text.atMs);
    open.flush(open.rows);
    if (assigned.length === 0) throw fault('unresolved.nothing-assigned');
    if (format === 'json')
      for (const each of assigned)
        await writeLine(shell.stdout, printableJson(await assignedJson(session, each)));
    else if (format === 'csv') shell.stdout.write(await assignedCsv(session, assigned));
    else await writeAssigned(session, assigned);
    return { rows: assigned.length, complete: true };
  });
  return exitCode.done;
}

interface CsvRow {
  readonly assigned: AssignedText;
  readonly words: string | null;
  readonly name: string | null;
}

const csvColumns: readonly Column<CsvRow>[] = [
  { key: 'id', kind: 'text', width: 8, value: ({ assigned }) => String(assigned.text.id) },
  { key: 'at', kind: 'instant', width: 20, value: ({ assigned }) => assigned.text.atMs },
  { key: 'received_at', kind: 'instant', width: 20, value: ({ assigned }) => assigned.text.receivedAtMs },
  { key: 'line', kind: 'text', width: 10, value: ({ assigned }) => assigned.text.line },
  { key: 'why', kind: 'text', width: 14, value: ({ assigned }) => assigned.text.reason },
  { key: 'text', kind: 'text', width: 40, value: ({ words }) => words },
  { key: 'venue', kind: 'text', width: 16, value: ({ assigned }) => formatNational(assigned.visit.venue) },
  { key: 'venue_name', kind: 'text', width: 24, value: ({ name }) => name },
  {
    key: 'corrected_by',
    kind: 'text',
    width: 16,
    value: ({ assigned }) => assigned.visit.correctedBy ?? null,
  },
  { key: 'expires_at', kind: 'instant', width: 20, value: ({ assigned }) => assigned.text.expiresAtMs },
];

async function assignedCsv(
  { register, shell, zone }: ActSession,
  list: readonly AssignedText[],
): Promise<Uint8Array> {
  const rows = await Promise.all(
    list.map(async (assigned) => ({
      assigned,
      words: wordsOf(assigned, shell),
      name: (await register.venueOf(assigned.visit.venue))?.name ?? null,
    })),
  );
  const writer = csvWriter(csvColumns, { zone });
  return Buffer.concat([writer.begin(), writer.rows(rows), writer.end()]);
}

function wordsOf({ text }: AssignedText, { maskedDigits }: Pick<Shell, 'maskedDigits'>): string | null {
  return text.text === null ? null : maskText(text.text, maskedDigits);
}

async function writeAssigned(session: ActSession, assigned: readonly AssignedText[]): Promise<void> {
  const { register, shell, zone } = session;
  const rows = await Promise.all(
    assigned.map(async ({ text, visit }) => [
      text.id,
      formatMinute(zone, text.atMs),
      text.line,
      maskedLine(text, shell),
      await placeText(register, visit.venue),
      printable(visit.correctedBy ?? ''),
    ]),
  );
  await writeLine(shell.stdout, formatTable(unresolvedWords[shell.language].assigned.heads, rows).join('\n'));
}

async function assignedJson({ register, shell, zone }: ActSession, assigned: AssignedText): Promise<object> {
  const { text, visit } = assigned;
  return {
    id: text.id,
    at: zone.format(text.atMs),
    received_at: zone.format(text.receivedAtMs),
    line: text.line,
    why: text.reason,
    text: wordsOf(assigned, shell),
    venue: formatNational(visit.venue),
    venue_name: (await register.venueOf(visit.venue))?.name ?? null,
    corrected_by: visit.correctedBy ?? null,
    expires_at: zone.format(text.expiresAtMs),
  };
}

async function placeText(register: Records, venue: string): Promise<string> {
  const name = (await register.venueOf(venue))?.name ?? null;
  return name === null ? formatNational(venue) : `${formatNational(venue)} ${printable(name)}`;
}

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
  const all = new Map((await register.assignedTexts(always)).map((each) => [each.text.id, each]));
  return ids.map((id) => {
    const found = all.get(id);
    if (found === undefined) throw fault('unresolved.not-assigned', { id });
    return found;
  });
}
