import {
  everyCommand,
  sharedOptions,
  type TreeCommand,
  type TreeOption,
  type Value,
} from './command-tree.ts';

/** A line of a shell's `case`: what to match, and the value that is taken there. */
export interface ValueCase {
  /** `/export:--format`, joined by `|` where several take the same. */
  readonly patterns: readonly string[];
  readonly value: Value;
}

/** Every option that takes a value, by command and name, those that take the same together. */
export function optionCases(tree: TreeCommand): ValueCase[] {
  const shared = sharedOptions(tree).map((option): [string, TreeOption] => ['*', option]);
  const own = [...everyCommand(tree)]
    .filter(({ path }) => path !== '')
    .flatMap(({ path, options }) => options.map((option): [string, TreeOption] => [path, option]));
  return grouped(
    [...own, ...shared].flatMap(([path, { names, value }]) =>
      value === null ? [] : names.map((name): [string, Value] => [`${path}:${name}`, value]),
    ),
  );
}

/** Every command that takes arguments. */
export function argumentCases(tree: TreeCommand): ValueCase[] {
  const found: [pattern: string, Value][] = [];
  for (const { path, argument } of everyCommand(tree)) if (argument !== null) found.push([path, argument]);
  return grouped(found);
}

/** The paths of all commands but the program's own. */
export function commandPaths(tree: TreeCommand): string[] {
  return [...everyCommand(tree)].map(({ path }) => path).filter((path) => path !== '');
}

function grouped(found: readonly [pattern: string, Value][]): ValueCase[] {
  const cases = new Map<string, { patterns: string[]; value: Value }>();
  for (const [pattern, value] of found) {
    const key = JSON.stringify(value);
    const entry = cases.get(key) ?? { patterns: [], value };
    entry.patterns.push(pattern);
    cases.set(key, entry);
  }
  return [...cases.values()];
}
