import type { Readable, Writable } from 'node:stream';
import { AppError, type ExitCode, exitCode, fault } from '../../base/errors.ts';
import { isIngestPort } from '../../base/ingest-port.ts';
import { isSite, type LineConfig } from '../../config/config.ts';
import { ingestThroughGateway } from '../../daemon/ingest/ask-ingest.ts';
import { type Configured, configured } from '../configured.ts';
import type { Invocation } from '../shell.ts';

interface IngestFlags {
  readonly line: string;
}

/** Takes texts from standard input, through the gateway if one runs. */
export async function ingest(invocation: Invocation, { line: name }: IngestFlags): Promise<ExitCode> {
  const { shell } = invocation;
  const session = await configured(invocation);
  const { config } = session;
  const line = config.lines.find((each) => each.name === name);
  if (line === undefined || !isIngestPort(line.port)) throw fault('ingest.no-line', { line: name });
  // A reader that leaves is no end that was wanted: texts may be on disk whose answers nobody has.
  shell.onOutputLost?.(() => {});
  const input = untilStopped(shell.stdin, shell.signal);
  const answer = (lines: Buffer | string) => write(shell.stdout, lines);
  const refused =
    (await throughGateway(config.status.socket, name, input, answer)) ??
    (await withoutGateway(session, line, input, answer));
  if (shell.signal.aborted) throw fault('ingest.interrupted');
  return refused === 0 ? exitCode.done : exitCode.failed;
}

async function withoutGateway(
  session: Configured,
  ...rest: [line: LineConfig, input: AsyncIterable<Buffer>, answer: (lines: string) => Promise<void>]
): Promise<number> {
  const { config } = session;
  // Nothing is sent to the central register without one, so that no answer would ever come.
  if (isSite(config) && config.central.wait === 'central') throw fault('ingest.needs-gateway');
  return (await import('./alone.ts')).ingestAlone(session, ...rest);
}

/** Null if no gateway answers; the input is untouched then. */
async function throughGateway(
  statusSocket: string | null,
  line: string,
  input: AsyncIterable<Buffer>,
  answer: (lines: Buffer) => Promise<void>,
): Promise<number | null> {
  if (statusSocket === null) return null;
  try {
    return await ingestThroughGateway({ statusSocket, line, input, answer });
  } catch (error) {
    if (error instanceof AppError && error.code === 'gateway.absent') return null;
    throw error;
  }
}

/** What comes until the end, or Ctrl-C. */
async function* untilStopped(stdin: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  if (signal.aborted) return;
  const stop = () => stdin.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of stdin) yield Buffer.from(chunk as Uint8Array);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Resolves when the reader has room for more. */
function write(stdout: Writable, lines: Buffer | string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(lines, (error) =>
      error ? reject(fault('ingest.unread', {}, { cause: error })) : resolve(),
    );
  });
}
