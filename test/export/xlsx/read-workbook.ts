import { strFromU8, unzipSync } from 'fflate';
import { all, type Element, parseXml } from './parse-xml.ts';

export interface Cell {
  readonly type: string;
  readonly style: number;
  /** As a spreadsheet would hold it: a text for every kind of text, else what stands in `v`. */
  readonly value: string;
}

export interface ReadSheet {
  readonly name: string;
  readonly xml: Element;
  /** `B5` → its cell. */
  readonly cells: ReadonlyMap<string, Cell>;
}

export interface ReadWorkbook {
  readonly parts: Readonly<Record<string, Element>>;
  readonly sheets: readonly ReadSheet[];
}

/** Reads a workbook as a spreadsheet does: from its relationships, every part well formed. */
export function readWorkbook(bytes: Uint8Array): ReadWorkbook {
  const parts = Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([path, part]) => [path, parseXml(strFromU8(part))]),
  );
  const part = (path: string) => {
    const found = parts[path];
    if (found === undefined) throw new Error(`${path} is missing`);
    return found;
  };
  const [office] = all(part('_rels/.rels'), 'Relationship');
  const workbook = part(office?.attributes.Target ?? '');
  const targets = new Map(
    all(part('xl/_rels/workbook.xml.rels'), 'Relationship').map(({ attributes }) => [
      attributes.Id,
      `xl/${attributes.Target}`,
    ]),
  );
  for (const target of targets.values()) part(target);
  const shared = all(part('xl/sharedStrings.xml'), 'si').map(textOf);
  return {
    parts,
    sheets: all(workbook, 'sheet').map(({ attributes }) => {
      const xml = part(targets.get(attributes['r:id']) ?? '');
      return { name: attributes.name ?? '', xml, cells: cellsOf(xml, shared) };
    }),
  };
}

/** ECMA-376 Part 1, 22.9.2.19: `_x000D_` stands for a character. */
function textOf(element: Element): string {
  return all(element, 't')
    .map(({ text }) =>
      text.replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    )
    .join('');
}

function cellsOf(sheet: Element, shared: readonly string[]): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  let lastRow = 0;
  for (const row of all(sheet, 'row')) {
    if (Number(row.attributes.r) <= lastRow) throw new Error(`row ${row.attributes.r} after ${lastRow}`);
    lastRow = Number(row.attributes.r);
    for (const cell of row.children) {
      const { r = '', t = 'n', s = '0' } = cell.attributes;
      if (!new RegExp(`^[A-Z]+${lastRow}$`).test(r)) throw new Error(`cell ${r} in row ${lastRow}`);
      const value = all(cell, 'v')[0]?.text ?? '';
      const text = t === 's' ? shared[Number(value)] : t === 'inlineStr' ? textOf(cell) : value;
      if (text === undefined) throw new Error(`cell ${r}: no shared text ${value}`);
      cells.set(r, { type: t, style: Number(s), value: text });
    }
  }
  return cells;
}
