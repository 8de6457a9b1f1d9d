import { escapeMarkup } from './sheet-row.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A part of the package, whole. */
export function part(xml: string): string {
  return declaration + xml;
}

/**
 * [Content_Types].xml. It stands first in the file, where programs identify it, before the number of sheets is known: so
 * the default for `xml` is a sheet.
 */
export const contentTypesXml = [
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">',
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
  `<Default Extension="xml" ContentType="${types}.worksheet+xml"/>`,
  `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>`,
  `<Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/>`,
  `<Override PartName="/xl/sharedStrings.xml" ContentType="${types}.sharedStrings+xml"/>`,
  '</Types>',
].join('');

export const packageRelationshipsXml = relationshipsXml([['officeDocument', 'xl/workbook.xml']]);

export interface Sheet {
  readonly name: string;
  /** Headings and rows: `A4:J1004`. */
  readonly table: string;
  readonly headingRow: number;
}

/** The part of the sheet of that number, from 1. */
export function sheetPath(number: number): string {
  return `xl/worksheets/sheet${number}.xml`;
}

/** xl/workbook.xml. The headings come again on every printed page. */
export function workbookXml(sheets: readonly Sheet[]): string {
  return [
    `<workbook xmlns="${main}" xmlns:r="${relationships}">`,
    '<bookViews><workbookView/></bookViews><sheets>',
    ...sheets.map(
      ({ name }, index) =>
        `<sheet name="${escapeMarkup(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
    ),
    '</sheets><definedNames>',
    ...sheets.map((sheet, index) =>
      definedName('_xlnm._FilterDatabase', index, ' hidden="1"', sheet.name, absolute(sheet.table)),
    ),
    ...sheets.map(({ name, headingRow }, index) =>
      definedName('_xlnm.Print_Titles', index, '', name, `$${headingRow}:$${headingRow}`),
    ),
    '</definedNames></workbook>',
  ].join('');
}

/** xl/_rels/workbook.xml.rels */
export function workbookRelationshipsXml(sheetCount: number): string {
  const sheets = Array.from(
    { length: sheetCount },
    (_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const,
  );
  return relationshipsXml([...sheets, ['styles', 'styles.xml'], ['sharedStrings', 'sharedStrings.xml']]);
}

function relationshipsXml(targets: readonly (readonly [type: string, target: string])[]): string {
  const items = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${relationships}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${packageRelationships}">${items.join('')}</Relationships>`;
}

function definedName(name: string, sheet: number, attributes: string, of: string, range: string): string {
  const quoted = `'${escapeMarkup(of).replaceAll("'", "''")}'`;
  return `<definedName name="${name}" localSheetId="${sheet}"${attributes}>${quoted}!${range}</definedName>`;
}

function absolute(range: string): string {
  return range.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
}
