import type { KeyPath } from './find-faults.ts';

/** Where a key stands in the file's text; line and columns count from 1, `endColumn` is the first one after it. */
export interface KeyPosition {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** The position of each key and each table of a TOML text, by `pathName`. */
export type KeyPositions = ReadonlyMap<string, KeyPosition>;

export const pathName = (path: KeyPath): string => path.map(String).join('\u0000');

interface Node {
  readonly type: string;
  readonly loc: { readonly start: { line: number; column: number }; readonly end: { column: number } };
  readonly key?: Node;
  readonly item?: Node;
  readonly items?: readonly Node[];
  readonly value?: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'loc' in value;

/**
 * The positions of all keys. Only a fault or `config show` loads the library that knows them; reading a good file needs
 * none of it. A text that it cannot read has no positions, and faults then only name the key.
 */
export async function locateKeys(text: string): Promise<KeyPositions> {
  const positions = new Map<string, KeyPosition>();
  try {
    const { parseDocument } = await import('@decimalturn/toml-patch');
    const counts = new Map<string, number>();
    for (const block of parseDocument(text).cst as readonly Node[]) visitBlock(block, positions, counts);
  } catch {
    positions.clear();
  }
  return positions;
}

function visitBlock(block: Node, positions: Map<string, KeyPosition>, counts: Map<string, number>): void {
  if (block.type === 'KeyValue') visitKeyValue(block, [], positions);
  if (block.type !== 'Table' && block.type !== 'TableArray') return;
  const header = block.key?.item;
  const name = header ? keyNames(header) : [];
  const path = block.type === 'TableArray' ? nextElement(name, counts) : lastElement(name, counts);
  if (block.key) remember(positions, path, block.key);
  for (const row of block.items ?? []) if (row.type === 'KeyValue') visitKeyValue(row, path, positions);
}

function visitKeyValue(row: Node, table: KeyPath, positions: Map<string, KeyPosition>): void {
  if (!row.key) return;
  const path = [...table, ...keyNames(row.key)];
  remember(positions, path, row.key);
  if (isNode(row.value)) visitValue(row.value, path, positions);
}

function visitValue(value: Node, path: KeyPath, positions: Map<string, KeyPosition>): void {
  if (value.type === 'InlineTable') {
    for (const entry of value.items ?? []) if (entry.item) visitKeyValue(entry.item, path, positions);
  }
  if (value.type === 'InlineArray') {
    for (const [index, entry] of (value.items ?? []).entries()) {
      if (!entry.item) continue;
      remember(positions, [...path, index], entry.item);
      visitValue(entry.item, [...path, index], positions);
    }
  }
}

/** `[[line]]` opens the next element; the positions of the ones before keep their numbers. */
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

function remember(positions: Map<string, KeyPosition>, path: KeyPath, node: Node): void {
  const { start, end } = node.loc;
  const name = pathName(path);
  if (!positions.has(name))
    positions.set(name, { line: start.line, column: start.column + 1, endColumn: end.column + 1 });
}
