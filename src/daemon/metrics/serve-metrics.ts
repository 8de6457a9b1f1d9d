import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { type Clock, every } from '../../base/clock.ts';
import { fault, systemCodeOf } from '../../base/errors.ts';
import type { Config } from '../../config/config.ts';
import { failureFields, type Log } from '../log/log.ts';
import type { Service } from '../status/serve-status.ts';
import { type Answers, createAnswerServer } from '../status/status-socket.ts';
import { answerMetrics, type MetricSources } from './metrics-answer.ts';

/**
 * Writes the page for node_exporter's textfile collector: whole or not at all, and readable by everybody.
 * Others may have the folder too: the draft's name is random and new, so that no link is followed.
 * @throws AppError `metrics.textfile`
 */
async function writeMetricsFile(path: string, page: string): Promise<void> {
  const draft = `${path}.${randomBytes(8).toString('hex')}.tmp`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(page);
      // The unit's umask leaves a new file to its owner alone; node_exporter is another account.
      await file.chmod(0o644);
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw fault('metrics.textfile', { path, system: systemCodeOf(error) }, { cause: error });
  }
}

/** A stopped gateway must leave no figures that look current. */
function removeMetricsFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // If it cannot be removed, it could not be written either.
  }
}

/**
 * A browser sends the name that a page was loaded from. Only addresses and `localhost` are answered, so that no page can
 * have its own name point at this machine and read the figures.
 */
function isOwnHost(host: string): boolean {
  return /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host);
}

interface OpenedPort {
  close(): Promise<void>;
}

/**
 * Answers on a port of this machine only; `listen` is `127.0.0.1:9560`, with an IPv6 address in brackets.
 * @throws AppError `metrics.port`
 */
function openMetricsPort(listen: string, answers: Answers): Promise<OpenedPort> {
  const server = createAnswerServer(answers, isOwnHost);
  const at = listen.lastIndexOf(':');
  const host = listen.slice(0, at).replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(fault('metrics.port', { listen, system: systemCodeOf(error) }, { cause: error })),
    );
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

/** As often as Prometheus usually asks. */
const writeEveryMs = 15_000;

/** What provides the metrics. */
export interface MetricsService extends Service {
  /** The code of what does not work; null if all does. */
  trouble(): string | null;
}

/** Serves what `config` asks for: a port, a textfile, both or nothing. A failure is logged, and the gateway goes on. */
export function serveMetrics(
  sources: MetricSources,
  { metrics }: Pick<Config, 'metrics'>,
  clock: Clock,
  log: Log,
): MetricsService {
  const services = [
    ...(metrics.listen === null ? [] : [servePort(sources, metrics.listen, log)]),
    ...(metrics.textfile === null ? [] : [serveFile(sources, metrics.textfile, clock, log)]),
  ];
  return {
    trouble: () => services.map((service) => service.trouble()).find((code) => code !== null) ?? null,
    async close() {
      await Promise.all(services.map((service) => service.close()));
    },
  };
}

function servePort(sources: MetricSources, listen: string, log: Log): MetricsService {
  let trouble: string | null = null;
  const answers = { '/metrics': () => answerMetrics(sources) };
  const opened = openMetricsPort(listen, answers).catch((error: unknown) => {
    const failure = failureFields(error);
    trouble = failure.code;
    log.write('warn', 'metrics.unavailable', failure);
    return null;
  });
  return { trouble: () => trouble, close: async () => (await opened)?.close() };
}

function serveFile(sources: MetricSources, path: string, clock: Clock, log: Log): MetricsService {
  let trouble: string | null = null;
  let writing: Promise<void> = Promise.resolve();
  const write = async () => {
    try {
      await writeMetricsFile(path, (await answerMetrics(sources)).body);
      trouble = null;
    } catch (error) {
      const failure = failureFields(error);
      trouble = failure.code;
      log.write('warn', 'metrics.unavailable', failure);
    }
  };
  const again = () => {
    writing = writing.then(write);
  };
  again();
  const timer = every(clock, writeEveryMs, again);
  return {
    trouble: () => trouble,
    async close() {
      timer.cancel();
      await writing;
      removeMetricsFile(path);
    },
  };
}
