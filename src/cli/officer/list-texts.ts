import { collect } from '../../base/batches.ts';
import { type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { formatMinute } from '../../base/zone.ts';
import { wholeText } from '../../export/export.ts';
import type { Column } from '../../export/visit-columns.ts';
import type { Window } from '../../export/window.ts';
import { maskText } from '../../visits/mask-text.ts';
import type { NearestPlaces } from '../../visits/nearest-places.ts';
import type { Language } from '../../words/bilingual.ts';
import { keptTextWords } from '../../words/commands/kept-texts.ts';
import { configured } from '../configured.ts';
import { type Invocation, writeLine } from '../shell.ts';
import { formatTable } from '../text-table.ts';
import { type ActResult, type ActSession, act, type Purpose, readNothing } from './act.ts';
import {
  type KeptText,
  maskedLine,
  type NearJson,
  nearestPlacesOf,
  nearJson,
  nearText,
  type TextCommand,
  textKindsOf,
} from './kept-texts.ts';
import { nearColumns } from './near-columns.ts';
import { rowObject } from './row-object.ts';
import { spokenCsv, spokenIn } from './spoken-csv.ts';
import { optionalWindow, type WindowFlags } from './visit-query.ts';
import { whyColumn, whyText } from './why-no-visit.ts';

export interface ListFlags extends WindowFlags, Purpose {
  readonly format?: 'table' | 'csv' | 'json';
  readonly json?: boolean;
}

/** The texts of a window. */
type ReadTexts = (session: ActSession, window: Window) => Promise<readonly KeptText[]>;

/** `command list`: texts on one line each, masked. Error: `….nothing`. */
export async function listTexts(
  given: Invocation,
  flags: ListFlags,
  command: TextCommand,
  read: ReadTexts = storedTexts(command),
): Promise<ExitCode> {
  const invocation = await configured(given);
  const window = await optionalWindow(invocation, flags);
  const whole = flags.from === undefined && flags.to === undefined;
  const format = flags.json ? 'json' : (flags.format ?? 'table');
  const request = {
    command: `${command} list`,
    role: 'reader',
    reason: 'always',
    purpose: flags,
    read: readNothing,
    scope: async () => ({ revealed: false, ...(whole ? {} : { from: window.fromMs, to: window.toMs }) }),
  } as const;
  await act(invocation, request, async (session) => {
    // Read whole: a reader that pauses must not keep a statement open, and with it the write-ahead log.
    const texts = await read(session, window);
    for (const { atMs } of texts) session.act.row(null, atMs);
    // The audit log knows how many are shown before one is.
    session.act.flush(session.act.rows);
    if (texts.length === 0) throw fault(`${command}.nothing`);
    return writeTexts(session, texts, format, command);
  });
  return exitCode.done;
}

function storedTexts(command: TextCommand): ReadTexts {
  return ({ register }, window) => collect(register.texts({ ...window, kinds: textKindsOf(command) }));
}

async function writeTexts(
  session: ActSession,
  texts: readonly KeptText[],
  format: 'table' | 'csv' | 'json',
  command: TextCommand,
): Promise<ActResult> {
  const { shell, register, config, zone } = session;
  // Only a text without a place has one to be found.
  const near = command === 'unresolved' ? await nearestPlacesOf(register, config.numbering.areaCode) : null;
  if (format === 'table') {
    const { heads, nearest } = keptTextWords[shell.language];
    const rows = await Promise.all(texts.map((text) => rowOf(session, near, text)));
    await writeLine(shell.stdout, formatTable(near === null ? heads : [...heads, nearest], rows).join('\n'));
    return { rows: texts.length, complete: true };
  }
  const rows = await Promise.all(
    texts.map(async (text) => {
      const offers = near === null ? [] : await offersOf(session, near, text);
      return { text, masked: maskedWords(session, text), offers, near: offers[0] ?? null };
    }),
  );
  if (format === 'csv') {
    const columns = columnsIn(spokenIn(session));
    const writer = spokenCsv([...columns, ...(near === null ? [] : nearColumns), expiresAt], session);
    shell.stdout.write(wholeText(writer, rows));
  } else
    for (const row of rows)
      await writeLine(
        shell.stdout,
        printableJson({
          ...rowObject(columnsIn(null), row, zone),
          // Those of the database are numbers.
          id: row.text.id,
          ...(near === null ? {} : { nearest: row.offers }),
          ...rowObject([expiresAt], row, zone),
        }),
      );
  return { rows: texts.length, complete: true };
}

async function offersOf(
  { register }: ActSession,
  near: NearestPlaces,
  { text, sender }: KeptText,
): Promise<NearJson[]> {
  return Promise.all(near.of(text ?? '', sender).map((place) => nearJson(place, register)));
}

function maskedWords({ shell }: ActSession, { text }: KeptText): string | null {
  return text === null ? null : maskText(text, shell.maskedDigits);
}

async function rowOf(
  { register, zone, shell }: ActSession,
  near: NearestPlaces | null,
  text: KeptText,
): Promise<readonly (string | number)[]> {
  const { language } = shell;
  const [first] = near?.of(text.text ?? '', text.sender) ?? [];
  const row = [
    text.id,
    formatMinute(zone, text.atMs),
    text.line,
    whyText(text, language),
    maskedLine(text, shell),
  ];
  if (near === null) return row;
  return [...row, first === undefined ? '' : await nearText(first, register, language)];
}

interface TextRow {
  readonly text: KeptText;
  readonly masked: string | null;
  readonly near: NearJson | null;
}

/** Of csv and JSON; without what is near, and `expires_at`, which is the last. `spoken`: why, in words of a language. */
function columnsIn(spoken: Language | null): readonly Column<TextRow>[] {
  return [
    { key: 'id', kind: 'text', width: 8, value: ({ text }) => String(text.id) },
    { key: 'at', kind: 'instant', width: 20, value: ({ text }) => text.atMs },
    { key: 'received_at', kind: 'instant', width: 20, value: ({ text }) => text.receivedAtMs },
    { key: 'line', kind: 'text', width: 10, value: ({ text }) => text.line },
    { key: 'kind', kind: 'text', width: 12, value: ({ text }) => text.kind },
    whyColumn(spoken),
    { key: 'text', kind: 'text', width: 40, value: ({ masked }) => masked },
  ];
}

const expiresAt: Column<TextRow> = {
  key: 'expires_at',
  kind: 'instant',
  width: 20,
  value: ({ text }) => text.expiresAtMs,
};
