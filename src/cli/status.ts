import { type Command, InvalidArgumentError } from 'commander';
import { parseDuration } from '../base/amounts.ts';
import { AppError, type ExitCode, exitCode, fault } from '../base/errors.ts';
import type { Config } from '../config/config.ts';
import type { Status } from '../daemon/status/status-object.ts';
import type { Language } from '../words/bilingual.ts';
import { wantedWords } from '../words/commands/officer-file.ts';
import { summaries } from '../words/commands/program.ts';
import { statusWords } from '../words/commands/status.ts';
import { type Invocation, type Runner, type Shell, writeLine } from './shell.ts';

interface StatusFlags {
  readonly json?: boolean;
  readonly metrics?: boolean;
  readonly watch?: boolean;
  readonly every?: number;
}

/** What monitoring goes by: 0 well, 1 degraded, 2 down. */
const exits = { well: 0, degraded: 1, down: 2 } as const;

export function defineStatus(program: Command, run: Runner, language: Language): void {
  const words = statusWords[language];
  program
    .command('status')
    .description(summaries[language].status)
    .option('--json', words.json)
    .option('--metrics', words.metrics)
    .option('--watch', words.watch)
    .option('--every <duration>', words.every, parseInterval)
    .addHelpText('after', words.help)
    .action(run(async () => status));
}

async function status({ shell, globals }: Invocation, flags: StatusFlags): Promise<ExitCode> {
  const { loadConfig } = await import('../config/load.ts');
  const { formatStatus } = await import('./status/status-text.ts');
  const { config } = await loadConfig({ file: globals.config, env: shell.env });
  if (flags.metrics) return printMetrics(config, shell);
  if (flags.watch) return watch(config, shell, flags.every ?? null);
  const found = await lookAtGateway(config, shell);
  const lines = flags.json ? [JSON.stringify(found)] : formatStatus(found, shell.language, columnsOf(shell));
  await writeLine(shell.stdout, lines.join('\n'));
  return exits[found.status];
}

async function watch(config: Config, shell: Shell, everyMs: number | null): Promise<ExitCode> {
  const { askStatus } = await import('../daemon/status/ask-gateway.ts');
  const { statusWithoutGateway } = await import('./status/absent-gateway.ts');
  const { watchStatus } = await import('./status/watch.ts');
  const { socket } = config.status;
  return watchStatus(shell, {
    ask: () =>
      socket === null ? Promise.reject(fault('gateway.absent', { socket: '""' })) : askStatus(socket),
    without: (code) => statusWithoutGateway(config, shell.clock, code),
    everyMs,
  });
}

/** At least a second: more often nothing is worth looking at. */
function parseInterval(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs !== null && durationMs >= 1_000) return durationMs;
  throw new InvalidArgumentError(wantedWords.en.duration);
}

async function printMetrics({ status: { socket } }: Config, { stdout }: Shell): Promise<ExitCode> {
  const { askGateway } = await import('../daemon/status/ask-gateway.ts');
  if (socket === null) throw fault('gateway.absent', { socket: '""' });
  await writeLine(stdout, (await askGateway(socket, '/metrics')).trimEnd());
  return exitCode.done;
}

/** The gateway's own word, or what can be said without it. */
async function lookAtGateway(config: Config, { clock }: Pick<Shell, 'clock'>): Promise<Status> {
  const { askStatus } = await import('../daemon/status/ask-gateway.ts');
  const { statusWithoutGateway } = await import('./status/absent-gateway.ts');
  const { socket } = config.status;
  if (socket === null) return statusWithoutGateway(config, clock, 'gateway.absent');
  try {
    return await askStatus(socket);
  } catch (error) {
    // Whether it is well is not known then: that is no verdict.
    if (!(error instanceof AppError) || error.code === 'gateway.forbidden') throw error;
    return statusWithoutGateway(config, clock, error.code);
  }
}

/** At most 80: what is calm to read, and what everything fits. */
function columnsOf({ stdout }: Pick<Shell, 'stdout'>): number {
  return Math.min(80, Math.max(40, (stdout as { columns?: number }).columns ?? 80));
}
