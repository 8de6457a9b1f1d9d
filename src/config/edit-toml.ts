import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import { fault } from '../base/errors.ts';
import { isTable } from './config.ts';
import type { KeyPath } from './find-faults.ts';

/** A key and the text, or the list of texts, that it is to have: `['time_zone']`, `['numbering', 'area_code']`, `['line', 1, 'port']`. */
export interface TomlEdit {
  readonly path: KeyPath;
  readonly value: string | readonly string[];
}

type MutableTable = Record<string, unknown>;

/**
 * A TOML text with these keys set. Comments, order and everything else stay; new tables and lines come at the end.
 * Throws `config.not-edited` if only a person can change the way it is written.
 */
export async function editToml(text: string, edits: readonly TomlEdit[]): Promise<string> {
  const before = parse(text);
  const wanted = parse(text);
  for (const edit of edits) put(wanted, edit);
  const atTop = edits.filter(({ path }) => path.length === 1 && !isThere(before, path));
  const inNewTables = edits.filter(({ path }) => path.length > 1 && !isThere(before, path.slice(0, -1)));
  const inPlace = edits.filter((edit) => !atTop.includes(edit) && !inNewTables.includes(edit));
  try {
    const changed = await changeInPlace(text, inPlace);
    const edited = [atTop.map(rowOf).join(''), changed, ...tablesOf(inNewTables)]
      .filter((part) => part !== '')
      .join('\n');
    if (isDeepStrictEqual(plain(parse(edited)), plain(wanted))) return edited;
  } catch (cause) {
    throw fault('config.not-edited', {}, { cause });
  }
  throw fault('config.not-edited');
}

/** Without the prototypes: the two parsers give their tables different ones. */
const plain = (document: MutableTable): unknown => JSON.parse(JSON.stringify(document));

/** The library keeps comments and order, but fails if a new table comes into a file without any. */
async function changeInPlace(text: string, edits: readonly TomlEdit[]): Promise<string> {
  if (edits.length === 0) return text;
  // Loaded on a write only (ARCHITECTURE.md, Libraries).
  const { patch } = await import('@decimalturn/toml-patch');
  const changed = parse(text);
  for (const edit of edits) put(changed, edit);
  return patch(text, changed);
}

function put(document: MutableTable, { path, value }: TomlEdit): void {
  const [table, second, third] = path;
  if (path.length === 1) document[String(table)] = value;
  else if (path.length === 2) {
    document[String(table)] ??= {};
    (document[String(table)] as MutableTable)[String(second)] = value;
  } else {
    document[String(table)] ??= [];
    const elements = document[String(table)] as MutableTable[];
    elements[Number(second)] ??= {};
    (elements[Number(second)] as MutableTable)[String(third)] = value;
  }
}

function isThere(document: MutableTable, path: KeyPath): boolean {
  let found: unknown = document;
  for (const part of path) {
    if (!isTable(found) && !Array.isArray(found)) return false;
    found = (found as MutableTable)[part];
  }
  return found !== undefined;
}

function tablesOf(edits: readonly TomlEdit[]): string[] {
  const rows = new Map<string, string>();
  for (const edit of edits) {
    const [table, index] = edit.path;
    const header = edit.path.length === 3 ? `[[${table}]]\n` : `[${table}]\n`;
    const name = edit.path.length === 3 ? `${table}.${index}` : String(table);
    rows.set(name, (rows.get(name) ?? header) + rowOf(edit));
  }
  return [...rows.values()];
}

const rowOf = ({ path, value }: TomlEdit) => `${path.at(-1)} = ${JSON.stringify(value)}\n`;
