import { formatMinute } from '../../base/zone.ts';
import type { Covered } from '../../export/covered.ts';
import { csvWriter } from '../../export/csv.ts';
import type { RowWriter } from '../../export/export.ts';
import { jsonlWriter } from '../../export/jsonl.ts';
import type { Column } from '../../export/visit-columns.ts';
import type { Fact } from '../../export/xlsx/sheet-frame.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import { formatNational } from '../../visits/phone-number.ts';
import type { Language } from '../../words/bilingual.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { formatCount } from '../../words/counted.ts';
import type { ActSession } from './act.ts';
import type { OfficerFileFlags } from './officer-file.ts';
import { coverageText, windowText } from './said-window.ts';

/** `substituted`: how many characters it replaced, because the encoding lacks them. */
export type OfficerWriter<Row> = RowWriter<Row> & { readonly substituted?: () => number };

/** The form that an officer asks for. */
type OfficerFormat = Pick<OfficerFileFlags, 'format' | 'encoding'>;

/**
 * What writes rows in the form that was asked for; `facts` stand above the table of a workbook. A workbook's headings
 * are in the language of the reader. Those of csv, which programs read too, are the columns' keys, unless the command
 * line itself says `--lang ko`: the locale changes no file that a program waits for.
 */
export async function officerWriter<Row>(
  columns: readonly Column<Row>[],
  { shell, globals, zone }: ActSession,
  { format, encoding }: OfficerFormat,
  facts: () => readonly Fact[],
): Promise<OfficerWriter<Row>> {
  const spoken = spokenColumns(columns, shell.language);
  switch (format) {
    case 'jsonl':
      return jsonlWriter(columns, zone);
    case 'xlsx': {
      // A workbook needs a zip library, and most files are csv.
      const { workbookWriter } = await import('../../export/xlsx/workbook.ts');
      const madeAtMs = shell.clock.wallMs();
      const { headings } = spoken;
      const { sheet: sheetName } = officerFileWords[shell.language];
      return workbookWriter(spoken.columns, { zone, headings, facts: facts(), sheetName, madeAtMs });
    }
    case 'csv': {
      // Headings and values are in one language.
      if (globals.lang !== 'ko') return csvWriter(columns, { zone, encoding });
      return csvWriter(spoken.columns, { zone, encoding, headings: spoken.headings });
    }
  }
}

/** The columns as people read them, and what stands above them. */
export function spokenColumns<Row>(
  columns: readonly Column<Row>[],
  language: Language,
): { readonly columns: readonly Column<Row>[]; readonly headings: readonly string[] } {
  const words = officerFileWords[language];
  return {
    columns: columns.map((column) => spokenColumn(column, words.values)),
    headings: columns.map(({ key }) => words.headings[key] ?? key),
  };
}

/** The column with its flags and fixed words in the reader's language: only people read a workbook. */
function spokenColumn<Row>(
  column: Column<Row>,
  values: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Column<Row> {
  const { key, kind, width } = column;
  const words = values[kind === 'flag' ? 'flag' : key];
  if (words === undefined || (kind !== 'flag' && kind !== 'text')) return column;
  const value = (row: Row) => {
    const cell = column.value(row);
    return cell === null ? null : (words[String(cell)] ?? String(cell));
  };
  return { key, kind: 'text', width, value };
}

/**
 * The facts above a workbook's table, two in a row: what it is, for whom, why, and until when it may be kept. They are
 * those of the act's row in the audit log. `rows` is called after the last row.
 */
export function officerFacts(
  { shell, zone, config, start }: ActSession,
  covered: Covered,
  rows: () => number,
): readonly Fact[] {
  const { language } = shell;
  const words = officerFileWords[language].facts;
  const { from = 0, to = 0, venues, revealed } = start.scope;
  const window = { fromMs: from, toMs: to };
  const said = { zone, language, nowMs: covered.toMs };
  const minute = (epochMs: number) => formatMinute(zone, epochMs);
  // Nothing in the file lives longer in the register: its last visit is before the end of the window, and before now.
  const destroyByMs = Math.min(to, shell.clock.wallMs()) + config.retention.periodMs;
  return [
    { label: words.case, value: start.case ?? words.none },
    { label: words.purpose, value: start.reason ?? words.none },
    { label: words.requester, value: `${personOf(start.who)} (${start.where.host})` },
    { label: words.window, value: `${windowText(window, said)}, ${config.timeZone}` },
    { label: words.rows, value: () => formatCount(rows()) },
    { label: words.destroyBy, value: minute(destroyByMs) },
    { label: words.visitors, value: revealed ? words.revealed : words.masked },
    { label: words.venues, value: venues?.map(formatNational).join(', ') ?? words.allVenues },
    ...coverageText(window, covered, said).map((value) => ({ label: words.records, value })),
  ];
}
