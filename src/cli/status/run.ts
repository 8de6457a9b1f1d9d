import { AppError, type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { printableJson } from '../../base/printable.ts';
import type { Config } from '../../config/config.ts';
import { ConfigError } from '../../config/config-error.ts';
import { loadConfig, loadSocketOnly } from '../../config/load.ts';
import { askGateway, askStatus } from '../../daemon/status/ask-gateway.ts';
import type { Status } from '../../daemon/status/status-object.ts';
import { sayFault } from '../../words/faults/say.ts';
import { isReasonCode } from '../../words/status-reasons.ts';
import { type Invocation, type Shell, writeLine } from '../shell.ts';
import { formatStatus } from './status-text.ts';
import { watchStatus } from './watch.ts';

interface StatusFlags {
  readonly json?: boolean;
  readonly metrics?: boolean;
  readonly watch?: boolean;
  readonly every?: number;
}

/** What monitoring goes by: 0 well, 1 degraded, 2 down. */
const exits = { well: 0, degraded: 1, down: 2 } as const;

export async function showStatus({ shell, globals }: Invocation, flags: StatusFlags): Promise<ExitCode> {
  if (flags.every !== undefined && !flags.watch)
    throw fault('usage.option-needs', { option: '--every', other: '--watch' });
  const { config, refusal } = await configToAskBy({ shell, globals });
  if (flags.metrics) return printMetrics(config, shell);
  if (flags.watch) return watch(config, shell, flags.every ?? null);
  const found = refusal === null ? await statusOf(config, shell) : await statusDespite(refusal, config);
  const lines = flags.json ? [printableJson(found)] : formatStatus(found, shell.language, columnsOf(shell));
  await writeLine(shell.stdout, lines.join('\n'));
  return exits[found.status];
}

interface AskedBy {
  readonly config: Config;
  /** Why the configuration itself cannot be used. */
  readonly refusal: AppError | null;
}

/** A fault in the file keeps nobody from asking a gateway, which goes on by the file as it was. */
async function configToAskBy({ shell, globals }: Pick<Invocation, 'shell' | 'globals'>): Promise<AskedBy> {
  const options = { file: globals.config, env: shell.env };
  try {
    return { config: (await loadConfig(options)).config, refusal: null };
  } catch (error) {
    if (!(error instanceof AppError) || !isFaulty(error)) throw error;
    const { message } = sayFault(error, shell.language);
    await writeLine(shell.stderr, `visitlog: ${message}`);
    return { config: await loadSocketOnly(options), refusal: error };
  }
}

/** Whoever may not read the file may still be allowed to ask. */
function isFaulty(error: AppError): boolean {
  return error instanceof ConfigError || error.code === 'config.unreadable';
}

/** The gateway's answer, which is at best degraded: its next start or reload would fail. */
async function statusDespite(refusal: AppError, { status: { socket } }: Config): Promise<Status> {
  try {
    if (socket === null) throw fault('gateway.absent', { socket: '""' });
    const found = await askStatus(socket);
    if (!(refusal instanceof ConfigError)) return found;
    const reason = {
      code: 'config.refused',
      severity: 'degraded',
      line: null,
      detail: refusal.code,
    } as const;
    return {
      ...found,
      status: found.status === 'down' ? 'down' : 'degraded',
      reasons: [...found.reasons, reason],
    };
  } catch (error) {
    if (error instanceof AppError && error.code === 'gateway.forbidden') throw error;
    throw fault('status.unknown', { socket: socket ?? '""' }, { cause: refusal });
  }
}

async function watch(config: Config, shell: Shell, everyMs: number | null): Promise<ExitCode> {
  const { socket } = config.status;
  return watchStatus(shell, {
    ask: () =>
      socket === null ? Promise.reject(fault('gateway.absent', { socket: '""' })) : askStatus(socket),
    without: (code) => withoutGateway(config, shell, code),
    everyMs,
  });
}

async function printMetrics({ status: { socket } }: Config, { stdout }: Shell): Promise<ExitCode> {
  if (socket === null) throw fault('gateway.absent', { socket: '""' });
  await writeLine(stdout, (await askGateway(socket, '/metrics')).trimEnd());
  return exitCode.done;
}

/** The gateway's own answer, or what can be said without it. */
async function statusOf(config: Config, shell: Shell): Promise<Status> {
  const { socket } = config.status;
  if (socket === null) return withoutGateway(config, shell, 'gateway.absent');
  try {
    return await askStatus(socket);
  } catch (error) {
    // Whether the gateway is well is not known then.
    if (!(error instanceof AppError) || error.code === 'gateway.forbidden') throw error;
    return withoutGateway(config, shell, error.code);
  }
}

/** Opens the register, whose modules are not loaded while a gateway answers. */
async function withoutGateway(config: Config, { clock }: Shell, code: string): Promise<Status> {
  const { statusWithoutGateway } = await import('./absent-gateway.ts');
  return statusWithoutGateway(config, clock, isReasonCode(code) ? code : 'gateway.unclear');
}

/** At most 80, which is easy to read. */
function columnsOf({ stdout }: Pick<Shell, 'stdout'>): number {
  return Math.min(80, Math.max(40, (stdout as { columns?: number }).columns ?? 80));
}
