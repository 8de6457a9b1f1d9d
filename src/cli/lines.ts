import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../base/errors.ts';
import type { Config, LineConfig } from '../config/config.ts';
import type { FoundModem } from '../daemon/survey-modems.ts';
import type { Invocation, Runner } from './invocation.ts';
import { writeLine } from './shell.ts';
import type { Language } from './words/bilingual.ts';
import { type LinesWords, linesWords } from './words/lines.ts';
import { summaries } from './words/summaries.ts';

interface LinesFlags {
  readonly json?: boolean;
  readonly probe?: boolean;
}

export function defineLines(program: Command, run: Runner, language: Language): void {
  const words = linesWords[language];
  program
    .command('lines')
    .description(summaries[language].lines)
    .option('--probe', words.probe)
    .option('--json', words.json)
    .addHelpText('after', words.after)
    .action(run(lines));
}

async function lines({ shell, globals }: Invocation, flags: LinesFlags): Promise<ExitCode> {
  const { loadConfig } = await import('../config/load.ts');
  const { surveyModems } = await import('../daemon/survey-modems.ts');
  const { openSerial } = await import('../modem/serial-transport.ts');
  const { formatFoundModem } = await import('./lines-text.ts');
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const openPort = flags.probe ? openSerial : null;
  const found = await surveyModems({ config, clock: shell.clock, root: '/', openPort });
  for (const device of found)
    await writeLine(
      shell.stdout,
      flags.json ? JSON.stringify(device) : `${formatFoundModem(device, shell.language).join('\n')}\n`,
    );
  if (!flags.json)
    for (const line of closing(found, config, flags, linesWords[shell.language]))
      await writeLine(shell.stdout, line);
  return found.length === 0 ? exitCode.nothing : exitCode.done;
}

function closing(
  found: readonly FoundModem[],
  config: Config,
  { probe }: LinesFlags,
  words: LinesWords,
): string[] {
  const used = new Set(found.map(({ line }) => line));
  const elsewhere = config.lines.filter(({ name }) => !used.has(name));
  return [
    ...(found.length === 0 ? [words.none] : []),
    ...elsewhere.map((line) => `${line.name}: ${line.port}, ${whyElsewhere(line, probe === true, words)}`),
    ...(probe || found.length === 0 ? [] : [words.hint]),
  ];
}

function whyElsewhere({ port }: LineConfig, probed: boolean, words: LinesWords): string {
  if (port.startsWith('tcp:')) return words.network;
  if (port.startsWith('imei:') && !probed) return words.notLookedFor;
  return words.notFound;
}
