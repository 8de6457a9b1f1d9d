import { type Command, type HelpConfiguration, Option } from 'commander';
import { type ExitCode, exitCode } from '../base/errors.ts';
import { version } from '../daemon/version.ts';
import type { Language } from '../words/bilingual.ts';
import { type CommandName, programWords, summaries } from '../words/commands/program.ts';
import { commandOf } from './command-line.ts';
import { ownWordsWidth } from './plain-width.ts';
import {
  type CommandLine,
  type Define,
  type GlobalOptions,
  type Invocation,
  isTerminal,
  noteInterruptions,
  type Runner,
  type Shell,
  writeLine,
} from './shell.ts';
import { UsageCommand } from './usage.ts';

/** Every command, in the order of the help; a module is loaded when its command is called, not before. */
export const commandTable: Readonly<Record<CommandName, () => Promise<Define>>> = {
  run: async () => (await import('./run/define.ts')).defineRun,
  demo: async () => (await import('./demo/define.ts')).defineDemo,
  simulate: async () => (await import('./simulate/define.ts')).defineSimulate,
  status: async () => (await import('./status/define.ts')).defineStatus,
  setup: async () => (await import('./setup/define.ts')).defineSetup,
  lines: async () => (await import('./lines/define.ts')).defineLines,
  doctor: async () => (await import('./doctor/define.ts')).defineDoctor,
  ingest: async () => (await import('./ingest/define.ts')).defineIngest,
  export: async () => (await import('./export/define.ts')).defineExport,
  trace: async () => (await import('./trace/define.ts')).defineTrace,
  lookup: async () => (await import('./lookup/define.ts')).defineLookup,
  counts: async () => (await import('./counts/define.ts')).defineCounts,
  audit: async () => (await import('./audit/define.ts')).defineAudit,
  venue: async () => (await import('./venue/define.ts')).defineVenue,
  unresolved: async () => (await import('./unresolved/define.ts')).defineUnresolved,
  notices: async () => (await import('./notices/define.ts')).defineNotices,
  waiting: async () => (await import('./waiting/define.ts')).defineWaiting,
  erase: async () => (await import('./erase/define.ts')).defineErase,
  sweep: async () => (await import('./sweep/define.ts')).defineSweep,
  keyring: async () => (await import('./keyring/define.ts')).defineKeyring,
  backup: async () => (await import('./backup/define.ts')).defineBackup,
  restore: async () => (await import('./restore/define.ts')).defineRestore,
  move: async () => (await import('./move/define.ts')).defineMove,
  central: async () => (await import('./central/define.ts')).defineCentral,
  check: async () => (await import('./check/define.ts')).defineCheck,
  prove: async () => (await import('./prove/define.ts')).defineProve,
  explain: async () => (await import('./explain/define.ts')).defineExplain,
  decode: async () => (await import('./decode/define.ts')).defineDecode,
  config: async () => (await import('./config/define.ts')).defineConfig,
  completion: async () => (await import('./completion/define.ts')).defineCompletion,
};

/** Commands that programs call, and help does not show. */
const hiddenCommands: Readonly<Record<string, () => Promise<Define>>> = {
  complete: async () => (await import('./completion/define.ts')).defineComplete,
  door: async () => (await import('./door/define.ts')).defineDoor,
};

/** How help is laid out: headings and notes in the language of the reader, columns as a terminal shows Hangul. */
function helpFormat(language: Language): HelpConfiguration {
  const words = programWords[language];
  const headings: Readonly<Record<string, string>> = {
    'Usage:': words.usage,
    'Options:': words.options,
    'Commands:': words.commands,
    'Arguments:': words.arguments,
  };
  return {
    styleTitle: (title) => headings[title] ?? title,
    styleUsage: inUsage,
    styleSubcommandTerm: inUsage,
    argumentDescription: ({ description, argChoices }) =>
      [description, ...(argChoices ? [`(${words.choices(argChoices.join(', '))})`] : [])].join(' '),
    optionDescription: (option) => [option.description, notesOn(option)].filter(Boolean).join(' '),
    // Commander asks for each command that it makes, and the rules of Unicode take longer to load than all of them.
    displayWidth: ownWordsWidth,
  };

  /** What commander itself writes into a usage line. */
  function inUsage(text: string): string {
    return text.replace('[options]', words.someOptions).replace('[command]', words.someCommand);
  }

  function notesOn(option: Option): string {
    const notes = [
      ...(option.argChoices ? [words.choices(option.argChoices.join(', '))] : []),
      ...(option.defaultValue === undefined || option.isBoolean() ? [] : [words.default(shown(option))]),
    ];
    return notes.length === 0 ? '' : `(${notes.join('; ')})`;
  }
}

function shown(option: Option): string {
  return option.defaultValueDescription ?? String(option.defaultValue);
}

interface ProgramOptions {
  readonly shell: Shell;
  /** What was typed after the program's name. Only the command that it names is loaded. */
  readonly args: readonly string[];
  /** Told of the command's exit code. */
  readonly finish: (code: ExitCode) => void;
  /** Called with the command before it is loaded; resolves to global options that are not the command line's. */
  readonly admitted?: (command: Command) => Promise<GlobalOptions>;
}

function invocationOf(shell: Shell, globals: GlobalOptions): Invocation {
  return { shell, globals, wholeProgram: () => buildWholeProgram(shell), runLine };
}

/** Does somebody else's command line, in their shell. */
async function runLine({ shell, args, config, admit }: CommandLine): Promise<ExitCode> {
  let code: ExitCode = exitCode.done;
  let refusal: unknown = null;
  try {
    const finish = (finished: ExitCode) => {
      code = finished;
    };
    const admitted = async (command: Command) => {
      await admit(pathOf(command), command.optsWithGlobals()).catch((thrown: unknown) => {
        refusal = thrown;
        throw thrown;
      });
      return config === undefined ? {} : { config };
    };
    const program = await buildProgram({ shell, args, finish, admitted });
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (thrown) {
    if (refusal !== null) throw refusal;
    const { describeFailure } = await import('./failure.ts');
    const terminal = isTerminal(shell.stderr);
    const failure = describeFailure(thrown, { language: shell.language, terminal });
    for (const line of failure.lines) await writeLine(shell.stderr, line);
    return failure.exit;
  }
}

/** They wait for input or read the register, and leave nothing behind: an interruption ends them at once. */
const endAtOnce: readonly string[] = [
  ...['check', 'counts', 'decode'],
  ...['venue import', 'venue list', 'venue show', 'venue silent'],
];

/** `unresolved show`. */
function pathOf(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : `${pathOf(parent)} ${command.name()}`;
}

/** The command line for what was typed. */
export async function buildProgram(options: ProgramOptions): Promise<Command> {
  const { shell, args, finish, admitted } = options;
  const program = await frame(shell);
  const run: Runner =
    (load) =>
    async (...given) => {
      const command = given.at(-1) as Command;
      if (!endAtOnce.includes(pathOf(command))) noteInterruptions(shell);
      const globals = { ...program.opts<GlobalOptions>(), ...(await admitted?.(command)) };
      const act = await load();
      finish(await act(invocationOf(shell, globals), ...given));
    };
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

async function frame(shell: Shell): Promise<Command> {
  const words = programWords[shell.language];
  return new UsageCommand('visitlog')
    .description(words.description)
    .version(version(), '-V, --version', words.version)
    .helpOption('-h, --help', words.help)
    .helpCommand('help [command]', words.helpCommand)
    .addOption(new Option('--config <file>', words.config))
    .addOption(new Option('--lang <language>', words.lang).choices(['ko', 'en']))
    .addOption(new Option('--debug', words.debug))
    .addHelpText('after', ({ command }) => (command.parent === null ? words.after : ''))
    .configureHelp(helpFormat(shell.language))
    .configureOutput({
      writeOut: (text) => void shell.stdout.write(text),
      writeErr: (text) => void shell.stderr.write(text),
      outputError: () => {},
    })
    .exitOverride();
}
