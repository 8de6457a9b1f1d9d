import type { Command } from 'commander';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { ownFiles } from '../../src/cli/own-files.ts';
import { ownWordsWidth } from '../../src/cli/plain-width.ts';
import { buildWholeProgram } from '../../src/cli/program.ts';
import type { Language } from '../../src/words/bilingual.ts';

const hangul = /\p{sc=Hang}/u;
/** Names that have no Korean, and a form of Korean offices that has no English. */
const foreign = /개인정보파일 파기 관리대장|방문 기록부\(문자\)/g;

describe('the help of every command', async () => {
  const korean = await commandsIn('ko');
  const english = await commandsIn('en');

  it.each(korean)('the Korean help of $name is completely Korean', ({ name, command, help }) => {
    expect(command.description()).toMatch(hangul);
    for (const option of command.options)
      expect(`${name} ${option.flags}: ${option.description}`).toMatch(hangul);
    for (const argument of command.registeredArguments)
      expect(`${name} ${argument.name()}: ${argument.description}`).toMatch(hangul);
    expect(help).toMatch(/^사용법: visitlog/);
    expect(help).not.toMatch(/\[options\]|\[command\]|Examples?:/);
    expect(help).toMatch(/^예:\n {2}\S/m);
  });

  it.each([...korean, ...english])(
    'the help of $name is as wide at a terminal as it is laid out for',
    ({ help }) => {
      for (const line of help.split('\n'))
        expect([line, ownWordsWidth(line)]).toEqual([line, stringWidth(line)]);
    },
  );

  it.each(english)('the English help of $name is completely English', ({ help }) => {
    expect(help.replace(/\s+/g, ' ').replace(foreign, '')).not.toMatch(hangul);
    expect(help).toMatch(/^Examples?:\n {2}\S/m);
  });

  it('help has the same commands and options in both languages', () => {
    const shape = (some: readonly HelpOf[]) =>
      some.map(({ name, command }) => [name, command.options.map(({ flags }) => flags)]);
    expect(shape(korean)).toEqual(shape(english));
  });
});

interface HelpOf {
  readonly name: string;
  readonly command: Command;
  readonly help: string;
}

async function commandsIn(language: Language): Promise<HelpOf[]> {
  const { stdin, stdout, stderr } = process;
  const signal = new AbortController().signal;
  const shell = {
    stdin,
    stdout,
    stderr,
    env: {},
    files: ownFiles(() => process.stdin),
    clock: systemClock,
    language,
    signal,
    onHangup: () => () => {},
  };
  const program = await buildWholeProgram(shell);
  return [program, ...below(program)].map((command) => ({
    name: nameOf(command),
    command,
    help: helpOf(command),
  }));
}

function below(command: Command): Command[] {
  return command.commands.flatMap((each) => [each, ...below(each)]);
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

/** The help with what stands behind it. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}
