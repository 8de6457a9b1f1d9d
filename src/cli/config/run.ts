import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import stringWidth from 'string-width';
import { isCarrierPort } from '../../base/carrier-port.ts';
import { type ExitCode, exitCode, systemCodeOf } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import { type Config, isSite, type LineConfig } from '../../config/config.ts';
import { ConfigError } from '../../config/config-error.ts';
import { explainConfig, formatOrigin } from '../../config/explain.ts';
import { loadConfig } from '../../config/load.ts';
import { configWords } from '../../words/commands/config.ts';
import { failureWords } from '../../words/commands/program.ts';
import { exitOf, sayFault } from '../../words/faults/say.ts';
import { type Invocation, writeLine } from '../shell.ts';

interface ShowConfigFlags {
  readonly json?: boolean;
}

export async function checkConfig({ shell, globals }: Invocation): Promise<ExitCode> {
  try {
    const given = { file: globals.config, env: shell.env };
    const { file, config } = await loadConfig(given);
    // What the gateway refuses is a fault here; a machine without any file has not been set up.
    if (file !== null && config.lines.length === 0) await loadConfig({ ...given, required: 'line' });
    const words = configWords[shell.language];
    await writeLine(shell.stdout, words.noFault(file ?? words.noFile, config.lines.length));
    for (const { key, path } of missingFiles(config)) await writeLine(shell.stdout, words.missing(key, path));
    for (const { name } of waitingCarriers(config)) await writeLine(shell.stdout, words.carrierWaits(name));
    return exitCode.done;
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    const { error } = failureWords[shell.language];
    for (const fault of thrown.faults) {
      const { message } = sayFault(fault, shell.language);
      await writeLine(shell.stderr, `visitlog: ${error} [${thrown.code}] ${message}`);
      const { excerpt } = fault.place;
      if (excerpt !== null) await writeLine(shell.stderr, indent(excerpt));
    }
    return exitOf(thrown);
  }
}

/** A carrier cannot wait for the central register for as long as a modem can. */
function waitingCarriers(config: Config): readonly LineConfig[] {
  const waits = isSite(config) && config.central.wait === 'central';
  return waits ? config.lines.filter(({ port }) => isCarrierPort(port)) : [];
}

/** What the file names and is not there, as far as this account may see. A credential is there for the service alone. */
function missingFiles(config: Config): { readonly key: string; readonly path: string }[] {
  const named = [
    { key: 'data_dir', path: dirname(config.dataDir) },
    { key: 'cipher.master', path: config.cipher.masterFile },
    { key: 'metrics.textfile', path: config.metrics.textfile && dirname(config.metrics.textfile) },
    { key: 'central.ca_file', path: config.central.caFile },
    { key: 'central.password_file', path: config.central.passwordFile },
    ...config.lines.flatMap(({ name, pinFile, passwordFile, caFile }) => [
      { key: `${name}: pin_file`, path: pinFile },
      { key: `${name}: password_file`, path: passwordFile },
      { key: `${name}: ca_file`, path: caFile },
    ]),
  ];
  return named.flatMap(({ key, path }) =>
    path === null || path.startsWith('/run/credentials/') || !isMissing(path) ? [] : [{ key, path }],
  );
}

function isMissing(path: string): boolean {
  try {
    statSync(path);
    return false;
  } catch (error) {
    return systemCodeOf(error) === 'ENOENT';
  }
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

export async function showConfig(
  { shell, globals }: Invocation,
  { json }: ShowConfigFlags,
): Promise<ExitCode> {
  const settings = await explainConfig(await loadConfig({ file: globals.config, env: shell.env }));
  const { default: usual } = configWords[shell.language];
  const keyWidth = Math.max(...settings.map(({ key }) => key.length));
  const valueWidth = Math.max(...settings.map(({ value }) => stringWidth(value)));
  for (const { key, value, origin } of settings) {
    const from = origin.kind === 'default' ? usual : formatOrigin(origin);
    const text = `${key.padEnd(keyWidth)} = ${value}${' '.repeat(valueWidth - stringWidth(value))}  # ${from}`;
    const row = { key, value, from: formatOrigin(origin) };
    await writeLine(shell.stdout, json ? printableJson(row) : text);
  }
  return exitCode.done;
}
