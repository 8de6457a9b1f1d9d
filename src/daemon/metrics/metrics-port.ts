import { type AppError, systemCodeOf, WordedError } from '../../base/errors.ts';
import { type Answers, createAnswerServer } from '../status/answers.ts';

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
    server.once('error', (error) => reject(cannot(listen, systemCodeOf(error) ?? 'unknown')));
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

function cannot(listen: string, code: string): AppError {
  return new WordedError('metrics.port', `metrics cannot be served at ${listen} (${code})`, {
    hint: 'Set another port in [metrics] listen, or let the other program go.',
    context: { listen, code },
  });
}
