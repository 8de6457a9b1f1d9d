import { Command, CommanderError, Option } from 'commander';
import type { ExitCode } from '../base/errors.ts';
import { version } from '../daemon/version.ts';
import { programWords } from '../words/commands/program.ts';
import { type CommandName, summaries } from '../words/commands/summaries.ts';
import { commandTable, hiddenCommands } from './command-table.ts';
import { helpFormat } from './help-format.ts';
import type { Runner } from './invocation.ts';
import type { GlobalOptions, Shell } from './shell.ts';

export interface ProgramOptions {
  readonly shell: Shell;
  /** What was typed after the program's name. Only the command that it names is loaded. */
  readonly args: readonly string[];
  /** Told of the command's exit code. */
  readonly finish: (code: ExitCode) => void;
}

/** The command line for what was typed. */
export async function buildProgram({ shell, args, finish }: ProgramOptions): Promise<Command> {
  const program = await frame(shell);
  const run: Runner =
    (act) =>
    async (...given) =>
      finish(
        await act(
          { shell, globals: program.opts<GlobalOptions>(), wholeProgram: () => buildWholeProgram(shell) },
          ...given,
        ),
      );
  const wanted = commandOf(args);
  for (const name of Object.keys(commandTable) as CommandName[]) {
    if (name === wanted) (await commandTable[name]())(program, run, shell.language);
    else program.command(name).description(summaries[shell.language][name]);
  }
  if (wanted && Object.hasOwn(hiddenCommands, wanted))
    (await hiddenCommands[wanted]?.())?.(program, run, shell.language);
  return program;
}

/** The whole command line, every command loaded: for what is made of all of it, such as manual pages. */
export async function buildWholeProgram(shell: Shell): Promise<Command> {
  const program = await frame(shell);
  for (const load of Object.values(commandTable))
    (await load())(program, () => async () => {}, shell.language);
  return program;
}

/** Commander throws too where it has shown the help that was asked for, or the version: nothing has failed then. */
export function hasShown(thrown: unknown): boolean {
  return thrown instanceof CommanderError && thrown.exitCode === 0;
}

async function frame(shell: Shell): Promise<Command> {
  const words = programWords[shell.language];
  return new Command('visitlog')
    .description(words.description)
    .version(version(), '-V, --version', words.version)
    .helpOption('-h, --help', words.help)
    .helpCommand('help [command]', words.helpCommand)
    .addOption(new Option('--config <file>', words.config))
    .addOption(new Option('--lang <language>', words.lang).choices(['ko', 'en']))
    .addOption(new Option('--debug', words.debug))
    .addHelpText('after', ({ command }) => (command.parent === null ? words.after : ''))
    .showSuggestionAfterError()
    .configureHelp(await helpFormat(shell.language))
    .configureOutput({
      writeOut: (text) => void shell.stdout.write(text),
      writeErr: (text) => void shell.stderr.write(text),
      outputError: () => {},
    })
    .exitOverride();
}

const takesValue = ['--config', '--lang'];

/** The first word that is neither an option nor an option's value; of `help NAME`, the name. */
function commandOf(args: readonly string[]): string | undefined {
  const words = args.filter(
    (arg, index) => !arg.startsWith('-') && !takesValue.includes(args[index - 1] ?? ''),
  );
  return words[0] === 'help' ? words[1] : words[0];
}
