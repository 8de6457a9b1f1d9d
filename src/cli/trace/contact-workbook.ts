import type { TraceRow } from '../../export/trace/trace-columns.ts';
import { contactPeople, peopleColumns, routeColumns, routeStops } from '../../export/trace/trace-tables.ts';
import { type Column, rowNumbers } from '../../export/visit-columns.ts';
import type { Fact } from '../../export/xlsx/sheet-facts.ts';
import { type Table, tableOf, tablesWriter } from '../../export/xlsx/tables.ts';
import type { ShownDigits } from '../../visits/phone-number.ts';
import { officerFileWords } from '../../words/commands/officer-file.ts';
import type { ActSession } from '../officer/act.ts';
import type { OfficerWriter } from '../officer/officer-writer.ts';
import { spokenColumns } from '../officer/spoken-csv.ts';

interface WorkbookContents {
  /** Of the meetings. */
  readonly columns: readonly Column<TraceRow>[];
  readonly shown: {
    readonly reveal: boolean;
    readonly digits: ShownDigits | undefined;
    readonly depth: 1 | 2;
  };
  readonly facts: readonly Fact[];
}

/**
 * A trace as a working paper: a sheet with one row for each person to be called, one with every meeting, and one with the
 * cases' route. The facts stand on each, because each is printed by itself.
 */
export function contactWorkbook(
  { shell, zone }: ActSession,
  { columns, shown, facts }: WorkbookContents,
): OfficerWriter<TraceRow> {
  const { language, clock } = shell;
  const { sheets, titles } = officerFileWords[language];
  const tableNamed = <Row>(
    name: keyof typeof sheets,
    of: readonly Column<Row>[],
    rows: Iterable<Row>,
  ): Table<Row> => ({
    sheetName: sheets[name],
    title: titles[name],
    ...spokenColumns(of, language),
    facts,
    rows,
  });
  return tablesWriter<TraceRow>({ zone, madeAtMs: clock.wallMs() }, (rows) => [
    tableOf(tableNamed('people', peopleColumns(shown), contactPeople(rows))),
    tableOf(
      tableNamed(
        'meetings',
        [rowNumbers(), ...columns],
        rows.filter(({ contactNumber }) => contactNumber !== null),
      ),
    ),
    tableOf(tableNamed('route', routeColumns, routeStops(rows))),
  ]);
}
