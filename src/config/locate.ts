import type { KeyPath } from './find-faults.ts';

/** A key's place in the file's text; line and columns count from 1, `endColumn` is the first one after it. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** Where each key and each table of a TOML text stands, by `pathName`. */
export type Places = ReadonlyMap<string, Place>;

export const pathName = (path: KeyPath): string => path.map(String).join('\u0000');

interface Node {
  readonly type: string;
  readonly loc: { readonly start: { line: number; column: number }; readonly end: { column: number } };
  readonly key?: Node;
  readonly item?: Node;
  readonly items?: readonly Node[];
  readonly value?: unknown;
}

/**
 * The places of all keys. The library that knows them is loaded here alone, when a fault or `config show` asks:
 * reading a good file needs none of it. A text that it cannot read has no places, and faults then only name the key.
 */
export async function locateKeys(text: string): Promise<Places> {
  const places = new Map<string, Place>();
  try {
    const { parseDocument } = await import('@decimalturn/toml-patch');
    const counts = new Map<string, number>();
    for (const block of parseDocument(text).cst as readonly Node[]) visitBlock(block, places, counts);
  } catch {
    places.clear();
  }
  return places;
}

function visitBlock(block: Node, places: Map<string, Place>, counts: Map<string, number>): void {
  if (block.type === 'KeyValue') visitKeyValue(block, [], places);
  if (block.type !== 'Table' && block.type !== 'TableArray') return;
  const header = block.key?.item;
  const name = header ? keyNames(header) : [];
  const path = block.type === 'TableArray' ? nextElement(name, counts) : lastElement(name, counts);
  if (block.key) remember(places, path, block.key);
  for (const row of block.items ?? []) if (row.type === 'KeyValue') visitKeyValue(row, path, places);
}

function visitKeyValue(row: Node, table: KeyPath, places: Map<string, Place>): void {
  if (!row.key) return;
  const path = [...table, ...keyNames(row.key)];
  remember(places, path, row.key);
  visitValue(row.value as Node, path, places);
}

function visitValue(value: Node, path: KeyPath, places: Map<string, Place>): void {
  if (value.type === 'InlineTable') {
    for (const entry of value.items ?? []) if (entry.item) visitKeyValue(entry.item, path, places);
  }
  if (value.type === 'InlineArray') {
    for (const [index, entry] of (value.items ?? []).entries()) {
      if (!entry.item) continue;
      remember(places, [...path, index], entry.item);
      visitValue(entry.item, [...path, index], places);
    }
  }
}

/** `[[line]]` opens the next element; the places of the ones before keep their numbers. */
function nextElement(name: readonly string[], counts: Map<string, number>): KeyPath {
  const count = counts.get(pathName(name)) ?? 0;
  counts.set(pathName(name), count + 1);
  return [...name, count];
}

/** `[line.x]` after `[[line]]` belongs to the element that was opened last. */
function lastElement(name: readonly string[], counts: Map<string, number>): KeyPath {
  return name.flatMap((part, index) => {
    const count = counts.get(pathName(name.slice(0, index + 1)));
    return count === undefined ? [part] : [part, count - 1];
  });
}

const keyNames = (key: Node): readonly string[] => (Array.isArray(key.value) ? key.value : []);

function remember(places: Map<string, Place>, path: KeyPath, node: Node): void {
  const { start, end } = node.loc;
  const name = pathName(path);
  if (!places.has(name))
    places.set(name, { line: start.line, column: start.column + 1, endColumn: end.column + 1 });
}
