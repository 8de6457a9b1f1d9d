import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { formatMinute } from '../../base/zone.ts';
import { wholeText } from '../../export/export.ts';
import { jsonlWriter } from '../../export/jsonl.ts';
import type { Column } from '../../export/visit-columns.ts';
import type { AssignedText, Records } from '../../store/records.ts';
import { maskText } from '../../visits/mask-text.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { unresolvedWords } from '../../words/commands/unresolved.ts';
import { configured } from '../configured.ts';
import { type ActSession, act, readNothing } from '../officer/act.ts';
import { maskedLine } from '../officer/kept-texts.ts';
import type { ListFlags } from '../officer/list-texts.ts';
import { spokenCsv, spokenIn } from '../officer/spoken-csv.ts';
import { optionalWindow } from '../officer/visit-query.ts';
import { whyColumn } from '../officer/why-no-visit.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';

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
    const assigned = await session.register.assignedTexts(window);
    for (const { text } of assigned) session.act.row(null, text.atMs);
    session.act.flush(session.act.rows);
    if (assigned.length === 0) throw fault('unresolved.nothing-assigned');
    if (format === 'table') await writeTable(session, assigned);
    else await writeRows(session, assigned, format);
    return { rows: assigned.length, complete: true };
  });
  return exitCode.done;
}

interface AssignedRow extends AssignedText {
  /** Masked. */
  readonly words: string | null;
  readonly placeName: string | null;
}

/** Of csv and JSON, in their order. `spoken`: why, in words of a language. */
const columnsIn = (spoken: Language | null): readonly Column<AssignedRow>[] => [
  { key: 'id', kind: 'number', width: 8, value: ({ text }) => text.id },
  { key: 'at', kind: 'instant', width: 20, value: ({ text }) => text.atMs },
  { key: 'received_at', kind: 'instant', width: 20, value: ({ text }) => text.receivedAtMs },
  { key: 'line', kind: 'text', width: 10, value: ({ text }) => text.line },
  whyColumn(spoken),
  { key: 'text', kind: 'text', width: 40, value: ({ words }) => words },
  { key: 'venue', kind: 'text', width: 16, value: ({ visit }) => formatNational(visit.venue) },
  { key: 'venue_name', kind: 'text', width: 24, value: ({ placeName }) => placeName },
  { key: 'corrected_by', kind: 'text', width: 16, value: ({ visit }) => visit.correctedBy ?? null },
  { key: 'expires_at', kind: 'instant', width: 20, value: ({ text }) => text.expiresAtMs },
];

async function writeRows(
  session: ActSession,
  assigned: readonly AssignedText[],
  format: 'csv' | 'json',
): Promise<void> {
  const { register, shell, zone } = session;
  const rows = await Promise.all(
    assigned.map(async (each) => ({
      ...each,
      words: each.text.text === null ? null : maskText(each.text.text, shell.maskedDigits),
      placeName: (await register.venueOf(each.visit.venue))?.name ?? null,
    })),
  );
  const writer =
    format === 'csv' ? spokenCsv(columnsIn(spokenIn(session)), session) : jsonlWriter(columnsIn(null), zone);
  shell.stdout.write(wholeText(writer, rows));
}

async function writeTable(session: ActSession, assigned: readonly AssignedText[]): Promise<void> {
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

/** `031-324-2114 City Hall` */
export async function placeText(register: Records, venue: string): Promise<string> {
  const name = (await register.venueOf(venue))?.name ?? null;
  return name === null ? formatNational(venue) : `${formatNational(venue)} ${printable(name)}`;
}
