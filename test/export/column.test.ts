import { describe, expect, it } from 'vitest';
import { openZone } from '../../src/base/zone.ts';
import { csvWriter } from '../../src/export/csv.ts';
import type { TextWriter } from '../../src/export/export.ts';
import { jsonlWriter } from '../../src/export/jsonl.ts';
import { type Column, type ExportRow, visitColumns } from '../../src/export/visit-columns.ts';
import { visit, visitedAtMs } from './rows.ts';

const zone = openZone('Asia/Seoul');

interface Meeting extends ExportRow {
  readonly met: number | null;
  readonly minutes: number | null;
  readonly own: boolean | null;
  readonly note: string | null;
}

const columns: readonly Column<Meeting>[] = [
  ...visitColumns({ reveal: true }).slice(0, 2),
  { key: 'met_at', kind: 'instant', width: 20, value: (row) => row.met },
  { key: 'minutes', kind: 'number', width: 8, value: (row) => row.minutes },
  { key: 'own', kind: 'flag', width: 6, value: (row) => row.own },
  { key: 'note', kind: 'text', width: 10, sparse: true, value: (row) => row.note },
];

const meeting: Meeting = { ...visit(), met: visitedAtMs, minutes: -2.5, own: false, note: '=1' };
const empty: Meeting = { ...visit(), met: null, minutes: null, own: null, note: null };

function written<Row>(writer: TextWriter<Row>, rows: readonly Row[]): string[] {
  const bytes = Buffer.concat([writer.begin(), writer.rows(rows), writer.end()]);
  return bytes.toString().split('\n').slice(0, -1);
}

describe('columns that a command adds to those of a visit', () => {
  it('added columns are written to csv by their kind, empty if null', () => {
    expect(written(csvWriter(columns, { zone }), [meeting, empty])).toEqual([
      '\uFEFFvisited_at,visitor,met_at,minutes,own,note\r',
      "2026-11-23T14:05:09+09:00,010-5550-0123,2026-11-23T14:05:09+09:00,-2.5,false,'=1\r",
      '2026-11-23T14:05:09+09:00,010-5550-0123,,,,\r',
    ]);
  });

  it('added columns have the given headings, which are quoted like any text', () => {
    const headings = ['방문 시각', '방문자, 번호', '만남', '분', '본인', '=비고'];
    expect(written(csvWriter(columns, { zone, headings }), [])).toEqual([
      `\uFEFF방문 시각,"방문자, 번호",만남,분,본인,'=비고\r`,
    ]);
  });

  it('added columns are written to jsonl by their kind, null if there is no value, left out if sparse', () => {
    const [full, bare] = written(jsonlWriter(columns, zone), [meeting, empty]);
    expect(full).toBe(
      '{"visited_at":"2026-11-23T14:05:09+09:00","visitor":"010-5550-0123","met_at":"2026-11-23T14:05:09+09:00","minutes":-2.5,"own":false,"note":"=1"}',
    );
    expect(bare).toBe(
      '{"visited_at":"2026-11-23T14:05:09+09:00","visitor":"010-5550-0123","met_at":null,"minutes":null,"own":null}',
    );
  });
});
