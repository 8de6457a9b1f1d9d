import { type ExitCode, exitCode } from '../../base/errors.ts';
import { printable } from '../../base/printable.ts';
import { loadConfig } from '../../config/load.ts';
import { formatNational } from '../../visits/phone-number.ts';
import { configured } from '../configured.ts';
import { readPages } from '../pages.ts';
import { type Invocation, writeLine } from '../shell.ts';
import type { LiveKind } from './command-tree.ts';

/** As many as a terminal has room for. */
const most = 200;

export async function complete(invocation: Invocation, kind: LiveKind, prefix = ''): Promise<ExitCode> {
  // Whatever is wrong (no right to the register, a faulty configuration), a TAB does not report it.
  const found = await sources[kind](invocation, prefix).catch(() => []);
  const lines = found.slice(0, most).map(({ value, about }) => (about ? `${value}\t${about}` : value));
  if (lines.length > 0) await writeLine(invocation.shell.stdout, lines.join('\n'));
  return exitCode.done;
}

interface Proposal {
  readonly value: string;
  readonly about?: string;
}

type Source = (invocation: Invocation, prefix: string) => Promise<readonly Proposal[]>;

const sources: Readonly<Record<LiveKind, Source>> = {
  lines: linesOf,
  venues: venuesOf,
  pages: pagesOf,
  families: familiesOf,
  faults: faultsOf,
};

async function linesOf({ shell, globals }: Invocation, prefix: string): Promise<readonly Proposal[]> {
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  return config.lines
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, number }) => ({ value: name, about: number ?? '' }));
}

/** Numbers and codes, as they are typed: with hyphens, unless what was typed so far has gone on without one. */
async function venuesOf(invocation: Invocation, prefix: string): Promise<readonly Proposal[]> {
  // Lines and pages are completed without the register, which takes longer to load.
  const { withRegister } = await import('../register-of.ts');
  const venues = await withRegister(await configured(invocation), 'reader', async (register) =>
    register.venues(),
  );
  return venues.flatMap(({ number, name }) => {
    const value = [formatNational(number), number].find((form) => form.startsWith(prefix));
    return value === undefined ? [] : [{ value, about: printable(name ?? '') }];
  });
}

async function pagesOf({ shell }: Invocation, prefix: string): Promise<readonly Proposal[]> {
  const pages = readPages(shell.language);
  return startingWith(
    prefix,
    pages.map(({ id }) => id),
  );
}

async function familiesOf(_: Invocation, prefix: string): Promise<readonly Proposal[]> {
  const { families } = await import('../../simulator/families/families.ts');
  return startingWith(prefix, Object.keys(families));
}

async function faultsOf({ shell }: Invocation, prefix: string): Promise<readonly Proposal[]> {
  const { faultCatalogue } = await import('../../simulator/faults/fault-catalogue.ts');
  return Object.entries(faultCatalogue)
    .filter(([slug]) => slug.startsWith(prefix))
    .map(([slug, words]) => ({ value: slug, about: words[shell.language] }));
}

function startingWith(prefix: string, values: readonly string[]): Proposal[] {
  return values.filter((value) => value.startsWith(prefix)).map((value) => ({ value }));
}
