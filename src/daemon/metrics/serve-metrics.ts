import type { Clock } from '../../base/clock.ts';
import { AppError, messageOf } from '../../base/errors.ts';
import { every } from '../../base/every.ts';
import type { Config } from '../../config/config.ts';
import type { Log } from '../log/log.ts';
import type { Service } from '../status/serve-status.ts';
import { answerMetrics, type MetricSources } from './metrics-answer.ts';
import { removeMetricsFile, writeMetricsFile } from './metrics-file.ts';
import { openMetricsPort } from './metrics-port.ts';

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
