import type { Zone } from '../../base/zone.ts';
import { type CsvEncoding, csvWriter } from '../../export/csv.ts';
import type { TextWriter } from '../../export/export.ts';
import type { Column } from '../../export/visit-columns.ts';
import type { Language } from '../../words/bilingual.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import type { Configured } from '../configured.ts';

export type SpokenCsv<Row> = TextWriter<Row> & { readonly substituted: () => number };

/**
 * csv in one language, headings and values: for programs, which get the columns' keys and never other ones, unless the
 * command line itself says `--lang ko`. The locale changes no file that a program waits for. What is for people has times as
 * a spreadsheet takes them for times.
 */
export function spokenCsv<Row>(
  columns: readonly Column<Row>[],
  { globals, zone }: Pick<Configured, 'globals' | 'zone'>,
  encoding?: CsvEncoding,
): SpokenCsv<Row> {
  const given = encoding === undefined ? {} : { encoding };
  const language = spokenIn({ globals });
  if (language === null) return csvWriter(columns, { zone, ...given });
  const spoken = spokenColumns(columns, language);
  return csvWriter(spoken.columns, { ...given, zone: spokenTimes(zone), headings: spoken.headings });
}

/** The language of a csv file; null for one of programs. */
export function spokenIn({ globals }: Pick<Configured, 'globals'>): Language | null {
  return globals.lang === 'ko' ? globals.lang : null;
}

/** `2026-11-23 14:05:09`, local. */
export function spokenTimes(zone: Zone): Zone {
  return { ...zone, format: (epochMs) => zone.format(epochMs).slice(0, 19).replace('T', ' ') };
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

/** The column with its flags and fixed words in the reader's language. */
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
