import type { Command } from 'commander';
import { type ExitCode, exitCode } from '../../base/errors.ts';
import type { Config, LineConfig } from '../../config/config.ts';
import type { LineOfStatus } from '../../daemon/status/status-object.ts';
import type { FoundModem } from '../../doctor/survey-modems.ts';
import type { Language } from '../../words/bilingual.ts';
import { type LinesWords, linesWords } from '../../words/commands/lines.ts';
import { summaries } from '../../words/commands/summaries.ts';
import type { Invocation, Runner } from '../invocation.ts';
import { writeLine } from '../shell.ts';
import { formatSaid } from './lines-said.ts';

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
  const { loadConfig } = await import('../../config/load.ts');
  const { surveyModems } = await import('../../doctor/survey-modems.ts');
  const { askLines } = await import('../../daemon/status/ask-gateway.ts');
  const { openSerial } = await import('../../modem/port/serial.ts');
  const { formatFoundModem } = await import('./lines-text.ts');
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  const openPort = flags.probe ? openSerial : null;
  const gatewayLines = await askLines(config.status.socket);
  const found = await surveyModems({ config, clock: shell.clock, root: '/', openPort, gatewayLines });
  for (const device of found)
    await writeLine(
      shell.stdout,
      flags.json ? JSON.stringify(device) : `${formatFoundModem(device, shell.language).join('\n')}\n`,
    );
  if (!flags.json)
    for (const line of closing(found, config, flags, { language: shell.language, gatewayLines }))
      await writeLine(shell.stdout, line);
  return found.length === 0 ? exitCode.nothing : exitCode.done;
}

function closing(
  found: readonly FoundModem[],
  config: Config,
  { probe }: LinesFlags,
  { language, gatewayLines }: { language: Language; gatewayLines: readonly LineOfStatus[] },
): string[] {
  const words = linesWords[language];
  const used = new Set(found.map(({ line }) => line));
  const elsewhere = config.lines.filter(({ name }) => !used.has(name));
  return [
    ...(found.length === 0 ? [words.none] : []),
    ...elsewhere.flatMap((line) => {
      const said = gatewayLines.find(({ name }) => name === line.name);
      return [
        `${line.name}: ${line.port}, ${whyElsewhere(line, probe === true, words)}`,
        ...(said
          ? [`  ${[nameOf(said), formatSaid(said, language)].filter((part) => part !== '').join(', ')}`]
          : []),
      ];
    }),
    ...(probe || found.length === 0 ? [] : [words.hint]),
  ];
}

function nameOf({ maker, model }: LineOfStatus): string {
  return [maker, model].filter((part) => part !== null).join(' ');
}

function whyElsewhere({ port }: LineConfig, probed: boolean, words: LinesWords): string {
  if (port.startsWith('tcp:')) return words.network;
  if (port.startsWith('imei:') && !probed) return words.notLookedFor;
  return words.notFound;
}
