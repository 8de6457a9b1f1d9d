import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { ownFiles } from '../../src/cli/own-files.ts';
import { buildWholeProgram, commandTable } from '../../src/cli/program.ts';
import { commandLinesOf, documents, pairs, readDocument, wordsOf } from './documents.ts';

describe('every command line of the documents', () => {
  const shown = documents.flatMap((path) =>
    [...new Set(commandLinesOf(readDocument(path)))].map((line) => ({ path, line })),
  );

  it('the documents show command lines', () => {
    for (const path of documents)
      expect(shown.filter((each) => each.path === path).length, path).toBeGreaterThan(5);
  });

  it.each(shown)(
    'a command line of the documents is one that visitlog takes: $line ($path)',
    async ({ line }) => {
      const program = await quietProgram();
      await expect(program.parseAsync(['node', ...wordsOf(line)])).resolves.toBeDefined();
    },
  );

  it('a command line that visitlog does not take is refused', async () => {
    const program = await quietProgram();
    await expect(program.parseAsync(['node', ...wordsOf('visitlog export --nobody')])).rejects.toThrow();
  });
});

it.each(pairs)('the documents $en and $ko show the same commands with the same options', ({ en, ko }) => {
  expect(spoken(ko)).toEqual(spoken(en));
});

it.each(['README.md', 'README.ko.md'])(
  'the document %s has a row for every command, and no other',
  (path) => {
    const [, table = ''] = readDocument(path).split(/^\| (?:command|명령) \|.*\n.*\n/m);
    const rows = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `([a-z]+)`/gm)].map(([, name]) => name);
    expect(rows.toSorted()).toEqual(Object.keys(commandTable).toSorted());
  },
);

/** Command, options and their kind of value: what is said in quotes is a language's own. */
function spoken(path: string): string[] {
  return commandLinesOf(readDocument(path))
    .map((line) => line.replace(/"[^"]*"/g, '""').replace(/(--search) \S+/, '$1 …'))
    .toSorted();
}

async function quietProgram(): Promise<Command> {
  const { stdin, stdout, stderr } = process;
  const signal = new AbortController().signal;
  const program = await buildWholeProgram({
    ...{ stdin, stdout, stderr, env: {}, clock: systemClock },
    files: ownFiles(() => process.stdin),
    ...{ language: 'en', signal },
  });
  quiet(program);
  return program;
}

/** Whoever parses wrongly throws instead of ending the process. */
function quiet(command: Command): void {
  command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {}, outputError: () => {} });
  for (const each of command.commands) quiet(each);
}
