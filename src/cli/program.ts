import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { ExitCode } from '../base/errors.ts';
import { defineAudit } from './audit.ts';
import { defineBackup } from './backup.ts';
import { defineCheck } from './check.ts';
import { defineConfig } from './config.ts';
import { defineDecode } from './decode.ts';
import { defineDemo } from './demo.ts';
import { defineDoctor } from './doctor.ts';
import { defineErase } from './erase.ts';
import { defineExport } from './export.ts';
import type { Define, Runner } from './invocation.ts';
import { defineKeyring } from './keyring.ts';
import { defineLines } from './lines.ts';
import { defineProve } from './prove.ts';
import { defineRun } from './run.ts';
import type { GlobalOptions, Shell } from './shell.ts';
import { defineSimulate } from './simulate.ts';
import { defineSweep } from './sweep.ts';

const commands: readonly Define[] = [
  defineRun,
  defineDemo,
  defineSimulate,
  defineLines,
  defineDoctor,
  defineExport,
  defineAudit,
  defineErase,
  defineSweep,
  defineKeyring,
  defineBackup,
  defineCheck,
  defineProve,
  defineDecode,
  defineConfig,
];

/** The version that package.json states. */
export function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** The whole command line. `finish` is told each command's exit code. */
export function buildProgram(shell: Shell, finish: (code: ExitCode) => void): Command {
  const program = new Command('visitlog')
    .description('A visitor register that works by text message.')
    .version(version(), '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .addOption(
      new Option('--config <file>', 'configuration (else $VISITLOG_CONFIG, /etc/visitlog/visitlog.toml)'),
    )
    .addOption(new Option('--lang <language>', 'language of what people read').choices(['ko', 'en']))
    .addOption(new Option('--debug', 'show where an error arose'))
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void shell.stdout.write(text),
      writeErr: (text) => void shell.stderr.write(text),
      outputError: () => {},
    })
    .exitOverride();
  const run: Runner =
    (act) =>
    async (...args) =>
      finish(await act({ shell, globals: program.opts<GlobalOptions>() }, ...args));
  for (const define of commands) define(program, run);
  return program;
}
