import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../base/errors.ts';
import type { Language } from '../words/bilingual.ts';
import { configWords } from '../words/commands/config.ts';
import { failureWords, summaries } from '../words/commands/program.ts';
import { type Invocation, type Runner, writeLine } from './shell.ts';

interface ShowFlags {
  readonly json?: boolean;
}

export function defineConfig(program: Command, run: Runner, language: Language): void {
  const words = configWords[language];
  const config = program.command('config').description(summaries[language].config);
  config.addHelpText('after', words.showAfter);
  config
    .command('check')
    .description(words.check)
    .addHelpText('after', words.checkAfter)
    .action(run(async () => check));
  config
    .command('show')
    .description(words.show)
    .option('--json', words.json)
    .addHelpText('after', words.showAfter)
    .action(run(async () => show));
}

async function check({ shell, globals }: Invocation): Promise<ExitCode> {
  const { ConfigError } = await import('../config/config-error.ts');
  const { loadConfig } = await import('../config/load.ts');
  try {
    const { file, config } = await loadConfig({ file: globals.config, env: shell.env });
    const words = configWords[shell.language];
    await writeLine(shell.stdout, words.noFault(file ?? words.noFile, config.lines.length));
    return exitCode.done;
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    const { exitOf, sayFault } = await import('../words/faults/say.ts');
    for (const fault of thrown.faults) {
      const { message } = sayFault(fault, shell.language);
      await writeLine(
        shell.stderr,
        `visitlog: ${failureWords[shell.language].error} [${thrown.code}] ${message}`,
      );
      const { excerpt } = fault.place;
      if (excerpt !== null) await writeLine(shell.stderr, indent(excerpt));
    }
    return exitOf(thrown);
  }
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

async function show({ shell, globals }: Invocation, { json }: ShowFlags): Promise<ExitCode> {
  const { explainConfig, formatOrigin } = await import('../config/explain.ts');
  const { loadConfig } = await import('../config/load.ts');
  const { default: stringWidth } = await import('string-width');
  const settings = await explainConfig(await loadConfig({ file: globals.config, env: shell.env }));
  const { default: usual } = configWords[shell.language];
  const keyWidth = Math.max(...settings.map(({ key }) => key.length));
  const valueWidth = Math.max(...settings.map(({ value }) => stringWidth(value)));
  for (const { key, value, origin } of settings) {
    const from = origin.kind === 'default' ? usual : formatOrigin(origin);
    const text = `${key.padEnd(keyWidth)} = ${value}${' '.repeat(valueWidth - stringWidth(value))}  # ${from}`;
    const row = { key, value, from: formatOrigin(origin) };
    await writeLine(shell.stdout, json ? JSON.stringify(row) : text);
  }
  return exitCode.done;
}
