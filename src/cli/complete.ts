import { Argument, type Command } from 'commander';
import { type ExitCode, exitCode } from '../base/errors.ts';
import type { LiveKind } from './completion/command-tree.ts';
import { type Invocation, type Runner, writeLine } from './shell.ts';

const kinds = ['lines', 'venues', 'pages'] as const satisfies readonly LiveKind[];

/** What the completion scripts ask at a TAB. Nobody types it, so help does not show it. */
export function defineComplete(program: Command, run: Runner): void {
  program
    .command('complete', { hidden: true })
    .addArgument(new Argument('<kind>').choices(kinds))
    .argument('[prefix]')
    .action(run(async () => complete));
}

/** As many as a terminal has room for. */
const most = 200;

async function complete(invocation: Invocation, kind: LiveKind, prefix = ''): Promise<ExitCode> {
  // Whatever is wrong (no right to the register, a faulty configuration), a TAB is no place to be told.
  const found = await sources[kind](invocation, prefix).catch(() => []);
  const lines = found.slice(0, most).map(({ value, about }) => (about ? `${value}\t${about}` : value));
  if (lines.length > 0) await writeLine(invocation.shell.stdout, lines.join('\n'));
  return exitCode.done;
}

interface Candidate {
  readonly value: string;
  readonly about?: string;
}

type Source = (invocation: Invocation, prefix: string) => Promise<readonly Candidate[]>;

const sources: Readonly<Record<LiveKind, Source>> = { lines: linesOf, venues: venuesOf, pages: pagesOf };

async function linesOf({ shell, globals }: Invocation, prefix: string): Promise<readonly Candidate[]> {
  const { loadConfig } = await import('../config/load.ts');
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  return config.lines
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, number }) => ({ value: name, about: number ?? '' }));
}

/** Numbers and codes, as they are typed: with hyphens, unless what was typed so far has gone on without one. */
async function venuesOf(invocation: Invocation, prefix: string): Promise<readonly Candidate[]> {
  const { configured } = await import('./configured.ts');
  const { withRegister } = await import('./register-of.ts');
  const { formatNational } = await import('../visits/phone-number.ts');
  const { printable } = await import('../base/printable.ts');
  const venues = await withRegister(await configured(invocation), 'reader', async (register) =>
    register.venues(),
  );
  return venues.flatMap(({ number, name }) => {
    const value = [formatNational(number), number].find((form) => form.startsWith(prefix));
    return value === undefined ? [] : [{ value, about: printable(name ?? '') }];
  });
}

async function pagesOf({ shell }: Invocation, prefix: string): Promise<readonly Candidate[]> {
  const { readPages } = await import('./pages.ts');
  return readPages(shell.language)
    .filter(({ id }) => id.startsWith(prefix))
    .map(({ id }) => ({ value: id }));
}
