import { rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { type Clock, every } from '../../base/clock.ts';
import { AppError, messageOf, systemCodeOf, WordedError } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import type { Log } from '../log/log.ts';
import type { Service } from '../status/serve-status.ts';
import { type Answers, createAnswerServer } from '../status/status-socket.ts';
import { answerMetrics, type MetricSources } from './metrics-answer.ts';

/**
 * Writes the page where node_exporter's textfile collector reads it: whole or not at all, and for everybody to read.
 * @throws AppError `metrics.textfile`
 */
export async function writeMetricsFile(path: string, page: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(draft, 'w', 0o644);
    try {
      await file.writeFile(page);
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw fileError(path, systemCodeOf(error) ?? 'unknown');
  }
}

/** A gateway that has stopped leaves no numbers behind that look alive. */
export function removeMetricsFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Who may not remove it may not have written it.
  }
}

function fileError(path: string, code: string): AppError {
  return new WordedError('metrics.textfile', `the metrics file ${path} cannot be written (${code})`, {
    hint: 'Make its folder, and give the user of the gateway the right to write there.',
    context: { path, code },
  });
}

export interface OpenedPort {
  close(): Promise<void>;
}

/**
 * Answers on a port of this machine alone; `listen` is `127.0.0.1:9560`, with an IPv6 address in brackets.
 * @throws AppError `metrics.port`
 */
export function openMetricsPort(listen: string, answers: Answers): Promise<OpenedPort> {
  const server = createAnswerServer(answers);
  const at = listen.lastIndexOf(':');
  const host = listen.slice(0, at).replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portError(listen, systemCodeOf(error) ?? 'unknown')));
    server.listen({ host, port: Number(listen.slice(at + 1)) }, () =>
      resolve({
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      }),
    );
  });
}

function portError(listen: string, code: string): AppError {
  return new WordedError('metrics.port', `metrics cannot be served at ${listen} (${code})`, {
    hint: 'Set another port in [metrics] listen, or let the other program go.',
    context: { listen, code },
  });
}

/** How old a textfile gets: as often as Prometheus usually asks. */
const writeEveryMs = 15_000;

/** Serves what `config` asks for: a port, a textfile, both or nothing. What cannot be is told, and the gateway goes on. */
export function serveMetrics(
  sources: MetricSources,
  { metrics }: Pick<Config, 'metrics'>,
  clock: Clock,
  log: Log,
): Service {
  const services = [
    ...(metrics.listen === null ? [] : [servePort(sources, metrics.listen, log)]),
    ...(metrics.textfile === null ? [] : [serveFile(sources, metrics.textfile, clock, log)]),
  ];
  return {
    async close() {
      await Promise.all(services.map((service) => service.close()));
    },
  };
}

function servePort(sources: MetricSources, listen: string, log: Log): Service {
  const answers = { '/metrics': () => answerMetrics(sources) };
  const opened = openMetricsPort(listen, answers).catch((error: unknown) => {
    tell(log, error);
    return null;
  });
  return { close: async () => (await opened)?.close() };
}

function serveFile(sources: MetricSources, path: string, clock: Clock, log: Log): Service {
  let writing: Promise<void> = Promise.resolve();
  const write = async () => {
    try {
      await writeMetricsFile(path, (await answerMetrics(sources)).body);
    } catch (error) {
      tell(log, error);
    }
  };
  const again = () => {
    writing = writing.then(write);
  };
  again();
  const timer = every(clock, writeEveryMs, again);
  return {
    async close() {
      timer.cancel();
      await writing;
      removeMetricsFile(path);
    },
  };
}

function tell(log: Log, error: unknown): void {
  const code = error instanceof AppError ? error.code : 'internal';
  log.write('warn', 'metrics.unavailable', { code, message: messageOf(error) });
}
