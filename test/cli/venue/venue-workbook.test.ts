import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { commandBench } from '../command-bench.ts';

/** Written by openpyxl (shared strings) and, from that, by LibreOffice: a hidden sheet, one without a list, two lists. */
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'workbooks', name));

function bench() {
  const made = commandBench();
  made.temp.open().close();
  const file = (name: string, content: Uint8Array) => {
    const path = join(made.temp.dataDir, name);
    writeFileSync(path, content);
    return path;
  };
  const names = async () => {
    const register = made.temp.open({ role: 'reader' });
    const all = (await register.venues()).map(({ number, name, address }) => [number, name, address]);
    register.close();
    return all;
  };
  return { ...made, file, names };
}

/** The workbook of openpyxl with other content in some of its parts. */
function changed(change: (parts: Record<string, Uint8Array>) => void): Uint8Array {
  const parts = unzipSync(fixture('openpyxl.xlsx'));
  change(parts);
  return zipSync(parts);
}

/** The workbook of openpyxl, whose directory states another size of a part (APPNOTE 4.3.12). */
function stating(name: string, size: number): Uint8Array {
  const zip = Buffer.from(fixture('openpyxl.xlsx'));
  const directory = zip.lastIndexOf(name) - 46;
  expect(zip.readUInt32LE(directory)).toBe(0x02014b50);
  zip.writeUInt32LE(size, directory + 24);
  return zip;
}

describe('venue import of a workbook', () => {
  it.each(['openpyxl.xlsx', 'libreoffice.xlsx'])(
    'venue import reads the first shown sheet of %s that has numbers, as the sheet shows its cells',
    async (name) => {
      const made = bench();
      const rejects = join(made.folder, 'doubtful.csv');
      const path = made.file('list.csv', fixture(name));
      const { code, stdout } = await made.run(['venue', 'import', path, '--rejects', rejects]);
      expect(code).toBe(0);
      expect(stdout).toContain('9 rows read of the sheet "음식점"');
      expect(stdout).toContain('sheets that were not read: 코드, 안내, 숙박');
      expect(stdout).toContain('closed');
      expect(stdout).toContain('폐업 1');
      expect(stdout).toMatch(/leading zeros.*: 1\b/);
      expect(await made.names()).toEqual([
        ['0313242114', '용인시청 & 카페', '중부대로 1199'],
        ['0313242115', '수지 "면옥"', '수지로 1'],
        ['0313242116', '채움 식당', '수지로 2'],
        ['0313242119', '줄 바꾼 이름', '수지로 8'],
      ]);
      const doubtful = readFileSync(rejects, 'utf8');
      expect(doubtful).toMatch(/shortened the number.*,6,4,줄인 번호,3\.13E\+8/);
      expect(doubtful).toMatch(/shortened the number.*,7,5,줄인 글자,3\.13E\+08/);
      expect(doubtful).toMatch(/,9,7,날짜가 된 번호,2026-03-12/);
      expect(doubtful).toContain('전화 없는 곳');
    },
  );

  it('a list out of a workbook is tried, undone, and imported again from what was doubtful', async () => {
    const made = bench();
    const path = made.file('list.xlsx', fixture('openpyxl.xlsx'));
    const dry = await made.run(['venue', 'import', path, '--dry-run', '--json']);
    expect(JSON.parse(dry.stdout)).toMatchObject({ sheet: '음식점', encoding: null, added: 4 });
    expect(await made.names()).toEqual([]);
    await made.run(['venue', 'import', path]);
    expect((await made.run(['venue', 'import', '--undo', '--yes'])).code).toBe(0);
    expect(await made.names()).toEqual([]);
  });

  it.each<[what: string, content: () => Uint8Array, id: string, says: string]>([
    ['an old workbook', () => fixture('libreoffice.xls'), 'venue.not-a-list', 'old kind (xls)'],
    [
      'a workbook with a password',
      () =>
        Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'venue.not-a-list',
      'with a password',
    ],
    [
      'a document of Hangul',
      () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('HWP Document File V5')]),
      'venue.not-a-list',
      '(hwp)',
    ],
    ['a web page', () => Buffer.from('\uFEFF<html><table><tr><td>전화'), 'venue.not-a-list', 'a web page'],
    ['an archive', () => zipSync({ 'a.txt': strToU8('a') }), 'venue.not-a-list', 'an archive'],
    ['half a workbook', () => fixture('openpyxl.xlsx').subarray(0, 4_000), 'venue.workbook', 'damaged'],
    [
      'a sheet that is cut off',
      () =>
        changed((parts) => {
          const sheet = parts['xl/worksheets/sheet3.xml'] ?? new Uint8Array();
          parts['xl/worksheets/sheet3.xml'] = sheet.subarray(0, sheet.length - 200);
        }),
      'venue.workbook',
      'cut off',
    ],
    [
      'a workbook that unpacks to more than memory should hold',
      () => stating('xl/styles.xml', 300 * 1_048_576),
      'venue.workbook',
      'more than 256 MiB',
    ],
    [
      'a workbook of hidden sheets',
      () =>
        changed((parts) => {
          const book = Buffer.from(parts['xl/workbook.xml'] ?? []).toString('utf8');
          const hidden = book.replace(/state="visible"/g, 'state="hidden"');
          parts['xl/workbook.xml'] = Buffer.from(hidden);
        }),
      'venue.workbook',
      'no sheet that is shown',
    ],
  ])('venue import refuses %s in one line', async (_, content, id, says) => {
    const made = bench();
    const ran = await made.run(['venue', 'import', made.file('a.xlsx', content())]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`[${id}]`);
    expect(ran.stderr).toContain(says);
    expect(await made.names()).toEqual([]);
  });
});
