import type { Argument, Command, Option } from 'commander';

/** What is proposed for a value: words of the script, or what `visitlog complete` finds. */
type ValueKind = 'words' | 'file' | 'folder' | LiveKind | 'none';

/** Found by `visitlog complete`. */
export type LiveKind = 'lines' | 'venues' | 'pages' | 'families' | 'faults';

export interface Value {
  readonly kind: ValueKind;
  readonly words: readonly string[];
}

export interface TreeOption {
  /** `--json`, or a short form before it. */
  readonly names: readonly string[];
  readonly description: string;
  /** Null if it takes no value. */
  readonly value: Value | null;
}

/** A command as a completion script needs it. */
export interface TreeCommand {
  /** `` for the program, `/venue/add`. */
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly options: readonly TreeOption[];
  readonly commands: readonly TreeCommand[];
  /** The same for every argument. */
  readonly argument: Value | null;
}

/** The whole command line, with the values that each option and argument takes. */
export function commandTree(program: Command): TreeCommand {
  const tree = treeOf(program, '');
  const words = tree.commands.map(({ name }) => name).filter((name) => name !== 'help');
  const help: Value = { kind: 'words', words };
  const commands = tree.commands.map((command) =>
    command.name === 'help' ? { ...command, argument: help } : command,
  );
  return { ...tree, commands };
}

function treeOf(command: Command, path: string): TreeCommand {
  const help = command.createHelp();
  const commands = help
    .visibleCommands(command)
    .filter((sub) => path === '' || sub.name() !== 'help')
    .map((sub) => treeOf(sub, `${path}/${sub.name()}`));
  return {
    path,
    name: command.name(),
    description: command.description(),
    options: help.visibleOptions(command).map((option) => ({
      names: [option.short, option.long].filter((name) => name !== undefined && name !== null),
      description: option.description,
      value: option.required || option.optional ? valueOfOption(option, path) : null,
    })),
    commands,
    argument: argumentOf(command, path),
  };
}

/** The program's options, which may stand before or after every command. */
export function sharedOptions(tree: TreeCommand): readonly TreeOption[] {
  return tree.options.filter(({ names }) => !names.includes('--version') && !names.includes('--help'));
}

function valueOfOption(option: Option, path: string): Value {
  const words = option.argChoices ?? [];
  if (words.length > 0) return { kind: 'words', words };
  return { kind: kindOf(option.long ?? '', placeholder(option.flags), path), words };
}

function argumentOf(command: Command, path: string): Value | null {
  const [argument]: readonly Argument[] = command.registeredArguments;
  if (!argument) return null;
  if (argument.argChoices) return { kind: 'words', words: argument.argChoices };
  return { kind: kindOf('', argument.name(), path), words: [] };
}

function placeholder(flags: string): string {
  return /[<[]([\w-]+)/.exec(flags)?.[1] ?? '';
}

function kindOf(option: string, name: string, path: string): ValueKind {
  if (option === '--line' || (path === '/lines/trace' && name === 'name')) return 'lines';
  if (option === '--venue' || (path.startsWith('/venue/') && option === '' && name === 'number'))
    return 'venues';
  if (option === '--family') return 'families';
  if (option === '--fault') return 'faults';
  if (path === '/explain' && name === 'id') return 'pages';
  if (name === 'file' || option === '--config') return 'file';
  return name === 'folder' ? 'folder' : 'none';
}

/** Every command of the tree, the program first. */
export function* everyCommand(tree: TreeCommand): Generator<TreeCommand> {
  yield tree;
  for (const command of tree.commands) yield* everyCommand(command);
}

/** A line of a shell's `case`: the patterns, and the value that they take. */
export interface ValueCase {
  /** `/export:--format`, joined by `|` where several take the same. */
  readonly patterns: readonly string[];
  readonly value: Value;
}

/** Every option that takes a value, grouped by what they take. */
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
