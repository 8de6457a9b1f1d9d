import { describe, expect, it } from 'vitest';
import { openZone } from '../../../src/base/zone.ts';
import { type Column, visitColumns } from '../../../src/export/visit-columns.ts';
import { type WorkbookOptions, workbookWriter } from '../../../src/export/xlsx/workbook.ts';
import { visit, visitedAtMs } from '../rows.ts';
import { all } from './parse-xml.ts';
import { type ReadWorkbook, readWorkbook } from './read-workbook.ts';

const columns = visitColumns({ reveal: true });

async function write<Row>(
  rows: readonly Row[],
  of: readonly Column<Row>[],
  changes: Partial<WorkbookOptions> = {},
): Promise<ReadWorkbook> {
  const writer = workbookWriter(of, {
    zone: openZone('Asia/Seoul'),
    headings: of.map(({ key }) => key),
    title: '방문자 명단',
    facts: [
      { label: '사례', value: '2026-118' },
      { label: '목적', value: '=역학 조사 <급>' },
      { label: '행 수', value: () => `${rows.length}행` },
    ],
    sheetName: '방문',
    madeAtMs: visitedAtMs,
    ...changes,
  });
  const chunks = [await writer.begin()];
  for (let at = 0; at < rows.length; at += 7) chunks.push(await writer.rows(rows.slice(at, at + 7)));
  return readWorkbook(Buffer.concat([...chunks, await writer.end()]));
}

/** One visit to a venue of that name; what its cell holds. */
async function nameAsWritten(venueName: string) {
  const { sheets } = await write([visit({ venueName })], columns);
  return sheets[0]?.cells.get('D5');
}

describe('a workbook', () => {
  it('a workbook has facts above the headings, the headings, and a row for each visit', async () => {
    const { sheets } = await write([visit(), visit({ visitor: '+8613800000000' })], columns);
    const [sheet] = sheets;
    const value = (at: string) => sheet?.cells.get(at)?.value;
    expect(sheets.map(({ name }) => name)).toEqual(['방문']);
    expect(['A1', 'A2', 'B2', 'F2', 'G2'].map(value)).toEqual([
      '방문자 명단',
      ...['사례', '2026-118', '목적', '=역학 조사 <급>'],
    ]);
    expect(['A3', 'B3', 'F3'].map(value)).toEqual(['행 수', '2행', undefined]);
    expect([...'ABCDEFGHIJK'].map((name) => value(`${name}4`))).toEqual(columns.map(({ key }) => key));
    expect(['B5', 'C5', 'D5', 'G5', 'H5', 'I5'].map(value)).toEqual([
      '010-5550-0123',
      '031-324-2114',
      '용인시청',
      'line1',
      'network',
      '0',
    ]);
    expect(value('B6')).toBe('+8613800000000');
    expect(value('A7')).toBeUndefined();
  });

  it('the facts stand in cells that are one, as wide as they need, and a long one has its own row, high enough', async () => {
    const long = '031-324-2114, '.repeat(40);
    const facts = [
      { label: '장소', value: long, long: true as const },
      { label: '목적', value: '역학 조사' },
    ];
    const { sheets } = await write([visit()], columns, { facts });
    const [sheet] = sheets;
    const merged = sheet && all(sheet.xml, 'mergeCell').map(({ attributes }) => attributes.ref);
    expect(merged).toEqual(['B2:K2', 'B3:E3']);
    const [, row] = sheet ? all(sheet.xml, 'row') : [];
    expect(Number(row?.attributes.ht)).toBe(4 * 15);
  });

  it('a fact beside another one has room for its value, or stands alone', async () => {
    const facts = ['기간', '목적'].map((label) => ({ label, value: label }));
    const rowsOf = async (...widths: number[]) => {
      const of = widths.map(
        (width, at) => ({ key: String(at), kind: 'text', width, value: () => null }) as const,
      );
      const { sheets } = await write([visit()], of, { facts });
      return [...(sheets[0]?.cells ?? [])]
        .filter(([, { value }]) => /기간|목적/.test(value))
        .map(([at]) => at);
    };
    // What is widest stands in the middle, and the last column is narrow.
    expect(await rowsOf(6, 9, 22, 30, 50, 20, 9)).toEqual(['A2', 'D2', 'E2', 'F2']);
    expect(await rowsOf(20, 30, 9)).toEqual(['A2', 'B2', 'A3', 'B3']);
    expect(await rowsOf(17)).toEqual(['A2', 'A3']);
  });

  it('a row of headings that go on below is high enough', async () => {
    const { sheets } = await write([visit()], columns, { headings: columns.map(() => '최소 시간차(분)') });
    const row = sheets[0] && all(sheets[0].xml, 'row').find(({ attributes }) => attributes.r === '4');
    expect(Number(row?.attributes.ht)).toBe(2 * 15);
  });

  it('a workbook has times as dates of the zone, to the second', async () => {
    const { sheets, parts } = await write([visit()], columns);
    const cell = sheets[0]?.cells.get('A5');
    expect(cell?.type).toBe('n');
    // 2026-11-23 is day 46349 of the 1900 date system.
    expect(Number(cell?.value)).toBeCloseTo(46_349 + (14 * 3_600 + 5 * 60 + 9) / 86_400, 9);
    const styles = parts['xl/styles.xml'];
    const formats = styles ? all(styles, 'cellXfs')[0]?.children : undefined;
    expect(formats?.[cell?.style ?? 0]?.attributes.numFmtId).toBe('164');
    expect(styles && all(styles, 'numFmt')[0]?.attributes.formatCode).toBe('yyyy\\-mm\\-dd\\ hh:mm:ss');
  });

  it('a workbook has telephone numbers and codes as text, with their zeros', async () => {
    const { sheets } = await write([visit({ venue: '234567' })], columns);
    expect(sheets[0]?.cells.get('B5')).toMatchObject({ type: 'inlineStr', value: '010-5550-0123' });
    expect(sheets[0]?.cells.get('C5')).toMatchObject({ type: 'inlineStr', value: '234567' });
  });

  it.each([
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://127.0.0.1/","용인")',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '＝1+1',
    '<f>1+1</f>',
  ])('a workbook holds %j as text, not as a formula', async (name) => {
    const { sheets, parts } = await write([visit({ venueName: name })], columns);
    const cell = sheets[0]?.cells.get('D5');
    expect(['s', 'inlineStr']).toContain(cell?.type);
    expect(cell?.value).toBe(name);
    expect(sheets[0] && all(sheets[0].xml, 'f')).toEqual([]);
    // Format @ (49): it stays text when the cell is edited.
    const formats = parts['xl/styles.xml'] && all(parts['xl/styles.xml'], 'cellXfs')[0]?.children;
    expect(formats?.[cell?.style ?? 0]?.attributes.numFmtId).toBe('49');
  });

  it.each([
    ['markup', '<본관> & "별관"', '<본관> & "별관"'],
    ['white space', '  가  나\n다 ', '  가  나\n다 '],
    ['a carriage return', '가\r\n나', '가\r\n나'],
    ['what looks like an escape', '_x0041_ _x000D_', '_x0041_ _x000D_'],
    ['control characters', 'a\0b\x1bc', 'a\uFFFDb\uFFFDc'],
    ['half a character', 'a\uD83Cb', 'a\uFFFDb'],
    ['no character', 'a\uFFFEb', 'a\uFFFDb'],
    ['an emoji', '카페 ☕🍰', '카페 ☕🍰'],
    ['the end of a CDATA section', ']]>', ']]>'],
  ])('a workbook keeps %s', async (_what, name, expected) => {
    expect((await nameAsWritten(name))?.value).toBe(expected);
  });

  it('a workbook cuts a text that is too long for a cell, and not within a character', async () => {
    expect((await nameAsWritten('가'.repeat(32_767)))?.value).toBe('가'.repeat(32_767));
    expect((await nameAsWritten('가'.repeat(32_768)))?.value).toBe(`${'가'.repeat(32_766)}…`);
    expect((await nameAsWritten(`${'가'.repeat(32_765)}🍰🍰`))?.value).toBe(`${'가'.repeat(32_765)}…`);
  });

  it('a workbook leaves out cells without a value, and writes added columns by their kind', async () => {
    const some: readonly Column<{ n: number | null }>[] = [
      { key: 'n', kind: 'number', width: 8, value: ({ n }) => n },
      { key: 'flag', kind: 'flag', width: 8, value: ({ n }) => (n === null ? null : n > 0) },
      { key: 'text', kind: 'text', width: 8, value: ({ n }) => (n === null ? '' : null) },
    ];
    const { sheets } = await write([{ n: -2.5 }, { n: null }, { n: 3 }], some);
    const cells = sheets[0]?.cells;
    expect([cells?.get('A6'), cells?.get('B6')]).toMatchObject([
      { type: 'n', value: '-2.5' },
      { type: 'b', value: '0' },
    ]);
    expect([...(cells?.keys() ?? [])].filter((at) => /[678]$/.test(at))).toEqual(['A6', 'B6', 'A8', 'B8']);
  });

  it('a workbook freezes the headings, filters the table, sets widths and repeats the headings in print', async () => {
    const { sheets, parts } = await write([visit(), visit()], columns);
    const xml = sheets[0]?.xml;
    const only = (name: string) => (xml ? all(xml, name)[0]?.attributes : undefined);
    expect(only('pane')).toMatchObject({ ySplit: '4', topLeftCell: 'A5', state: 'frozen' });
    expect(only('autoFilter')).toEqual({ ref: 'A4:K6' });
    expect(xml && all(xml, 'col').map(({ attributes }) => Number(attributes.width))).toEqual(
      columns.map(({ width }) => width),
    );
    expect(xml?.children.map(({ name }) => name)).toEqual([
      'sheetPr',
      'sheetViews',
      'sheetFormatPr',
      'cols',
      'sheetData',
      'autoFilter',
      'mergeCells',
      'pageMargins',
      'pageSetup',
      'headerFooter',
      'ignoredErrors',
    ]);
    const names = parts['xl/workbook.xml'] && all(parts['xl/workbook.xml'], 'definedName');
    expect(names?.map(({ attributes, text }) => [attributes.name, text])).toEqual([
      ['_xlnm._FilterDatabase', "'방문'!$A$4:$K$6"],
      ['_xlnm.Print_Titles', "'방문'!$4:$4"],
    ]);
  });

  it('a workbook continues on a next sheet if one is full, with facts and headings again', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => visit({ line: `line${index}` }));
    const { sheets } = await write(rows, columns, { rowLimit: 12 });
    expect(sheets.map(({ name }) => name)).toEqual(['방문', '방문 (2)', '방문 (3)']);
    const lines = sheets.map(({ cells }) =>
      [...cells].filter(([at]) => /^G([5-9]|1\d)$/.test(at)).map(([, { value }]) => value),
    );
    expect(lines.map((list) => list.length)).toEqual([8, 8, 4]);
    expect(lines.flat()).toEqual(rows.map(({ line }) => line));
    expect(sheets.map(({ cells }) => [cells.get('B3')?.value, cells.get('J4')?.value])).toEqual(
      Array.from({ length: 3 }, () => ['20행', 'expires_at']),
    );
  });

  it('a workbook begins with its content types, and declares every part', async () => {
    const { parts } = await write([visit()], columns);
    const paths = Object.keys(parts);
    expect(paths[0]).toBe('[Content_Types].xml');
    const types = parts['[Content_Types].xml'];
    const declared = new Set([
      ...(types ? all(types, 'Override').map(({ attributes }) => attributes.PartName?.slice(1)) : []),
    ]);
    expect(paths.filter((path) => !declared.has(path) && !/worksheets|\.rels$|Types/.test(path))).toEqual([]);
  });
});
