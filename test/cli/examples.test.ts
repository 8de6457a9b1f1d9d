import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { buildWholeProgram } from '../../src/cli/program.ts';
import type { Language } from '../../src/cli/words/bilingual.ts';

const languages = ['en', 'ko'] as const;

describe('every example in the help', async () => {
  const found = await Promise.all(
    languages.map(async (language) => examplesIn(await program(language), language)),
  );

  it.each(found.flat())('is a command line that visitlog takes: $line', async ({ args, language }) => {
    const whole = await program(language);
    quiet(whole);
    await expect(whole.parseAsync(['node', 'visitlog', ...args])).resolves.toBeDefined();
  });

  it('is there in both languages as often', () => {
    const [english = [], korean = []] = found;
    expect(english.length).toBeGreaterThan(40);
    expect(korean.map(({ args }) => args[0])).toEqual(english.map(({ args }) => args[0]));
  });
});

function program(language: Language): Promise<Command> {
  const { stdin, stdout, stderr } = process;
  const signal = new AbortController().signal;
  return buildWholeProgram({ stdin, stdout, stderr, env: {}, clock: systemClock, language, signal });
}

/** Whoever parses wrongly throws instead of ending the process. */
function quiet(command: Command): void {
  command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {}, outputError: () => {} });
  for (const each of command.commands) quiet(each);
}

interface Example {
  readonly line: string;
  readonly args: readonly string[];
  readonly language: Language;
}

function examplesIn(command: Command, language: Language): Example[] {
  let help = '';
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  const [, examples = ''] = help.split(/^(?:Examples?|예):$/m);
  const lines = examples
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.startsWith('  '))
    .flatMap((line) => line.split(/\||&&/))
    .map((line) => line.trim().replace(/^sudo /, ''))
    .filter((line) => line.startsWith('visitlog '));
  return [
    ...lines.map((line) => ({ line, args: wordsOf(line).slice(1), language })),
    ...command.commands.flatMap((each) => examplesIn(each, language)),
  ];
}

/** The words of a command line as a shell divides it, without what it redirects. */
function wordsOf(line: string): string[] {
  const words = line.replace(/ [<>].*$/, '').match(/(?:"[^"]*"|'[^']*'|\$\([^)]*\)|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replace(/["']/g, ''));
}
