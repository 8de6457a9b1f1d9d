import type { Config } from '../../config/config.ts';
import { failureFields, type Log } from '../log/log.ts';
import { answerMetrics, type MetricSources } from '../metrics/metrics-answer.ts';
import { type Answers, type OpenedSocket, openStatusSocket } from './status-socket.ts';

export interface Service {
  close(): Promise<void>;
}

/** The answers of the socket, by path. */
function statusAnswers(sources: MetricSources): Answers {
  const { readStatus } = sources;
  const json = (value: unknown) => ({ type: 'application/json', body: `${JSON.stringify(value)}\n` });
  return {
    '/status': async () => json(await readStatus()),
    '/metrics': () => answerMetrics(sources),
    '/lines': async () => json((await readStatus()).lines),
  };
}

/** Serves at the configured socket, if there is one. */
export function serveStatus(sources: MetricSources, { status }: Pick<Config, 'status'>, log: Log): Service {
  return status.socket === null
    ? { close: async () => {} }
    : serveAtSocket(status.socket, openStatusSocket(status.socket, statusAnswers(sources)), log);
}

/** A socket that is being opened; a failure is logged, and the gateway goes on. */
export function serveAtSocket(path: string, opening: Promise<OpenedSocket>, log: Log): Service {
  const opened = opening.catch((error: unknown): OpenedSocket | null => {
    log.write('warn', 'status.unavailable', { path, ...failureFields(error) });
    return null;
  });
  return { close: async () => (await opened)?.close() };
}
