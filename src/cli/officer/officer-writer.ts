import { formatMinute } from '../../base/zone.ts';
import type { Covered } from '../../export/covered.ts';
import type { RowWriter } from '../../export/export.ts';
import { jsonlWriter } from '../../export/jsonl.ts';
import { numbersWriter } from '../../export/numbers.ts';
import { type Column, rowNumbers } from '../../export/visit-columns.ts';
import type { Fact } from '../../export/xlsx/sheet-facts.ts';
import { personOf } from '../../store/audit/audit-actor.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import { formatCount } from '../../words/counted.ts';
import type { ActSession } from './act.ts';
import type { OfficerFileFlags } from './officer-file.ts';
import { coverageText, windowText } from './said-window.ts';
import { spokenColumns, spokenCsv, spokenTimes } from './spoken-csv.ts';

/** `substituted`: how many characters it replaced, because the encoding lacks them. */
export type OfficerWriter<Row> = RowWriter<Row> & { readonly substituted?: () => number };

/** The form that an officer asks for. */
type OfficerFormat = Pick<OfficerFileFlags, 'format' | 'encoding'>;

/** A workbook's own: what the table is called, and the facts above it. */
interface SheetOptions {
  readonly title: string;
  readonly facts: () => readonly Fact[];
}

/** What writes rows in the form that was asked for. A workbook's headings are in the language of the reader. */
export async function officerWriter<Row extends { readonly visitor: string }>(
  columns: readonly Column<Row>[],
  session: ActSession,
  { format, encoding }: OfficerFormat,
  { title, facts }: SheetOptions,
): Promise<OfficerWriter<Row>> {
  const { shell, zone } = session;
  switch (format) {
    case 'jsonl':
      return jsonlWriter(columns, zone);
    case 'numbers':
      return numbersWriter();
    case 'xlsx': {
      // A workbook needs a zip library, and most files are csv.
      const { workbookWriter } = await import('../../export/xlsx/workbook.ts');
      const madeAtMs = shell.clock.wallMs();
      const spoken = spokenColumns([rowNumbers<Row>(), ...columns], shell.language);
      const { headings } = spoken;
      const { sheet: sheetName } = officerFileWords[shell.language];
      return workbookWriter(spoken.columns, { zone, headings, title, facts: facts(), sheetName, madeAtMs });
    }
    case 'table': {
      const { textRowsWriter } = await import('./text-rows.ts');
      const { columns: spoken, headings } = spokenColumns(columns, shell.language);
      return textRowsWriter(spoken, { zone: spokenTimes(zone), headings });
    }
    case 'csv':
      return spokenCsv(columns, session, encoding);
  }
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
    { label: words.venues, value: venues?.map(formatNational).join(', ') ?? words.allVenues, long: true },
    ...coverageText(window, covered, said).map((value) => ({
      label: words.records,
      value,
      long: true as const,
    })),
  ];
}
