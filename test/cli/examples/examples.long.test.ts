import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commandTree, everyCommand } from '../../../src/cli/completion/command-tree.ts';
import { ownFiles } from '../../../src/cli/own-files.ts';
import { buildWholeProgram } from '../../../src/cli/program.ts';
import type { Shell } from '../../../src/cli/shell.ts';
import { FakeClock, settle } from '../../support/fake-clock.ts';
import { start } from '../../support/program.ts';
import { type CommandBench, type CommandOptions, commandBench, type Ran } from '../command-bench.ts';
import { callsIn, examplesIn } from './example-lines.ts';
import { scratchBench, type Way, ways } from './example-ways.ts';

const home = process.cwd();

const shell: Shell = {
  stdin: new PassThrough(),
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  env: {},
  files: ownFiles(() => process.stdin),
  clock: new FakeClock(0),
  language: 'en',
  signal: new AbortController().signal,
};

/** Every command that does something: not those that only hold others and have no options, nor `help`. */
const commands = [...everyCommand(commandTree(await buildWholeProgram(shell)))]
  .filter(
    ({ name, path, commands, options }) =>
      name !== 'help' &&
      path !== '' &&
      (commands.length === 0 || options.some(({ names }) => !names.includes('--help'))),
  )
  .map(({ path }) => path.slice(1).replaceAll('/', ' '));

async function examplesOf(command: string, language: string): Promise<string[]> {
  const { stdout } = await commandBench().run([...command.split(' '), '--help', '--lang', language]);
  return examplesIn(stdout);
}

describe('the examples in help', () => {
  it.each(commands)('the examples of %s exist in both languages, and run', async (command) => {
    const [english, korean] = [await examplesOf(command, 'en'), await examplesOf(command, 'ko')];
    expect(english).not.toEqual([]);
    expect(korean).toHaveLength(english.length);
    for (const example of new Set([...english, ...korean])) await tryExample(command, example);
  });

  it('the examples in help are run in the ways of commands that exist', () => {
    expect(Object.keys(ways).filter((command) => !commands.includes(command))).toEqual([]);
  });
});

async function tryExample(command: string, example: string): Promise<void> {
  const way = ways[command] ?? {};
  const bench = await scratchBench();
  const calls = callsIn(movedTo(bench.temp.dataDir, example)).map((words) =>
    words.map((word) => bench.ids.get(word) ?? word),
  );
  expect(
    calls.map((words) => words.join(' ')),
    example,
  ).toContainEqual(expect.stringContaining(command));
  await way.prepare?.(bench);
  for (const words of calls) {
    const isStopped = way.stopped && !words.includes(way.unless ?? '');
    const code = isStopped ? await startAndStop(bench, words) : await runThere(bench, words, way);
    expect([0, ...(way.also ?? [])], `${example}: exit ${code}`).toContain(code);
  }
}

/** Folders of the system that an example names; others in it are below the folder where it is run. */
function movedTo(folder: string, example: string): string {
  return example.replaceAll(/\/etc\/visitlog\/|\/srv\/backup\//g, `${folder}/`);
}

/** In this process, in the scratch folder, on the scratch register's clock. */
async function runThere(bench: CommandBench, words: readonly string[], way: Way): Promise<number> {
  process.chdir(bench.folder);
  try {
    const { code, stderr } = await onItsClock(bench, bench.run(words, optionsOf(words, way)));
    expect(stderr).not.toMatch(/error \[(?:usage|internal)/);
    return code;
  } finally {
    process.chdir(home);
  }
}

/** What waits on the scratch register's clock need not wait. */
async function onItsClock({ temp }: CommandBench, running: Promise<Ran>): Promise<Ran> {
  let ran = false;
  const ended = () => {
    ran = true;
  };
  running.then(ended, ended);
  while (!ran) {
    await settle();
    if (temp.clock.timers > 0) await temp.clock.advance(20);
  }
  return running;
}

function optionsOf(words: readonly string[], { typed }: Way): CommandOptions {
  if (words.includes('--watch')) return untilItPrints();
  if (typed === undefined) return {};
  const lines = [...typed];
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const onStderr = (shown: string) => {
    if (shown.trimEnd().endsWith(':')) setImmediate(() => stdin.write(`${lines.shift() ?? ''}\n`));
  };
  return { stdin, onStderr };
}

function untilItPrints(): CommandOptions {
  const stop = new AbortController();
  const stdout = new Writable({
    write(_chunk, _encoding, done) {
      stop.abort();
      done();
    },
  });
  return { signal: stop.signal, stdout };
}

async function startAndStop(
  { config, temp }: CommandBench,
  words: readonly string[],
): Promise<number | null> {
  const started = start(words, { VISITLOG_CONFIG: config, TMPDIR: temp.dataDir });
  onTestFinished(() => void started.child.kill('SIGKILL'));
  await Promise.race([once(started.child, 'printed'), started.exit]);
  expect(started.child.exitCode, started.stderr()).toBeNull();
  await started.kill('SIGTERM');
  return started.child.exitCode;
}
