import { basename } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type OptionValues<T extends Options> = ReturnType<typeof parseArgs<{ readonly options: T }>>['values'];

interface Given {
  readonly args?: readonly string[];
  /** The name of the measurement. */
  readonly name?: string;
  /** Prints a line and ends the process. */
  readonly end?: (code: 0 | 2, line: string) => never;
}

/**
 * The options of a measurement; one whose default is a number takes a number above 0. `--help` ends with the usage, a
 * wrong option with exit 2. Options without a default are internal, for the processes that the measurement starts.
 */
export function optionsOf<const T extends Options>(options: T, given: Given = {}): OptionValues<T> {
  const {
    args = process.argv.slice(2),
    name = basename(process.argv[1] ?? '', '.bench.js'),
    end = endWith,
  } = given;
  const usage = usageOf(name, options);
  let values: OptionValues<T>;
  try {
    ({ values } = parseArgs({ args: args.filter((arg) => arg !== '--' && arg !== '--help'), options }));
    checkNumbers(options, values);
  } catch (error) {
    return end(2, `${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  return args.includes('--help') ? end(0, usage) : values;
}

function usageOf(name: string, options: Options): string {
  const shown = Object.entries(options).filter(([, { default: value }]) => value !== undefined);
  const words = shown.map(([key, { default: value }]) =>
    value === false ? `[--${key}]` : `[--${key} ${String(value)}]`,
  );
  return ['usage: npm run bench --', name, ...words].join(' ');
}

const number = /^\d+(?:\.\d+)?$/;

function checkNumbers(options: Options, values: Readonly<Record<string, unknown>>): void {
  for (const [key, { default: value }] of Object.entries(options)) {
    if (typeof value !== 'string' || !number.test(value)) continue;
    const typed = String(values[key]);
    if (!number.test(typed) || Number(typed) === 0)
      throw new RangeError(`Option '--${key}' takes a number above 0, not ${JSON.stringify(typed)}`);
  }
}

function endWith(code: 0 | 2, line: string): never {
  (code === 0 ? process.stdout : process.stderr).write(`${line}\n`);
  process.exit(code);
}

/** How much a benchmark measures. */
interface RunLength {
  /** The value for the quick run or for the whole one. */
  choose<T>(quick: T, whole: T): T;
  /** Missing peers may be fetched from a package registry. */
  readonly mayInstall: boolean;
}

/** `--quick`: less of everything. `--install`: missing peers are installed in a folder of their own. */
export function runLengthOf(args: readonly string[]): RunLength {
  const none = { type: 'boolean', default: false } as const;
  const values = optionsOf({ quick: none, install: none }, { args });
  return {
    choose: (quick, whole) => (values.quick ? quick : whole),
    mayInstall: values.install,
  };
}
